"""Strays are removed when they were ours beyond doubt, whatever fails meanwhile; everything else stays."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from application.disconnect_provider import Fate
from domain.edits import Edits
from domain.marker import marker_of
from domain.provider_errors import NeedsConsultant, Refused, TryLater
from domain.strays import Tidying
from tests.application.stage import NORTH, SOUTH, Stage, staged
from tests.faults.janitor_stage import (
    A_DAY_ON,
    FAR,
    LOST,
    SOON,
    backup,
    count,
    land,
    late_create,
    looked_twice,
    restore,
    stored,
    tidied,
    tidying,
    unknown,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        yield one


async def test_a_late_create_after_an_empty_look_is_removed(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id, late = await late_create(stage, user)
    link = (await stage.view(booking_id)).meeting.join_link
    assert len(stage.meetings(user)) == 2
    assert await tidied(stage, A_DAY_ON) == 0
    assert await tidied(stage, SOON - 2 * MINUTE) == 0
    assert await tidied(stage, 2 * MINUTE) == 1
    count(stage, "late create after an empty look", strays=1, removed=1, wanted=1)
    assert [kept.join_link for kept in stage.meetings(user)] == [link]
    told = (await stage.history(booking_id))[-1]
    assert (told.action, told.reason, told.outcome, told.host_id) == ("remove", "stray", "done", stage.ana.id)
    of_hers = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries[-1]
    assert (of_hers.action, of_hers.facts["meeting"]) == ("stray_removed", late.id)
    known = await tidying(stage)
    assert (known.removed, known.strays) == (1, ())


async def test_a_lost_removal_is_made_good_although_the_session_is_forgotten(stage: Stage) -> None:
    """The provider says that it is removed, and keeps it; the session was deleted and its row is gone."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR))
    [kept] = stage.meetings(user)
    await stage.use.close_session().delete(stage.ana, booking_id, expected_version=None)
    assert await stored(stage, booking_id) is None
    stage.world.meetings[kept.id] = kept
    assert await looked_twice(stage) == 1
    count(stage, "lost removal, session erased", strays=1, removed=1, wanted=0)
    assert stage.meetings(user) == ()


async def test_a_lost_removal_at_the_host_before_is_made_good(stage: Stage) -> None:
    ana, bor = await stage.connect(stage.ana), await stage.connect(stage.bor)
    booking_id = await stage.book(stage.admin, stage.terms(stage.ana, hours=FAR))
    [old] = stage.meetings(ana)
    await _give_to_bor(stage, booking_id)
    stage.world.meetings[old.id] = old
    assert await looked_twice(stage) == 1
    count(stage, "lost removal after another consultant took over", strays=1, removed=1, wanted=1)
    assert (len(stage.meetings(ana)), len(stage.meetings(bor))) == (0, 1)


async def test_a_create_under_way_is_not_touched(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.faults.after_effect("create", LOST)
    stage.world.faults.fail_next("look", TryLater(reason="provider_down"))
    booking_id = await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR))
    [made] = stage.meetings(user)
    stage.world.faults.clear()
    assert await looked_twice(stage) == 0
    assert (await tidying(stage)).strays == ()
    await stage.work()
    count(stage, "create under way", strays=0, removed=0, wanted=1)
    assert (await stage.view(booking_id)).meeting.join_link == made.join_link


async def test_a_meeting_that_waits_for_its_removal_is_not_astray(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR))
    stage.world.faults.fail_next("remove", TryLater(reason="provider_down"))
    await stage.use.close_session().cancel(stage.ana, booking_id, expected_version=None)
    assert await looked_twice(stage) == 0
    assert (await tidying(stage)).strays == ()
    await stage.work()
    count(stage, "removal still to come", strays=0, removed=0, wanted=0)
    assert not stage.world.meetings


@pytest.mark.parametrize("effect", [False, True])
async def test_who_dies_between_sight_and_removal_is_followed_by_another(stage: Stage, *, effect: bool) -> None:
    user = await stage.connect(stage.ana)
    booking_id, late = await late_create(stage, user)
    await tidied(stage, A_DAY_ON)
    hold = stage.world.faults.hold_next("remove")
    stage.move(SOON)
    dying = asyncio.create_task(stage.use.tidy_accounts()())
    await asyncio.wait_for(hold.reached.wait(), 10)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    if effect:
        del stage.world.meetings[late.id]
    assert await tidied(stage, 5 * MINUTE) == 0, "its claim still holds"
    removed = await tidied(stage, A_DAY_ON)
    gone = 2 - len(stage.meetings(user))
    count(stage, "death before the removal" if not effect else "death after it", strays=1, removed=gone, wanted=1)
    assert removed == (0 if effect else 1)
    assert [kept.join_link for kept in stage.meetings(user)] == [(await stage.view(booking_id)).meeting.join_link]
    assert (await tidying(stage)).strays == ()


@pytest.mark.parametrize(
    "error",
    [
        TryLater(reason="provider_limited"),
        TryLater(reason="daily_limit"),
        TryLater(reason="provider_down", unheard=True),
    ],
    ids=["limited", "daily limit", "down"],
)
@pytest.mark.parametrize("operation", ["look", "remove"])
async def test_at_the_first_sign_of_a_limit_the_round_ends_and_goes_on_later(
    stage: Stage, operation: str, error: TryLater
) -> None:
    ana, bor = await stage.connect(stage.ana), await stage.connect(stage.bor)
    await late_create(stage, ana)
    await late_create(stage, bor, stage.bor)
    await tidied(stage, A_DAY_ON)
    calls = len(stage.world.calls)
    stage.world.faults.fail_next(operation, error)
    assert await tidied(stage, SOON) == 0
    assert len(stage.world.calls) - calls <= 1, "one host was asked, and nobody after it"
    removed = await tidied(stage, MINUTE) + await tidied(stage, HOUR)
    count(stage, f"{operation}: {error.data['reason']}", strays=2, removed=removed, wanted=2)
    assert removed == 2
    assert [len(stage.meetings(one)) for one in (ana, bor)] == [1, 1]


async def test_a_limit_at_one_provider_does_not_hold_up_another(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await stage.connect(stage.bor, SOUTH)
    await late_create(stage, user)
    stage.harness.worlds[SOUTH].faults.fail_next("look", TryLater(reason="provider_limited"), times=9)
    assert await looked_twice(stage) == 1


async def test_a_refusal_is_shown_and_holds_up_nobody(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    first, _ = await late_create(stage, user)
    land(stage, user, marker_of(first, 0))
    stage.world.faults.fail_next("remove", Refused(reason="The meeting is under way"))
    assert await looked_twice(stage) == 1
    known = await tidying(stage)
    assert (len(known.strays), known.removed) == (1, 1)
    assert "provider_refused: The meeting is under way" in {one.outcome for one in await stage.history(first)}
    assert await tidied(stage, A_DAY_ON) == 1
    count(stage, "refused removal", strays=2, removed=2, wanted=1)
    assert len(stage.meetings(user)) == 1


@pytest.mark.parametrize("error", [NeedsConsultant(reason="scope_missing"), Refused(reason="no")])
async def test_what_does_not_pass_by_itself_is_tried_the_next_day(stage: Stage, error: Exception) -> None:
    user = await stage.connect(stage.ana)
    await late_create(stage, user)
    stage.world.faults.fail_next("look", error)  # type: ignore[arg-type]
    await tidied(stage, A_DAY_ON)
    asked = len(stage.world.calls)
    await tidied(stage, 23 * HOUR)
    assert len(stage.world.calls) == asked
    assert await tidied(stage, HOUR) + await tidied(stage, SOON) == 1


async def test_two_deployments_with_one_account_never_touch_each_others(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id, _ = await late_create(stage, user)
    theirs = [
        land(stage, user, marker_of(uuid4(), 0), deployment="another"),
        land(stage, user, marker_of(booking_id, 0), deployment="another, with a copy of our database"),
    ]
    removed = await looked_twice(stage) + await tidied(stage, A_DAY_ON)
    count(stage, "another deployment's meetings", strays=3, removed=removed, wanted=3)
    assert removed == 1
    assert {one.id for one in theirs} < {one.id for one in stage.meetings(user)}
    assert (await tidying(stage)).strays == ()


async def test_what_nobody_here_knows_is_shown_and_stays(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stranger = await unknown(stage, user)
    assert [await looked_twice(stage), await tidied(stage, A_DAY_ON), await tidied(stage, A_DAY_ON)] == [0, 0, 0]
    count(stage, "a marker that nobody knows", strays=1, removed=0, wanted=1)
    [shown] = (await tidying(stage)).strays
    assert (shown.meeting.id, shown.booking_id) == (stranger.id, None)


async def test_after_a_restored_backup_what_people_rely_on_stays(stage: Stage) -> None:
    """Booked since, moved since, and made anew since the backup: the database knows nothing of any of them."""
    user = await stage.connect(stage.ana)
    bor = await stage.connect(stage.bor)
    kept = await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR))
    moved = await stage.book(stage.admin, stage.terms(stage.ana, hours=FAR + 2))
    vanished = await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR + 4))
    before, old = backup(stage), (await stage.view(vanished)).meeting.join_link
    await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR + 6))
    await _give_to_bor(stage, moved)
    stage.world.meetings = {number: one for number, one in stage.world.meetings.items() if one.join_link != old}
    await _retitle(stage, vanished)
    relied_on = set(stage.world.meetings)
    restore(stage, before)
    removed = sum([await tidied(stage, A_DAY_ON) for _ in range(3)])
    count(stage, "restored backup", strays=3, removed=removed, wanted=len(relied_on))
    assert set(stage.world.meetings) == relied_on
    shown = (await tidying(stage)).strays + (await tidying(stage, stage.bor)).strays
    assert len(shown) == 3
    assert {one.booking_id for one in shown} == {None}
    assert (await stage.view(kept)).meeting.join_link in {one.join_link for one in stage.meetings(user)}
    assert len(stage.meetings(bor)) == 1


async def test_a_marker_that_is_issued_again_after_a_restore_does_not_condemn_the_first_one(stage: Stage) -> None:
    """The session was made anew both times: both meetings carry its second marker, and one is in use here."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR))
    before = backup(stage)
    for _ in range(2):
        restore(stage, before)
        stage.world.meetings = {
            number: one for number, one in stage.world.meetings.items() if one.marker != marker_of(booking_id, 0)
        }
        await _retitle(stage, booking_id)
    assert [one.marker for one in stage.meetings(user)] == [marker_of(booking_id, 1)] * 2
    removed = await looked_twice(stage) + await tidied(stage, A_DAY_ON)
    count(stage, "restored backup, marker issued again", strays=1, removed=removed, wanted=2)
    assert removed == 0
    assert [one.booking_id for one in (await tidying(stage)).strays] == [None]


async def test_while_its_session_has_no_other_meeting_a_stray_stays(stage: Stage) -> None:
    """It waited at the time of the backup, got its meeting afterwards, and does not get another one now."""
    user = await stage.connect(stage.ana)
    stage.world.faults.fail_next("create", TryLater(reason="provider_limited"))
    booking_id = await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR))
    before = backup(stage)
    await stage.work(MINUTE)
    [relied_on] = stage.meetings(user)
    restore(stage, before)
    stage.world.faults.fail_next("create", TryLater(reason="provider_limited"), times=9)
    await stage.work(HOUR)
    removed = await looked_twice(stage)
    count(stage, "restored backup, the session waits", strays=1, removed=removed, wanted=1)
    assert [one.id for one in stage.meetings(user)] == [relied_on.id]
    stage.world.faults.clear()
    await stage.work(HOUR)
    removed = await tidied(stage, A_DAY_ON)
    count(stage, "restored backup, the session has its link", strays=1, removed=removed, wanted=1)
    assert [one.join_link for one in stage.meetings(user)] == [(await stage.view(booking_id)).meeting.join_link]


async def test_a_copy_that_the_host_made_stays(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR))
    copy = land(stage, user, marker_of(booking_id, 0))
    await tidied(stage, A_DAY_ON)
    await stage.use.close_session().cancel(stage.ana, booking_id, expected_version=None)
    removed = await tidied(stage, A_DAY_ON) + await tidied(stage, A_DAY_ON)
    count(stage, "a copy made by the host", strays=1, removed=removed, wanted=1)
    assert [one.id for one in stage.meetings(user)] == [copy.id]


@pytest.mark.parametrize("hours", [-3.0, -0.5, 0.2])
async def test_what_is_over_or_under_way_or_begins_soon_stays(stage: Stage, hours: float) -> None:
    user = await stage.connect(stage.ana)
    booking_id, late = await late_create(stage, user)
    await tidied(stage, A_DAY_ON)
    stage.move(SOON)
    slot, now = late.details.slot, stage.harness.clock.now()
    begins = now + hours * HOUR
    late.details = replace(late.details, slot=replace(slot, starts_at=begins, ends_at=begins + HOUR))
    removed = await tidied(stage)
    count(stage, "over, under way or about to begin", strays=1, removed=removed, wanted=2)
    assert len(stage.meetings(user)) == 2
    assert [entry.reason for entry in await stage.history(booking_id)].count("stray") == 0


async def test_who_disconnects_meanwhile_is_left_in_peace(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await late_create(stage, user)
    await tidied(stage, A_DAY_ON)
    hold = stage.world.faults.hold_next("look")
    stage.move(SOON)
    looking = asyncio.create_task(stage.use.tidy_accounts()())
    await asyncio.wait_for(hold.reached.wait(), 10)
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, Fate.KEEP)
    hold.release()
    assert await looking == 0
    count(stage, "disconnected meanwhile", strays=1, removed=2 - len(stage.meetings(user)), wanted=2)
    assert await stage.connection(stage.ana) is None


async def test_each_account_is_asked_once_a_day_and_by_one_worker(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await stage.book(stage.ana, stage.terms(stage.ana, hours=FAR))
    stage.world.calls.clear()
    for _ in range(3 * 24 * 2):
        stage.move(HOUR / 2)
        await asyncio.gather(*(stage.use.tidy_accounts()() for _ in range(3)))
    asked = [call for call in stage.world.calls_of(user.user_id) if call != "refresh"]
    assert asked == ["look"] * 3


async def test_of_two_workers_that_found_the_same_account_due_one_begins(stage: Stage) -> None:
    await stage.connect(stage.ana)
    due = await stage.connection(stage.ana)
    assert due
    stage.move(A_DAY_ON)
    tidy = stage.use.tidy_accounts()
    assert [await tidy._claimed(due), await tidy._claimed(due)] == [True, False]


async def test_a_connection_that_was_made_anew_meanwhile_learns_nothing_of_the_old_one(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await unknown(stage, user)
    hold = stage.world.faults.hold_next("look")
    stage.move(A_DAY_ON)
    looking = asyncio.create_task(stage.use.tidy_accounts()())
    await asyncio.wait_for(hold.reached.wait(), 10)
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, Fate.KEEP)
    await stage.connect(stage.ana, user=user)
    hold.release()
    await looking
    assert await tidying(stage) == Tidying()


async def test_a_round_that_is_over_begins_with_nobody(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.move(A_DAY_ON)
    asked = len(stage.world.calls)
    assert await stage.use.tidy_accounts()(lambda: True) == 0
    assert len(stage.world.calls) == asked
    assert (await tidying(stage)).due_at is None


async def test_people_see_what_was_found(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await stage.harness.sign_in(stage.admin)

    async def shown() -> object:
        everybody = (await stage.harness.api("GET", "/api/consultants")).raise_for_status().json()
        [hers] = [one for one in everybody if one["id"] == str(stage.ana.id)]
        return next(one["tidying"] for one in hers["connections"] if one["provider"] == NORTH)

    assert await shown() is None
    _, late = await late_create(stage, user)
    stranger = await unknown(stage, user)
    await tidied(stage, A_DAY_ON)
    looked_at = stage.harness.clock.now().isoformat().replace("+00:00", "Z")
    first = await shown()
    assert isinstance(first, dict)
    assert (first["looked_at"], first["removed"]) == (looked_at, 0)
    assert {one["meeting_id"]: one["removable"] for one in first["strays"]} == {late.id: True, stranger.id: False}
    await stage.harness.sign_in(stage.admin)
    await tidied(stage, SOON)
    second = await shown()
    assert isinstance(second, dict)
    assert (second["removed"], [one["meeting_id"] for one in second["strays"]]) == (1, [stranger.id])


async def _give_to_bor(stage: Stage, booking_id: UUID) -> None:
    await stage.use.edit_session()(stage.admin, booking_id, Edits(consultant_id=stage.bor.id), expected_version=None)
    await stage.work()


async def _retitle(stage: Stage, booking_id: UUID) -> None:
    await stage.use.edit_session()(stage.admin, booking_id, Edits(title="Anew"), expected_version=None)
    await stage.work()
