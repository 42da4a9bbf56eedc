"""Ten thousand due bookings of one practice do not delay the one of another practice."""

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest

from adapters.in_memory.provider.fault import Fault
from domain.accounts.account import Account, Role
from domain.meeting.meeting_state import MeetingStatus
from entrypoints.postgres_storage import postgres_storage
from tests.application.stage import HOUR, Stage, staged
from tests.in_memory_app import SETTINGS

Connection = psycopg.Connection[Any]

QUEUE = 10_000
_COPY = """
INSERT INTO bookings SELECT (jsonb_populate_record(b, jsonb_build_object(
    'id', gen_random_uuid(), 'starts_at', b.starts_at + n * interval '2 hours', 'ends_at',
    b.ends_at + n * interval '2 hours', 'due_at', %s::timestamptz, 'lease_token', null, 'lease_until', null))).*
FROM bookings b, generate_series(1, %s) n WHERE b.id = %s
"""

_LATER = "UPDATE bookings SET due_at = 'infinity' WHERE id = %s"
_DUE = "UPDATE bookings SET due_at = %s WHERE id = %s"


@pytest.fixture
async def stage(database: str) -> AsyncIterator[Stage]:
    key = base64.b64encode(os.urandom(32)).decode()
    settings = msgspec.structs.replace(SETTINGS, database_url=database, token_keys=key)
    async with staged(settings, postgres_storage(settings)) as here:
        yield here


async def test_another_practice_does_not_wait_behind_ten_thousand(stage: Stage, database: str) -> None:
    """All of the long queue begin before the one session of the other practice."""
    mine, theirs, cyril = await _waiting(stage)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(_LATER, [theirs])
        connection.execute(_COPY, [stage.harness.clock.now(), QUEUE, mine])
        connection.execute("ANALYZE bookings")
        stop = asyncio.Event()
        working = asyncio.create_task(_work(stage, stop))
        try:
            await _until(lambda: _left(connection) < QUEUE - 200)
            started, before = time.monotonic(), _left(connection)
            connection.execute(_DUE, [stage.harness.clock.now(), theirs])
            await _until(lambda: _ready(connection, theirs))
            waited, passed = time.monotonic() - started, before - _left(connection)
        finally:
            stop.set()
            await working
    view = await stage.use.list_bookings().one(cyril, theirs)
    assert view.meeting.status is MeetingStatus.READY
    print(f"it waited {waited:.2f} s, while {passed} others were reconciled")
    assert passed < 500


async def _waiting(stage: Stage) -> tuple[UUID, UUID, Account]:
    """A booking in each of two practices whose first create failed, an hour later."""
    organization, _ = await stage.harness.found("Other Practice", "Olga")
    cyril = await stage.harness.add_people("Cyril", Role.CONSULTANT, organization=organization)
    client = await stage.use.manage_clients().add(cyril, uuid4(), "Cene", "cene@example.com")
    await stage.connect(stage.ana)
    await stage.connect(cyril)
    stage.world.strike("create", Fault.DOWN, times=2)
    mine = await stage.book(stage.ana)
    late = replace(stage.details(cyril, hours=24 * 365 * 20), client_ids=(client.id,))
    theirs = await stage.book(cyril, late)
    stage.move(HOUR)
    return mine, theirs, cyril


async def _work(stage: Stage, stop: asyncio.Event) -> None:
    reconcile_due = stage.use.reconcile_due()
    while not stop.is_set():
        await reconcile_due()
    await reconcile_due.finish()


async def _until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not reached():  # noqa: ASYNC110 - the database sets no event of ours
            await asyncio.sleep(0.02)


def _left(connection: Connection) -> int:
    row = connection.execute("SELECT count(*) FROM bookings WHERE meeting ->> 'status' <> 'ready'").fetchone()
    return int(row[0]) if row else 0


def _ready(connection: Connection, booking_id: UUID) -> bool:
    row = connection.execute("SELECT meeting ->> 'status' FROM bookings WHERE id = %s", [booking_id]).fetchone()
    return row is not None and row[0] == "ready"
