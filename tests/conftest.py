"""Fixtures that tests of every kind use."""

import os
from collections.abc import Iterator

import pytest

from tests.database import DatabaseServer, fresh_database, migrated_server, which_server

SLOW = 90.0  # seconds


def pytest_report_header() -> str:
    return f"PostgreSQL for these tests: {which_server()}"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Names failures and very slow tests at once, so that the log of a run that was stopped says where it stood."""
    if os.environ.get("PYTEST_XDIST_WORKER") is None and (report.failed or report.duration > SLOW):
        print(f"\n{report.outcome}: {report.nodeid} ({report.when}, {report.duration:.0f} s)", flush=True)


@pytest.fixture(scope="session")
def database_server() -> Iterator[DatabaseServer]:
    """One server for the whole run, started when the first test asks for it."""
    with migrated_server() as server:
        yield server


@pytest.fixture
def database(database_server: DatabaseServer) -> Iterator[str]:
    """The address of a migrated and empty database that only this test sees."""
    with fresh_database(database_server) as address:
        yield address


@pytest.fixture
def served_database(database_server: DatabaseServer, database: str) -> str:
    """The same database, for a role that owns no table."""
    return database_server.for_serving(database)
