"""How fast one worker works off what is due, with a provider that takes its time."""

import asyncio
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import psycopg

from domain.booking.booking import Booking, BookingDetails
from domain.slot import Slot
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.settings import settings_from
from tests.benchmarks.practice import Practice
from tests.creations import creation_of
from tests.real_processes import ANA, BORIS, CVETA, ROOT

LATENCY_MS = 300
GIVEN_UP_AFTER = 60.0

_RECONCILED = """
SELECT count(*) FILTER (WHERE b.meeting ->> 'status' = 'ready'), min(h.at), max(h.at)
FROM bookings b JOIN audit_log h ON h.organization_id = b.organization_id AND h.subject_id = b.id
WHERE b.id = ANY (%s) AND h.action = 'create' AND h.outcome = 'done'
"""


@dataclass(frozen=True)
class Backlog:
    bookings: int
    reconciled: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.reconciled / self.seconds


def backlog(practice: Practice, bookings: int) -> Backlog:
    """No web process runs meanwhile. From the first call's beginning to the last answer's record."""
    running = practice.running
    for server in running.servers:
        server.stop()
    ids = asyncio.run(_wanting(practice, bookings))
    running.zoom.configure(latency_ms=LATENCY_MS)
    with (running.folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "entrypoints.cli", "worker"],
            cwd=ROOT,
            env={**os.environ, **running.environment},
            stdout=log,
            stderr=log,
        )
    try:
        reconciled, first, last = _when_reconciled(practice.database, ids)
    finally:
        worker.terminate()
        worker.wait(30)
        running.zoom.configure(latency_ms=0)
    return Backlog(bookings, reconciled, (last - first + timedelta(milliseconds=LATENCY_MS)).total_seconds())


async def _wanting(practice: Practice, how_many: int) -> list[object]:
    """Saved and due, as a process leaves them that died before it called the provider; three hosts by turns."""
    container = Container(settings=settings_from(practice.running.environment))
    now = container.clock().now()
    hosts = [practice.people[email] for email in (ANA, BORIS, CVETA)]
    bookings = []
    for number in range(how_many):
        slot = Slot(*practice.free_slot(), "Europe/Ljubljana")
        details = BookingDetails(
            hosts[number % len(hosts)], (UUID(practice.clients[0]),), slot, "Career review", "", True, "zoom"
        )
        bookings.append(Booking.plan(practice.organization, uuid4(), details, now=now))
    async with opened(container), container.begin()() as work:
        for booking in bookings:
            await work.bookings.add(booking, creation_of(booking), now=now)
        await work.commit()
    return [booking.id for booking in bookings]


def _when_reconciled(database: str, ids: list[object]) -> tuple[int, datetime, datetime]:
    ends = time.monotonic() + GIVEN_UP_AFTER
    with psycopg.connect(database, autocommit=True) as connection:
        while True:
            row = connection.execute(_RECONCILED, [ids]).fetchone()
            if row and row[0] == len(ids):
                return row[0], row[1], row[2]
            if time.monotonic() > ends:
                raise RuntimeError(f"only {row and row[0]} of {len(ids)} were reconciled in {GIVEN_UP_AFTER:.0f} s")
            time.sleep(0.5)
