"""A meeting belongs to the provider's user who made it: for another user it is out of reach, never gone."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.meeting_provider import removal_event
from domain.audit.action import Action
from domain.audit.facts import Facts
from domain.audit.outcome import Outcome
from domain.booking.booking import Booking
from domain.booking.booking_views import BookingView
from domain.booking.edits import Edits
from domain.booking.verdict import Verdict
from domain.connection.connection import ProviderAccount
from domain.connection.errors import ConnectionNeeded
from domain.connection.meetings_on_disconnect import AfterDisconnect, MeetingsOnDisconnect
from domain.connection.revocation import Ending, Revocation
from domain.meeting.meeting_account import MeetingAccount
from tests.application.stage import CONFIRMED, NORTH, Stage

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
Leave = Callable[[Stage, ProviderAccount], Awaitable[None]]


async def _disconnected(stage: Stage, user: ProviderAccount) -> None:
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)


async def _removed_there(stage: Stage, user: ProviderAccount) -> None:
    stage.world.remove_app(user.user_id)
    await stage.use.receive_webhook_event()(NORTH, *removal_event(stage.provider(NORTH), stage.world, user.user_id))
    await stage.work()


async def _erased(stage: Stage, user: ProviderAccount) -> None:
    await stage.use.erase_connection()(stage.admin, stage.ana.email, links=False)


async def _died_and_disconnected(stage: Stage, user: ProviderAccount) -> None:
    stage.world.remove_app(user.user_id)
    await stage.use.keep_connections_alive()()
    await _disconnected(stage, user)


WAYS = pytest.mark.parametrize("leave", [_disconnected, _removed_there, _erased, _died_and_disconnected])


async def _switched(stage: Stage, leave: Leave = _disconnected) -> tuple[UUID, ProviderAccount, ProviderAccount]:
    """A session whose meeting is in Ana's first account, while Ana is connected with her second."""
    first = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    await leave(stage, first)
    second = await stage.connect(stage.ana, user=stage.at_provider("Second"))
    return booking_id, first, second


async def _retitled(stage: Stage, booking_id: UUID) -> BookingView:
    version = (await stage.view(booking_id)).version
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="Moved"), expected_version=version)
    return await stage.view(booking_id)


async def _reconciled(stage: Stage) -> None:
    for _ in range(4):
        await stage.work(2 * CONFIRMED)


def _of_before(booking: Booking) -> Booking:
    """The booking as an earlier release stored it, without accounts."""
    assert booking.reconciliation.meeting
    meeting = replace(booking.reconciliation.meeting, account=MeetingAccount())
    return replace(booking, reconciliation=replace(booking.reconciliation, meeting=meeting))


@WAYS
async def test_the_link_stays_and_it_is_said_where_the_meeting_lies(stage: Stage, leave: Leave) -> None:
    booking_id, first, second = await _switched(stage, leave)
    await stage.work(23 * HOUR + 55 * MINUTE)
    await _reconciled(stage)
    meeting = (await stage.view(booking_id)).meeting
    assert (meeting.status, meeting.reason) == ("ready", "other_account")
    assert meeting.detail == (first.email if leave in (_disconnected, _died_and_disconnected) else "")
    assert [kept.join_link for kept in stage.meetings(first)] == [meeting.join_link]
    assert set(stage.world.calls_of(second.user_id)) == {"exchange", "current_user"}
    assert (await stage.actions(booking_id))[-1] == "out_of_reach"


@WAYS
async def test_a_change_makes_a_new_meeting_and_the_old_one_is_stuck(stage: Stage, leave: Leave) -> None:
    booking_id, first, second = await _switched(stage, leave)
    old = (await stage.view(booking_id)).meeting.join_link
    view = await _retitled(stage, booking_id)
    await _reconciled(stage)
    view = await stage.view(booking_id)
    assert [kept.join_link for kept in stage.meetings(second)] == [view.meeting.join_link] != [old]
    assert [kept.join_link for kept in stage.meetings(first)] == [old]
    assert (view.meeting.status, view.meeting.stuck, view.meeting.removing) == ("ready", 1, 1)
    [stuck] = view.meeting.stuck_meetings
    named = first.email if leave in (_disconnected, _died_and_disconnected) else ""
    assert (stuck.account, stuck.reason, stuck.host_id) == (named, "other_account", stage.ana.id)
    assert stuck.number == stage.meetings(first)[0].id
    assert view.meeting.link_change_reason == "other_account"
    told = {entry.action: entry for entry in await stage.history(booking_id)}
    assert told[Action.EDITED].facts.verdict is Verdict.RECREATED
    assert (told[Action.REMOVE].outcome, told[Action.REMOVE].facts.failure) == (
        Outcome.NEEDS_CONSULTANT,
        "other_account",
    )
    assert "remove" not in stage.world.calls_of(second.user_id)


async def test_a_cancellation_is_not_done_before_the_first_account_is_back(stage: Stage) -> None:
    booking_id, first, _ = await _switched(stage)
    await stage.use.close_booking().cancel(stage.ana, booking_id, expected_version=None)
    await _reconciled(stage)
    meeting = (await stage.view(booking_id)).meeting
    assert (meeting.stuck, len(stage.meetings(first))) == (1, 1)
    told = {entry.action: entry for entry in await stage.history(booking_id)}
    assert told[Action.CANCELLED].facts == Facts(verdict=Verdict.OUT_OF_REACH)
    await _disconnected(stage, first)
    await stage.connect(stage.ana, user=first)
    await _reconciled(stage)
    assert stage.meetings(first) == ()
    assert (await stage.view(booking_id)).meeting.removing == 0


async def test_connecting_the_first_account_again_makes_an_end_of_it(stage: Stage) -> None:
    booking_id, first, second = await _switched(stage)
    kept = stage.meetings(first)[0]
    stage.move(MINUTE)
    await _disconnected(stage, second)
    await stage.connect(stage.ana, user=first)
    await _reconciled(stage)
    meeting = (await stage.view(booking_id)).meeting
    assert (meeting.status, meeting.reason, meeting.detail) == ("ready", None, "")
    assert stage.world.calls_of(first.user_id)[-1] == "read"
    view = await _retitled(stage, booking_id)
    assert view.meeting.join_link == kept.join_link
    assert kept.details.topic == "Moved"


async def test_a_change_needs_a_connection_and_other_edits_do_not(stage: Stage) -> None:
    booking_id, _, second = await _switched(stage)
    await _disconnected(stage, second)
    with pytest.raises(ConnectionNeeded):
        await _retitled(stage, booking_id)
    edits = Edits(notes="Bring the papers.")
    await stage.use.edit_booking()(stage.ana, booking_id, edits, expected_version=1)
    assert (await stage.view(booking_id)).notes == "Bring the papers."


async def test_what_waited_for_the_first_account_is_made_in_the_second(stage: Stage) -> None:
    first = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    await _disconnected(stage, first)
    waiting = await _retitled(stage, booking_id)
    assert (waiting.meeting.status, waiting.meeting.waits_for) == ("waiting", stage.ana.id)
    second = await stage.connect(stage.ana, user=stage.at_provider("Second"))
    await _reconciled(stage)
    meeting = (await stage.view(booking_id)).meeting
    assert [kept.join_link for kept in stage.meetings(second)] == [meeting.join_link]
    assert (meeting.stuck, meeting.link_change_reason) == (1, "other_account")


async def test_an_unheard_create_is_looked_for_only_where_it_was_sent(stage: Stage) -> None:
    first = await stage.connect(stage.ana)
    stage.world.strike("create", Fault.LOST_ANSWER)
    booking_id = await stage.book(stage.ana)
    await _disconnected(stage, first)
    second = await stage.connect(stage.ana, user=stage.at_provider("Second"))
    await stage.work(2 * MINUTE)
    await _reconciled(stage)
    meeting = (await stage.view(booking_id)).meeting
    assert [kept.join_link for kept in stage.meetings(second)] == [meeting.join_link]
    assert (meeting.stuck, meeting.stuck_meetings[0].number) == (1, None)
    await _disconnected(stage, second)
    await stage.connect(stage.ana, user=first)
    await _reconciled(stage)
    assert stage.meetings(first) == ()
    assert (await stage.view(booking_id)).meeting.stuck == 0


async def test_disconnecting_the_second_account_says_that_it_cannot_touch_the_meeting(stage: Stage) -> None:
    booking_id, first, second = await _switched(stage)
    mine = await stage.book(stage.ana, stage.details(stage.ana, hours=30))
    disconnect = stage.use.disconnect_provider()
    told = {one.booking.id: one.on_remove for one in await disconnect.preview(stage.ana, stage.ana.id, NORTH)}
    assert told == {booking_id: AfterDisconnect.IN_EARLIER_ACCOUNT, mine: AfterDisconnect.REMOVED}
    ending = await disconnect(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.REMOVE)
    assert ending == Ending(Revocation.CONFIRMED)
    assert (stage.meetings(second), len(stage.meetings(first))) == ((), 1)
    assert (await stage.view(booking_id)).meeting.join_link == stage.meetings(first)[0].join_link


async def test_erasing_forgets_the_address_and_not_that_it_is_another_account(stage: Stage) -> None:
    booking_id, _, _ = await _switched(stage)
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=False)
    assert receipt.erased["account_addresses"] == 1
    meeting = (await stage.view(booking_id)).meeting
    assert (meeting.reason, meeting.detail) == ("other_account", "")


async def test_the_address_is_forgotten_when_the_session_is_over(stage: Stage) -> None:
    booking_id, first, _ = await _switched(stage)
    assert (await stage.view(booking_id)).meeting.detail == first.email
    await stage.work(25 * HOUR + MINUTE)
    assert (await stage.view(booking_id)).meeting.detail == ""


async def test_a_meeting_of_an_earlier_release_is_known_from_its_next_contact(stage: Stage) -> None:
    first = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    async with stage.use.begin()() as work:
        stored = await work.bookings.to_change(stage.organization.id, booking_id)
        assert stored
        await work.bookings.save(_of_before(stored), now=stage.harness.clock.now())
        await work.commit()
    await _retitled(stage, booking_id)
    await _disconnected(stage, first)
    await stage.connect(stage.ana, user=stage.at_provider("Second"))
    assert (await stage.view(booking_id)).meeting.reason == "other_account"
