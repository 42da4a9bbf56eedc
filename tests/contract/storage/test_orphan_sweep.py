"""What every storage promises about orphaned meetings: what is known of an account, and who knows a meeting in it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from domain.audit.entry import AuditEntry
from domain.connection.connection import Connection
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.meeting.marker import marker_of
from domain.meeting.orphans import EVERY, MarkedMeeting, OrphanedMeeting, OrphanSweep
from tests.contract.storage.practice import (
    HOUR,
    NOW,
    PROVIDER,
    Practice,
    Storage,
    connected,
    edited,
    saved,
    stored,
)
from tests.contract.storage.reconciling import begun, online, reconciled

MARKED = MarkedMeeting("m-\0 7", uuid4(), NOW + HOUR)


def _host(practice: Practice) -> Host:
    return Host(practice.id, practice.ana.id, PROVIDER)


def _like(meeting_id: str = "", marker: object = None) -> MarkedMeeting:
    return MarkedMeeting(meeting_id, marker if marker else uuid4(), NOW)  # type: ignore[arg-type]


async def test_what_was_found_comes_back(storage: Storage, practice: Practice) -> None:
    plain = MarkedMeeting("m-8", uuid4(), None)
    sweeps = [
        OrphanSweep(),
        OrphanSweep(due_at=NOW),
        OrphanSweep(
            NOW, NOW - HOUR, (OrphanedMeeting(replace(MARKED, id="m-7"), NOW, uuid4()), OrphanedMeeting(plain, NOW)), 3
        ),
    ]
    for sweep in sweeps:
        connection = practice.connection(user_id="u-1").with_sweep(sweep)
        await connected(storage, connection)
        async with storage.begin() as work:
            assert await work.connections.find(Host(practice.id, practice.ana.id, PROVIDER)) == connection


async def test_a_number_that_no_database_takes_is_stored_all_the_same(storage: Storage, practice: Practice) -> None:
    connection = practice.connection().with_sweep(OrphanSweep(NOW, NOW, (OrphanedMeeting(MARKED, NOW),)))
    await connected(storage, connection)
    async with storage.begin() as work:
        assert await work.bookings.meetings_like(_host(practice), [MARKED]) == []
        found = await work.connections.find(Host(practice.id, practice.ana.id, PROVIDER))
        assert found
        assert [one.meeting.marker for one in found.sweep.orphans] == [MARKED.marker]


async def test_whose_accounts_are_to_be_swept(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    def due(connection: Connection, since: timedelta) -> Connection:
        return connection.with_sweep(OrphanSweep(due_at=NOW - since))

    old = replace(practice.connection(), connected_at=NOW - EVERY - HOUR)
    waiting = due(practice.connection(practice.bor), 2 * HOUR)
    dead = due(other_practice.connection(), 3 * HOUR).died(FailureReason.CONSENT_GONE)
    leaving = due(replace(other_practice.connection(), provider="leaving"), HOUR).disconnecting(retry_at=NOW)
    elsewhere = due(replace(other_practice.connection(), provider="other"), 5 * HOUR)
    fresh = other_practice.connection(other_practice.bor)
    later = due(replace(other_practice.connection(), provider="later"), -HOUR)
    await connected(storage, old, waiting, dead, leaving, elsewhere, fresh, later)
    async with storage.begin() as work:
        to_be_swept = work.connections.to_be_swept
        able = [PROVIDER, "leaving", "later"]
        assert await to_be_swept(able, now=NOW, most=9) == [waiting, old]
        assert await to_be_swept(able, now=NOW, most=1) == [waiting]
        assert await to_be_swept(["other"], now=NOW, most=9) == [elsewhere]
        assert await to_be_swept([], now=NOW, most=9) == []
        assert later in await to_be_swept(able, now=NOW + HOUR, most=9)
        assert fresh in await to_be_swept(able, now=NOW + EVERY, most=9)


async def test_meetings_are_known_by_number_and_by_marker(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    present = online(practice.booking(practice.details(provider=PROVIDER)), "m-1")
    unheard, _ = begun(practice.booking(practice.details(hours=48, provider=PROVIDER)))
    plain = practice.booking(practice.details(hours=72, provider=PROVIDER))
    await stored(storage, present, unheard, plain)
    held = [one.reconciliation.meeting for one in (present, unheard)]
    here, marker = _host(practice), marker_of(present.id, 0)
    async with storage.begin() as work:
        like = work.bookings.meetings_like
        assert await like(here, [_like("m-1")]) == held[:1]
        assert await like(here, [_like("m-2", marker)]) == held[:1]
        assert await like(here, [_like(marker=marker_of(unheard.id, 0))]) == held[1:]
        assert await like(here, [_like("m-2")]) == []
        assert await like(Host(practice.id, practice.bor.id, PROVIDER), [_like("m-1", marker)]) == []
        assert await like(Host(practice.id, practice.ana.id, "other"), [_like("m-1", marker)]) == []
        assert await like(_host(other_practice), [_like("m-1", marker)]) == []


async def test_pending_removals_are_known(storage: Storage, practice: Practice) -> None:
    details = practice.details(provider=PROVIDER)
    one = online(practice.booking(details), "m-1")
    await stored(storage, one)
    moved = edited(one, replace(details, consultant_id=practice.bor.id))
    await saved(storage, moved)
    async with storage.begin() as work:
        known = await work.bookings.meetings_like(_host(practice), [_like("m-1")])
    assert [meeting.id for meeting in known if meeting.id == "m-1"] == ["m-1"]


def _line(practice: Practice, subject: object, action: str, host: object = None) -> AuditEntry:
    return AuditEntry(
        practice.id, subject, NOW, action, provider=PROVIDER, host_id=host or practice.ana.id,  # type: ignore[arg-type]
    )  # fmt: skip


async def test_how_many_creates_a_booking_began(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    """By its row, whoever its host is now; of an erased one by its history."""
    mine = online(practice.booking(practice.details(provider=PROVIDER)), "m-1")
    moved = reconciled(practice.booking(practice.details(hours=48, provider=PROVIDER, consultant=practice.bor)), ())
    never = online(practice.booking(practice.details(hours=72, provider=PROVIDER, consultant=practice.bor)), "m-3")
    erased = uuid4()
    await stored(storage, mine, moved, never)
    lines = [
        _line(practice, mine.id, "create"),
        _line(practice, mine.id, "change"),
        _line(practice, mine.id, "find"),
        _line(practice, moved.id, "remove"),
        _line(practice, never.id, "create", practice.bor.id),
        _line(practice, erased, "create"),
        _line(practice, erased, "find"),
        _line(practice, erased, "remove"),
        _line(practice, erased, "create", practice.bor.id),
        _line(other_practice, uuid4(), "create", practice.ana.id),
    ]
    async with storage.begin() as work:
        await work.audit_log.add(*lines)
        await work.commit()
    async with storage.begin() as work:
        creates = await work.bookings.creates_of(_host(practice))
        assert creates == {mine.id: 1, moved.id: moved.reconciliation.markers, erased: 3}
        assert await work.bookings.creates_of(Host(practice.id, practice.ana.id, "other")) == {}
