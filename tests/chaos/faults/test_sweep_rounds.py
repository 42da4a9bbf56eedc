"""One worker lists accounts at long intervals and within the limits, and people see the result."""

import asyncio
from datetime import timedelta

import pytest

from adapters.in_memory.provider.fault import Fault
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.failure_reason import FailureReason
from domain.meeting.orphans import OrphanSweep
from domain.provider_errors import NeedsConsultant, Refused, TryLater
from tests.application.stage import NORTH, SOUTH, Stage
from tests.chaos.faults.sweep_stage import (
    A_DAY_ON,
    FAR,
    SOON,
    count,
    late_create,
    looked_twice,
    sweep,
    swept,
    unknown,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    "error",
    [
        TryLater(reason=FailureReason.PROVIDER_LIMITED),
        TryLater(reason=FailureReason.DAILY_LIMIT),
        TryLater(reason=FailureReason.PROVIDER_DOWN, unheard=True),
    ],
    ids=["limited", "daily limit", "down"],
)
@pytest.mark.parametrize("operation", ["find", "remove"])
async def test_at_the_first_sign_of_a_limit_the_round_ends_and_goes_on_later(
    stage: Stage, operation: str, error: TryLater
) -> None:
    ana, bor = await stage.connect(stage.ana), await stage.connect(stage.bor)
    await late_create(stage, ana)
    await late_create(stage, bor, stage.bor)
    await swept(stage, A_DAY_ON)
    calls = len(stage.world.calls)
    stage.world.strike(operation, error)
    assert await swept(stage, SOON) == 0
    assert len(stage.world.calls) - calls <= 1, "one host was asked, and nobody after it"
    removed = await swept(stage, MINUTE) + await swept(stage, HOUR)
    count(stage, f"{operation}: {error.data['reason']}", orphans=2, removed=removed, wanted=2)
    assert removed == 2
    assert [len(stage.meetings(one)) for one in (ana, bor)] == [1, 1]


async def test_a_limit_at_one_provider_does_not_hold_up_another(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await stage.connect(stage.bor, SOUTH)
    await late_create(stage, user)
    stage.harness.worlds[SOUTH].strike("find", Fault.LIMITED, times=9)
    assert await looked_twice(stage) == 1


@pytest.mark.parametrize("error", [NeedsConsultant(reason=FailureReason.SCOPE_MISSING), Refused(words="no")])
async def test_what_does_not_pass_by_itself_is_tried_the_next_day(stage: Stage, error: Exception) -> None:
    user = await stage.connect(stage.ana)
    await late_create(stage, user)
    stage.world.strike("find", error)
    await swept(stage, A_DAY_ON)
    asked = len(stage.world.calls)
    await swept(stage, 23 * HOUR)
    assert len(stage.world.calls) == asked
    assert await swept(stage, HOUR) + await swept(stage, SOON) == 1


async def test_who_disconnects_meanwhile_is_left_in_peace(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await late_create(stage, user)
    await swept(stage, A_DAY_ON)
    stage.move(SOON)
    hold, looking = await stage.paused("find", stage.use.sweep_orphans()())
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)
    hold.release()
    assert await looking == 0
    count(stage, "disconnected meanwhile", orphans=1, removed=2 - len(stage.meetings(user)), wanted=2)
    assert await stage.connection(stage.ana) is None


async def test_each_account_is_asked_once_a_day_and_by_one_worker(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await stage.book(stage.ana, stage.details(stage.ana, hours=FAR))
    stage.world.calls.clear()
    for _ in range(3 * 24 * 2):
        stage.move(HOUR / 2)
        await asyncio.gather(*(stage.use.sweep_orphans()() for _ in range(3)))
    asked = [call for call in stage.world.calls_of(user.user_id) if call != "refresh"]
    assert asked == ["find"] * 3


async def test_of_two_workers_that_found_the_same_account_due_one_begins(stage: Stage) -> None:
    await stage.connect(stage.ana)
    due = await stage.connection(stage.ana)
    assert due
    stage.move(A_DAY_ON)
    sweep = stage.use.sweep_orphans()
    assert [await sweep._leased(due), await sweep._leased(due)] == [True, False]


async def test_a_connection_that_was_made_anew_meanwhile_learns_nothing_of_the_old_one(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await unknown(stage, user)
    stage.move(A_DAY_ON)
    hold, looking = await stage.paused("find", stage.use.sweep_orphans()())
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)
    await stage.connect(stage.ana, user=user)
    hold.release()
    await looking
    assert await sweep(stage) == OrphanSweep()


async def test_a_round_that_is_over_begins_with_nobody(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.move(A_DAY_ON)
    asked = len(stage.world.calls)
    assert await stage.use.sweep_orphans()(lambda: True) == 0
    assert len(stage.world.calls) == asked
    assert (await sweep(stage)).due_at is None


async def test_people_see_what_was_found(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await stage.harness.log_in(stage.admin)

    async def shown() -> object:
        everybody = (await stage.harness.api("GET", "/api/consultants")).raise_for_status().json()
        [hers] = [one for one in everybody if one["id"] == str(stage.ana.id)]
        return next(one["sweep"] for one in hers["connections"] if one["provider"] == NORTH)

    assert await shown() is None
    _, late = await late_create(stage, user)
    stranger = await unknown(stage, user)
    await swept(stage, A_DAY_ON)
    looked_at = stage.harness.clock.now().isoformat().replace("+00:00", "Z")
    first = await shown()
    assert isinstance(first, dict)
    assert (first["looked_at"], first["removed"]) == (looked_at, 0)
    assert {one["meeting_id"]: one["removable"] for one in first["orphans"]} == {late.id: True, stranger.id: False}
    await stage.harness.log_in(stage.admin)
    await swept(stage, SOON)
    second = await shown()
    assert isinstance(second, dict)
    assert (second["removed"], [one["meeting_id"] for one in second["orphans"]]) == (1, [stranger.id])
