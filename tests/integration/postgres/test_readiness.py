"""Readiness with a real database: the connections of one check for all who ask, and an outage that is seen in time."""

import asyncio
from collections import Counter
from typing import Any

import psycopg
import pytest

from adapters.postgres.operations.health import PostgresCheck
from adapters.system.system_clock import SystemClock
from application.check_readiness import FRESH, CheckReadiness
from tests.database import DatabaseServer, fresh_database

MANY = 50
OF_ONE_CHECK = 2  # the version, and the migrations


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many connections were opened, by the name that each gives itself."""
    count: Counter[str] = Counter()
    for place in (psycopg, psycopg.AsyncConnection):

        def counting(*arguments: Any, connect: Any = place.connect, **more: Any) -> Any:
            count[more["application_name"]] += 1
            return connect(*arguments, **more)

        monkeypatch.setattr(place, "connect", counting)
    return count


async def test_many_at_once_open_the_connections_of_one_check(database: str, opened: Counter[str]) -> None:
    ready = CheckReadiness(PostgresCheck(database), SystemClock())
    assert await asyncio.gather(*(ready() for _ in range(MANY))) == [{"database": "ok"}] * MANY
    assert opened.total() == OF_ONE_CHECK


async def test_an_outage_is_reported_within_the_bound(database_server: DatabaseServer) -> None:
    with fresh_database(database_server) as address:
        ready = CheckReadiness(PostgresCheck(address), SystemClock())
        assert await ready() == {"database": "ok"}
    await asyncio.sleep(FRESH.total_seconds())
    said = await asyncio.gather(*(ready() for _ in range(MANY)))
    assert {one["database"] for one in said} == {"cannot be reached, or is too old. The log says more."}
