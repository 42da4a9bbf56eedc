"""Many sessions wait for one host at a provider that counts calls by the second: all get their links soon, the soonest
session first, and hardly a call is refused."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import psycopg

from domain.booking.booking import Booking, BookingDetails
from domain.slot import Slot
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.settings import settings_from
from tests.creations import creation_of
from tests.real_processes import CVETA, Service, service
from tests.tally import tally
from tests.walk import wait_until

WAITING = 40
PER_SECOND = 4
WITHIN = 15.0
_OURS = "SELECT id FROM bookings WHERE title LIKE 'Waiting %%' AND meeting ->> 'status' = %s"


PROCESSES = 2


def test_all_have_links_soon_and_hardly_a_call_is_refused(database: str, tmp_path: Path) -> None:
    limits = {"per_second_limit": PER_SECOND}
    with service(database, tmp_path, zoom=limits, zoom_calls_per_second=str(PER_SECOND)) as running:
        asyncio.run(_wanting(running, database))
        for _ in range(PROCESSES):
            running.serve()
        wait_until(lambda: len(_status(database, "waiting")) == WAITING, "all wait for the host")
        _connect(running)
        began = monotonic()
        wait_until(lambda: len(_status(database, "ready")) == WAITING, "all have links", 2 * WITHIN)
        seconds = monotonic() - began
        created = running.zoom.requests(operation="create", account=CVETA)
        refused = [one for one in created if one["status"] == 429]
        made = sorted(running.zoom.meetings(CVETA), key=lambda one: str(one["created_at"]))
    assert _soonest_first([one["start_time"] for one in made])
    tally("Pace", f"{PROCESSES} processes", sessions=WAITING, calls=len(created), refused=len(refused))
    assert seconds < WITHIN
    assert len(created) - len(refused) == WAITING
    assert 10 * len(refused) < len(created)


def _connect(running: Service) -> None:
    with running.browser(CVETA) as cveta:
        asked = cveta.api("POST", "/api/connections/zoom", json={}).raise_for_status().json()
        cveta.consent(asked["authorize_address"], CVETA).raise_for_status()


def _soonest_first(made: list[Any]) -> bool:
    """The calls in the first half of the time are for the first half of the sessions, except for a few that overlap."""
    half = sorted(made)[: len(made) // 2]
    return sum(one in half for one in made[: len(made) // 2]) >= 0.8 * len(half)


async def _wanting(running: Service, database: str) -> None:
    """Saved as by a process that was killed before it called the provider, the latest session first."""
    container = Container(settings=settings_from(running.environment))
    now = container.clock().now()
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT organization_id, id FROM accounts WHERE email = %s", [CVETA]).fetchone()
        client = connection.execute("SELECT id FROM clients LIMIT 1").fetchone()
    assert found
    assert client
    async with opened(container), container.begin()() as work:
        for number in reversed(range(WAITING)):
            booking = _session(found, client[0], number, now)
            await work.bookings.add(booking, creation_of(booking), now=now - timedelta(hours=number))
        await work.commit()


def _session(host: tuple[UUID, UUID], client: UUID, number: int, now: datetime) -> Booking:
    starts_at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=200, hours=2 * number)
    slot = Slot(starts_at, starts_at + timedelta(minutes=50), "Europe/Ljubljana")
    return Booking.plan(
        host[0], uuid4(), BookingDetails(host[1], (client,), slot, f"Waiting {number}", "", True, "zoom"), now=now
    )


def _status(database: str, status: str) -> list[Any]:
    with psycopg.connect(database) as connection:
        return connection.execute(_OURS, [status]).fetchall()
