"""The sweep removes orphaned meetings that Calendra certainly made, whatever fails meanwhile."""

import asyncio
from datetime import timedelta

import pytest

from domain.audit.facts import RemovedOrphan
from domain.meeting.marker import marker_of
from domain.provider_errors import Refused
from tests.application.stage import Stage
from tests.chaos.faults.sweep_stage import (
    A_DAY_ON,
    FAR,
    SOON,
    count,
    give_to_bor,
    land,
    late_create,
    looked_twice,
    stored,
    sweep,
    swept,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def test_a_late_create_after_an_empty_look_is_removed(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id, late = await late_create(stage, user)
    link = (await stage.view(booking_id)).meeting.join_link
    assert len(stage.meetings(user)) == 2
    assert await swept(stage, A_DAY_ON) == 0
    assert await swept(stage, SOON - 2 * MINUTE) == 0
    assert await swept(stage, 2 * MINUTE) == 1
    count(stage, "late create after an empty look", orphans=1, removed=1, wanted=1)
    assert [kept.join_link for kept in stage.meetings(user)] == [link]
    told = (await stage.history(booking_id))[-1]
    assert (told.action, told.reason, told.outcome, told.host_id) == ("remove", "orphaned", "done", stage.ana.id)
    of_hers = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries[-1]
    assert (of_hers.action, of_hers.facts.orphan) == (
        "orphan_removed",
        RemovedOrphan(late.id, late.details.slot.starts_at),
    )
    known = await sweep(stage)
    assert (known.removed, known.orphans) == (1, ())


async def test_a_lost_removal_is_made_good_although_the_session_is_forgotten(stage: Stage) -> None:
    """The provider says that it is removed, and keeps it; the session was deleted and its row is gone."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=FAR))
    [kept] = stage.meetings(user)
    await stage.use.close_booking().delete(stage.ana, booking_id, expected_version=None)
    assert await stored(stage, booking_id) is None
    stage.world.meetings[kept.id] = kept
    assert await looked_twice(stage) == 1
    count(stage, "lost removal, session erased", orphans=1, removed=1, wanted=0)
    assert stage.meetings(user) == ()


async def test_a_lost_removal_at_the_host_before_is_made_good(stage: Stage) -> None:
    ana, bor = await stage.connect(stage.ana), await stage.connect(stage.bor)
    booking_id = await stage.book(stage.admin, stage.details(stage.ana, hours=FAR))
    [old] = stage.meetings(ana)
    await give_to_bor(stage, booking_id)
    stage.world.meetings[old.id] = old
    assert await looked_twice(stage) == 1
    count(stage, "lost removal after another consultant took over", orphans=1, removed=1, wanted=1)
    assert (len(stage.meetings(ana)), len(stage.meetings(bor))) == (0, 1)


@pytest.mark.parametrize("effect", [False, True])
async def test_who_dies_between_sight_and_removal_is_followed_by_another(stage: Stage, *, effect: bool) -> None:
    user = await stage.connect(stage.ana)
    booking_id, late = await late_create(stage, user)
    await swept(stage, A_DAY_ON)
    stage.move(SOON)
    _, dying = await stage.paused("remove", stage.use.sweep_orphans()())
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    if effect:
        del stage.world.meetings[late.id]
    assert await swept(stage, 5 * MINUTE) == 0, "its claim still holds"
    removed = await swept(stage, A_DAY_ON)
    gone = 2 - len(stage.meetings(user))
    count(stage, "death before the removal" if not effect else "death after it", orphans=1, removed=gone, wanted=1)
    assert removed == (0 if effect else 1)
    assert [kept.join_link for kept in stage.meetings(user)] == [(await stage.view(booking_id)).meeting.join_link]
    assert (await sweep(stage)).orphans == ()


async def test_a_refusal_is_shown_and_holds_up_nobody(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    first, _ = await late_create(stage, user)
    land(stage, user, marker_of(first, 0))
    stage.world.strike("remove", Refused(words="The meeting is under way"))
    assert await looked_twice(stage) == 1
    known = await sweep(stage)
    assert (len(known.orphans), known.removed) == (1, 1)
    assert ("provider_refused", "The meeting is under way") in {
        (one.outcome, one.answer) for one in await stage.history(first)
    }
    assert await swept(stage, A_DAY_ON) == 1
    count(stage, "refused removal", orphans=2, removed=2, wanted=1)
    assert len(stage.meetings(user)) == 1
