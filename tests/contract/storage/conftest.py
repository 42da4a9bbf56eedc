"""Every test of this folder runs against each storage there is."""

from collections.abc import AsyncIterator

import pytest

from adapters.in_memory.database import InMemoryDatabase
from adapters.postgres import PostgresDatabase, TokenCipher
from tests.contract.storage.practice import Practice, Storage, new_practice


@pytest.fixture(params=["in_memory", "postgres"])
async def storage(request: pytest.FixtureRequest) -> AsyncIterator[Storage]:
    if request.param == "in_memory":
        async with InMemoryDatabase() as in_memory:
            yield in_memory
    else:
        address = request.getfixturevalue("database")
        async with PostgresDatabase(address, TokenCipher([bytes(32)])) as postgres:
            await postgres.listening()
            yield postgres


@pytest.fixture
async def practice(storage: Storage) -> Practice:
    return await new_practice(storage)


@pytest.fixture
async def other_practice(storage: Storage) -> Practice:
    return await new_practice(storage)
