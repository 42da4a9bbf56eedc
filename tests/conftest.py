"""Fixtures that tests of every kind use."""

from collections.abc import Iterator

import pytest

from tests.database import DatabaseServer, drop_database, fresh_database, migrated_server, which_server


def pytest_report_header() -> str:
    return f"PostgreSQL for these tests: {which_server()}"


@pytest.fixture(scope="session")
def database_server() -> Iterator[DatabaseServer]:
    """One server for the whole run, started when the first test asks for it."""
    with migrated_server() as server:
        yield server


@pytest.fixture
def database(database_server: DatabaseServer) -> Iterator[str]:
    """The address of a migrated and empty database that only this test sees."""
    address = fresh_database(database_server)
    yield address
    drop_database(database_server, address)
