"""An open database of this test only."""

from collections.abc import AsyncIterator

import pytest

from adapters.postgres import PostgresDatabase, TokenCipher
from tests.contract.storage.practice import Practice, new_practice

KEY = bytes(range(32))


@pytest.fixture
def cipher() -> TokenCipher:
    return TokenCipher([KEY])


@pytest.fixture
async def postgres(database: str, cipher: TokenCipher) -> AsyncIterator[PostgresDatabase]:
    async with PostgresDatabase(database, cipher) as opened:
        await opened.listening()
        yield opened


@pytest.fixture
async def practice(postgres: PostgresDatabase) -> Practice:
    return await new_practice(postgres)
