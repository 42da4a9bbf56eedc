"""A webhook event reports a changed or deleted meeting; the worker verifies it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.meeting_provider import changed_event
from domain.booking.edits import Edits
from domain.connection.connection import ProviderAccount
from domain.meeting.verification import Difference
from tests.application.stage import CONFIRMED, NORTH, SOUTH, Stage

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


async def _notified(stage: Stage, meeting_id: str, times: int = 1) -> None:
    headers, body = changed_event(stage.provider(NORTH), stage.world, meeting_id)
    for _ in range(times):
        assert await stage.use.receive_webhook_event()(NORTH, headers, body) is None


async def _booked(stage: Stage) -> tuple[ProviderAccount, UUID, str]:
    """A session booked an hour ago, so that a webhook event is no echo of the create."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    stage.move(HOUR)
    return user, booking_id, stage.meetings(user)[0].id


async def test_one_that_was_deleted_is_made_anew_by_the_worker(stage: Stage) -> None:
    user, booking_id, meeting_id = await _booked(stage)
    old = (await stage.view(booking_id)).meeting.join_link
    stage.world.meetings.clear()
    before = len(stage.world.calls)
    await _notified(stage, meeting_id)
    assert len(stage.world.calls) == before
    await stage.work()
    await stage.work(CONFIRMED)
    assert [kept.join_link for kept in stage.meetings(user)] == [(await stage.view(booking_id)).meeting.join_link]
    assert (await stage.view(booking_id)).meeting.join_link != old
    told = [(entry.action, entry.reason) for entry in await stage.history(booking_id)]
    assert (told[-4], told[-1]) == (("verify", "webhook_event"), ("create", "vanished"))


async def test_one_that_was_moved_is_left_alone_and_said(stage: Stage) -> None:
    user, booking_id, meeting_id = await _booked(stage)
    [kept] = stage.meetings(user)
    kept.details = replace(kept.details, topic="By hand")
    await _notified(stage, meeting_id)
    await stage.work()
    assert (await stage.view(booking_id)).meeting.differs == (Difference.RENAMED,)
    assert [one.details.topic for one in stage.meetings(user)] == ["By hand"]


async def test_the_same_event_again_and_again_is_one(stage: Stage) -> None:
    user, _, meeting_id = await _booked(stage)
    await _notified(stage, meeting_id, times=5)
    await stage.work()
    stage.move(2 * MINUTE)
    await _notified(stage, meeting_id)
    await stage.work()
    assert stage.world.calls_of(user.user_id).count("read") == 2


async def test_a_flood_of_events_costs_a_call_a_minute_even_when_the_provider_is_ill(stage: Stage) -> None:
    user, _, meeting_id = await _booked(stage)
    for _ in range(120):
        await _notified(stage, meeting_id)
        await stage.work(after=SECOND)
    assert stage.world.calls_of(user.user_id).count("read") == 2
    stage.world.strike("read", Fault.DOWN, times=99)
    for _ in range(600):
        await _notified(stage, meeting_id)
        await stage.work(after=SECOND)
    assert stage.world.calls_of(user.user_id).count("read") <= 12


async def test_what_we_do_ourselves_is_no_news(stage: Stage) -> None:
    user, booking_id, meeting_id = await _booked(stage)
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)
    stage.move(2 * SECOND)
    await _notified(stage, meeting_id)
    await stage.work(after=2 * MINUTE)
    assert "read" not in stage.world.calls_of(user.user_id)


async def test_an_older_event_that_comes_late_is_no_news(stage: Stage) -> None:
    user, booking_id, meeting_id = await _booked(stage)
    late = changed_event(stage.provider(NORTH), stage.world, meeting_id)
    stage.move(MINUTE)
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)
    await stage.use.receive_webhook_event()(NORTH, *late)
    await stage.work(after=2 * MINUTE)
    assert "read" not in stage.world.calls_of(user.user_id)


async def test_meetings_that_are_none_of_ours(stage: Stage) -> None:
    user, booking_id, meeting_id = await _booked(stage)
    await stage.connect(stage.ana, SOUTH)
    await _notified(stage, "nobody's")
    elsewhere = changed_event(stage.provider(SOUTH), stage.harness.worlds[SOUTH], meeting_id)
    await stage.use.receive_webhook_event()(SOUTH, *elsewhere)
    await stage.use.close_booking().cancel(stage.ana, booking_id, expected_version=None)
    await _notified(stage, meeting_id)
    await stage.work(after=2 * MINUTE)
    assert "read" not in stage.world.calls_of(user.user_id)
