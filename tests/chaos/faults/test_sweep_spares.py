"""The sweep removes only meetings that are certainly orphaned, even if others carry our marker."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.in_memory.provider.fault import Fault
from domain.meeting.marker import marker_of
from domain.meeting.orphans import MarkedMeeting, OrphanedMeeting, OrphanSweep
from domain.meeting.reason import Reason
from tests.application.stage import Stage
from tests.chaos.faults.sweep_stage import (
    A_DAY_ON,
    FAR,
    SOON,
    backup,
    count,
    give_to_bor,
    land,
    late_create,
    looked_twice,
    restore,
    retitle,
    sweep,
    swept,
    unknown,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def test_a_create_under_way_is_not_touched(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.strike("create", Fault.LOST_ANSWER)
    stage.world.strike("find", Fault.DOWN)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=FAR))
    [made] = stage.meetings(user)
    stage.world.faults.clear()
    assert await looked_twice(stage) == 0
    assert (await sweep(stage)).orphans == ()
    await stage.work()
    count(stage, "create under way", orphans=0, removed=0, wanted=1)
    assert (await stage.view(booking_id)).meeting.join_link == made.join_link


async def test_a_meeting_that_waits_for_its_removal_is_not_astray(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=FAR))
    stage.world.strike("remove", Fault.DOWN)
    await stage.use.close_booking().cancel(stage.ana, booking_id, expected_version=None)
    assert await looked_twice(stage) == 0
    assert (await sweep(stage)).orphans == ()
    await stage.work()
    count(stage, "removal still to come", orphans=0, removed=0, wanted=0)
    assert not stage.world.meetings


async def test_two_deployments_with_one_account_never_touch_each_others(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id, _ = await late_create(stage, user)
    theirs = [
        land(stage, user, marker_of(uuid4(), 0), deployment="another"),
        land(stage, user, marker_of(booking_id, 0), deployment="another, with a copy of our database"),
    ]
    removed = await looked_twice(stage) + await swept(stage, A_DAY_ON)
    count(stage, "another deployment's meetings", orphans=3, removed=removed, wanted=3)
    assert removed == 1
    assert {one.id for one in theirs} < {one.id for one in stage.meetings(user)}
    assert (await sweep(stage)).orphans == ()


async def test_what_nobody_here_knows_is_shown_and_stays(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stranger = await unknown(stage, user)
    assert [await looked_twice(stage), await swept(stage, A_DAY_ON), await swept(stage, A_DAY_ON)] == [0, 0, 0]
    count(stage, "a marker that nobody knows", orphans=1, removed=0, wanted=1)
    [shown] = (await sweep(stage)).orphans
    assert (shown.meeting.id, shown.booking_id) == (stranger.id, None)


async def test_after_a_restored_backup_what_people_rely_on_stays(stage: Stage) -> None:
    """Booked since, moved since, and made anew since the backup: the database knows nothing of any of them."""
    user = await stage.connect(stage.ana)
    bor = await stage.connect(stage.bor)
    kept = await stage.book(stage.ana, stage.details(stage.ana, hours=FAR))
    moved = await stage.book(stage.admin, stage.details(stage.ana, hours=FAR + 2))
    vanished = await stage.book(stage.ana, stage.details(stage.ana, hours=FAR + 4))
    before, old = backup(stage), (await stage.view(vanished)).meeting.join_link
    await stage.book(stage.ana, stage.details(stage.ana, hours=FAR + 6))
    await give_to_bor(stage, moved)
    stage.world.meetings = {number: one for number, one in stage.world.meetings.items() if one.join_link != old}
    await retitle(stage, vanished)
    relied_on = set(stage.world.meetings)
    restore(stage, before)
    removed = sum([await swept(stage, A_DAY_ON) for _ in range(3)])
    count(stage, "restored backup", orphans=3, removed=removed, wanted=len(relied_on))
    assert set(stage.world.meetings) == relied_on
    shown = (await sweep(stage)).orphans + (await sweep(stage, stage.bor)).orphans
    assert len(shown) == 3
    assert {one.booking_id for one in shown} == {None}
    assert (await stage.view(kept)).meeting.join_link in {one.join_link for one in stage.meetings(user)}
    assert len(stage.meetings(bor)) == 1


async def test_a_marker_that_is_issued_again_after_a_restore_does_not_condemn_the_first_one(stage: Stage) -> None:
    """The session was made anew both times: both meetings carry its second marker, and one is in use here."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=FAR))
    before = backup(stage)
    for _ in range(2):
        restore(stage, before)
        stage.world.meetings = {
            number: one for number, one in stage.world.meetings.items() if one.marker != marker_of(booking_id, 0)
        }
        await retitle(stage, booking_id)
    assert [one.marker for one in stage.meetings(user)] == [marker_of(booking_id, 1)] * 2
    removed = await looked_twice(stage) + await swept(stage, A_DAY_ON)
    count(stage, "restored backup, marker issued again", orphans=1, removed=removed, wanted=2)
    assert removed == 0
    assert [one.booking_id for one in (await sweep(stage)).orphans] == [None]


async def test_while_its_session_has_no_other_meeting_a_orphan_stays(stage: Stage) -> None:
    """The session waited at the time of the backup and got its meeting afterwards. It gets no second one."""
    user = await stage.connect(stage.ana)
    stage.world.strike("create", Fault.LIMITED)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=FAR))
    before = backup(stage)
    await stage.work(MINUTE)
    [relied_on] = stage.meetings(user)
    restore(stage, before)
    stage.world.strike("create", Fault.LIMITED, times=9)
    await stage.work(HOUR)
    removed = await looked_twice(stage)
    count(stage, "restored backup, the session waits", orphans=1, removed=removed, wanted=1)
    assert [one.id for one in stage.meetings(user)] == [relied_on.id]
    stage.world.faults.clear()
    await stage.work(HOUR)
    removed = await swept(stage, A_DAY_ON)
    count(stage, "restored backup, the session has its link", orphans=1, removed=removed, wanted=1)
    assert [one.join_link for one in stage.meetings(user)] == [(await stage.view(booking_id)).meeting.join_link]


async def test_a_copy_that_the_host_made_stays(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=FAR))
    copy = land(stage, user, marker_of(booking_id, 0))
    await swept(stage, A_DAY_ON)
    await stage.use.close_booking().cancel(stage.ana, booking_id, expected_version=None)
    removed = await swept(stage, A_DAY_ON) + await swept(stage, A_DAY_ON)
    count(stage, "a copy made by the host", orphans=1, removed=removed, wanted=1)
    assert [one.id for one in stage.meetings(user)] == [copy.id]


@pytest.mark.parametrize("hours", [-3.0, -0.5, 0.2])
async def test_what_is_over_or_under_way_or_begins_soon_stays(stage: Stage, hours: float) -> None:
    user = await stage.connect(stage.ana)
    booking_id, late = await late_create(stage, user)
    await swept(stage, A_DAY_ON)
    stage.move(SOON)
    slot, now = late.details.slot, stage.harness.clock.now()
    begins = now + hours * HOUR
    late.details = replace(late.details, slot=replace(slot, starts_at=begins, ends_at=begins + HOUR))
    removed = await swept(stage)
    count(stage, "over, under way or about to begin", orphans=1, removed=removed, wanted=2)
    assert len(stage.meetings(user)) == 2
    assert [entry.reason for entry in await stage.history(booking_id)].count(Reason.ORPHANED) == 0


@pytest.mark.parametrize("same_number", [True, False], ids=["the meeting itself", "one with its marker"])
async def test_what_a_booking_holds_when_it_is_asked_once_more_stays(stage: Stage, *, same_number: bool) -> None:
    """Regardless of an earlier sighting."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=FAR))
    [kept] = stage.meetings(user)
    meant = kept if same_number else land(stage, user, kept.marker)
    connection, now = await stage.connection(stage.ana), stage.harness.clock.now()
    assert connection
    orphan = OrphanedMeeting(MarkedMeeting(meant.id, kept.marker, kept.details.slot.starts_at), now - HOUR, booking_id)
    connection = connection.with_sweep(OrphanSweep(now, now - HOUR, (orphan,)))
    async with stage.use.begin()() as work:
        await work.connections.save(connection)
        await work.commit()
    assert not await stage.use.remove_orphan()(connection, orphan)
    held = len(stage.meetings(user))
    count(stage, "held by its booking just before", orphans=1, removed=0, wanted=1 if same_number else 2)
    assert held == (1 if same_number else 2)
    assert (await sweep(stage)).orphans == (replace(orphan, booking_id=None),)
