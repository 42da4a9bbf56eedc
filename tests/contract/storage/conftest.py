"""Every test of this folder runs against each storage there is; PostgreSQL serves a role that owns no table."""

from collections.abc import AsyncIterator

import pytest

from adapters.in_memory.database import InMemoryDatabase
from adapters.postgres import PostgresDatabase, TokenCipher
from domain.security.event import SecurityEvent
from tests.contract.storage.practice import Practice, Storage, new_practice


@pytest.fixture
def announced() -> list[SecurityEvent]:
    """What the storage announced after its commits."""
    return []


@pytest.fixture(params=["in_memory", "postgres"])
async def storage(request: pytest.FixtureRequest, announced: list[SecurityEvent]) -> AsyncIterator[Storage]:
    if request.param == "in_memory":
        async with InMemoryDatabase(announced.append) as in_memory:
            yield in_memory
    else:
        address = request.getfixturevalue("served_database")
        async with PostgresDatabase(address, TokenCipher([bytes(32)]), announce=announced.append) as postgres:
            await postgres.listening()
            yield postgres


@pytest.fixture
async def practice(storage: Storage) -> Practice:
    return await new_practice(storage)


@pytest.fixture
async def other_practice(storage: Storage) -> Practice:
    return await new_practice(storage)
