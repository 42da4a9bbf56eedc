"""The sweep in real processes, with a real database and the stand-in for Zoom over HTTP."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from adapters.in_memory.provider.fault import Fault
from domain.booking.booking import Booking
from domain.meeting.host import Host
from domain.meeting.marker import marker_of
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.settings import settings_from
from tests.real_processes import ANA, Service, service
from tests.running_practice import RunningPractice
from tests.tally import tally
from tests.walk import wait_until

_A_DAY_PASSES = "UPDATE connections SET connected_at = connected_at - interval '25 hours'"
_SOON = """
UPDATE connections SET sweep_at = now(), sweep = jsonb_set(sweep, '{orphans}', (
    SELECT jsonb_agg(orphan || jsonb_build_object('found_at', to_jsonb(now() - interval '11 minutes')))
    FROM jsonb_array_elements(sweep -> 'orphans') orphan
)) WHERE sweep -> 'orphans' IS NOT NULL
"""


async def _late(service: Service, email: str, booking_id: str, *markers: UUID) -> None:
    """Creates with these markers take effect, as if their requests had been long under way."""
    container = Container(settings=settings_from(service.environment))
    async with opened(container):
        async with container.begin()() as work:
            found = await work.people.account_by_email(email)
            assert found
            who, _ = found
            booking: Booking | None = await work.bookings.to_change(who.organization_id, UUID(booking_id))
        assert booking
        desired, zoom = booking.desired, container.meeting_providers()["zoom"]
        assert desired
        host = Host(who.organization_id, who.id, "zoom")
        for marker in markers:
            await container.access_tokens().use(
                host, partial(zoom.meetings.create, marker=marker, details=desired.details)
            )


def _sweep(practice: RunningPractice) -> dict[str, Any]:
    [zoom] = practice.consultant(ANA)["connections"]
    return dict(zoom["sweep"] or {})


def _in_database(address: str, change: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(change.encode())


def _links(service: Service) -> list[str]:
    return sorted(one["join_url"] for one in service.zoom.meetings(ANA))


def test_a_worker_finds_orphans_dies_and_another_one_removes_them(database: str, tmp_path: Path) -> None:
    with service(database, tmp_path, worker_in_web="false") as running:
        running.serve()
        practice = RunningPractice(running)
        before = len(_links(running))
        running.zoom.strike("create", Fault.LOST_CALL)
        session = practice.book(ANA)
        wait_until(lambda: practice.session(session["id"])["meeting"]["status"] == "waiting", "the create is lost")
        first = running.serve(worker_in_web="true")
        wait_until(lambda: practice.session(session["id"])["meeting"]["status"] == "ready", "another one is made", 30)
        first.kill()
        wanted = _links(running)
        asyncio.run(_late(running, ANA, session["id"], marker_of(UUID(session["id"]), 0), marker_of(uuid4(), 0)))
        assert len(_links(running)) == before + 3

        _in_database(database, _A_DAY_PASSES)
        sighting = running.serve(worker_in_web="true")
        wait_until(lambda: len(_sweep(practice).get("orphans", [])) == 2, "both are seen", 30)
        sighting.kill()
        assert sorted(one["removable"] for one in _sweep(practice)["orphans"]) == [False, True]
        assert len(_links(running)) == before + 3

        _in_database(database, _SOON)
        running.serve(worker_in_web="true")
        wait_until(lambda: _sweep(practice)["removed"] == 1, "one is removed", 30)
        left = set(_links(running))
        tally(
            "Janitor", "real processes, killed between the sights", orphans=2, removed=1, spared=1,
            left_behind=len(left) - len(wanted) - 1, lost=len(set(wanted) - left),
        )  # fmt: skip
        assert set(wanted) < left
        assert len(left) == before + 2
        [shown] = _sweep(practice)["orphans"]
        assert shown["removable"] is False
        last = practice.history(session["id"])[-1]
        assert (last["action"], last["reason"], last["outcome"]) == ("remove", "orphaned", "done")
