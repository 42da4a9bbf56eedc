"""Crashes, lost answers and provider failures at every point of a session's life."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from adapters.in_memory.provider.fault import Fault
from application.meeting.reconcile_promptly import ReconcilePromptly
from domain.booking.edits import Edits
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.provider import Provider
from domain.provider_errors import Misconfigured, Refused, TryLater
from domain.providers import Providers
from tests.application.stage import NORTH, Stage

LEASE, SECONDS = timedelta(minutes=1), timedelta(seconds=1)


async def _dying(stage: Stage, operation: str) -> asyncio.Task[UUID]:
    """Saves a session in a process that dies at that call, before sending it."""
    _, task = await stage.paused(operation, stage.book(stage.ana))
    for running in list(_promptly(stage)._running):
        running.cancel()
    return task


def _promptly(stage: Stage) -> ReconcilePromptly:
    return stage.use.reconcile_promptly()


async def test_a_process_that_dies_before_its_call_leaves_one_meeting_in_the_end(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await (await _dying(stage, "create"))
    assert (await stage.view(booking_id)).meeting.status == "wanted"
    await stage.work(LEASE - SECONDS)
    assert stage.meetings(user) == ()  # the lease still holds
    await stage.work(SECONDS)
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert len(stage.meetings(user)) == 1
    assert await stage.actions(booking_id) == ["booked", "find", "create"]


async def test_a_process_that_dies_after_its_call_leaves_that_meeting(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.strike("create", asyncio.CancelledError(), after=True)
    booking_id = await stage.book(stage.ana)
    [made] = stage.meetings(user)
    await stage.work(LEASE)
    assert (await stage.view(booking_id)).meeting.join_link == made.join_link
    assert stage.meetings(user) == (made,)


async def test_a_session_cancelled_while_its_meeting_is_made_leaves_none(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    hold, saving = await stage.paused("create", stage.book(stage.ana))
    [booking_id] = await _all(stage)
    await stage.use.close_booking().delete(stage.ana, booking_id, expected_version=None)
    hold.release()
    await saving
    assert stage.meetings(user) == ()
    assert await _all(stage) == []


async def _all(stage: Stage) -> list:
    async with stage.use.begin()() as work:
        found = await work.bookings.of_host(Host(stage.organization.id, stage.ana.id, NORTH), ending_after=None)
    return [one.id for one in found]


async def test_a_meeting_that_came_after_its_session_was_erased_is_removed_by_who_made_it(stage: Stage) -> None:
    """The process that made it paused for longer than the lease, in the middle of the call."""
    user = await stage.connect(stage.ana)
    hold, saving = await stage.paused("create", stage.book(stage.ana))
    [booking_id] = await _all(stage)
    await stage.use.close_booking().delete(stage.ana, booking_id, expected_version=None)
    await stage.work(LEASE)
    assert await _all(stage) == []
    hold.release()
    await saving
    assert stage.meetings(user) == ()


async def test_a_step_whose_lease_has_run_out_while_it_waited_for_access_is_not_carried_out(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(timedelta(hours=2))
    hold, saving = await stage.paused("refresh", stage.book(stage.ana, stage.details(stage.ana, hours=30)))
    stage.move(LEASE)
    hold.release()
    booking_id = await saving
    assert stage.meetings(user) == ()
    await stage.work(5 * SECONDS)
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert len(stage.meetings(user)) == 1


async def test_an_edit_while_the_meeting_is_made_is_carried_out_by_the_same_reconciler(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    hold, saving = await stage.paused("create", stage.book(stage.ana))
    [booking_id] = await _all(stage)
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)
    hold.release()
    await saving
    assert [kept.details.topic for kept in stage.meetings(user)] == ["New"]
    assert (await stage.view(booking_id)).meeting.status == "ready"


async def test_taking_an_edit_back_after_a_lost_answer_puts_the_meeting_back_too(stage: Stage) -> None:
    """The provider holds the new title, although its answer was lost."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    stage.world.strike("change", Fault.LOST_ANSWER)
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="Talk"), expected_version=2)
    await stage.work(5 * SECONDS)
    assert [kept.details.topic for kept in stage.meetings(user)] == ["Talk"]
    assert (await stage.view(booking_id)).meeting.status == "ready"


@pytest.mark.parametrize(
    ("error", "status", "reason"),
    [
        (TryLater(reason=FailureReason.DAILY_LIMIT), "waiting", FailureReason.DAILY_LIMIT),
        (Misconfigured(words="invalid_client"), "waiting", "misconfigured"),
        (Refused(words="not in your plan"), "failed", "refused"),
    ],
)
async def test_a_session_is_saved_whatever_the_provider_says(
    stage: Stage, error: ProviderError, status: str, reason: str
) -> None:
    await stage.connect(stage.ana)
    stage.world.strike("create", error)
    view = await stage.view(await stage.book(stage.ana))
    assert (view.meeting.status, view.meeting.reason, view.meeting.join_link) == (status, reason, None)


async def test_a_waiting_session_reassigned_to_a_connected_consultant_is_reconciled_at_once(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    bors = await stage.connect(stage.bor)
    stage.world.remove_app(user.user_id)
    booking_id = await stage.book(stage.ana)
    assert (await stage.view(booking_id)).meeting.waits_for == stage.ana.id
    await stage.use.edit_booking()(stage.admin, booking_id, Edits(consultant_id=stage.bor.id), expected_version=1)
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert len(stage.meetings(bors)) == 1


async def test_sessions_of_a_provider_that_was_taken_out_of_the_settings_wait_for_it(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.strike("create", Fault.DOWN)
    booking_id = await stage.book(stage.ana)
    reconcile = replace(stage.use.reconcile_meeting(), providers=_without(stage, NORTH))
    stage.move(5 * SECONDS)
    await reconcile(stage.organization.id, booking_id, reconcile.new_lease())
    view = await stage.view(booking_id)
    assert (view.meeting.status, view.meeting.reason) == ("waiting", "not_set_up")
    await stage.work(timedelta(minutes=1))
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert len(stage.meetings(user)) == 1


def _without(stage: Stage, name: str) -> Providers:
    offered: list[Provider] = list(stage.use.meeting_providers())
    return Providers([one for one in offered if one.name != name])


async def test_a_session_that_nobody_can_reconcile_is_not_looked_at_again_and_again(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.remove_app(user.user_id)
    await stage.book(stage.ana)
    reconcile_due = stage.use.reconcile_due()
    assert await reconcile_due() == 0
    stage.move(timedelta(hours=25))  # the session has begun: recorded once, then no more calls
    assert await reconcile_due() == 1
    await reconcile_due.finish()
    assert await reconcile_due() == 0
