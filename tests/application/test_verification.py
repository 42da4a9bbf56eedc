"""Calendra verifies meetings shortly before their sessions, and repairs or reports the differences."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from adapters.in_memory.provider.fault import Fault
from domain.audit.facts import Facts
from domain.booking.edits import Edits
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.meeting.verification import Difference
from tests.application.stage import CONFIRMED, NORTH, Stage

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
UNTIL_SHORTLY_BEFORE = timedelta(hours=5) - 30 * MINUTE


async def _booked(stage: Stage) -> UUID:
    """A session in five hours."""
    return await stage.book(stage.ana, stage.details(stage.ana, hours=5))


async def test_nothing_is_read_before_it_is_time_and_then_once(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await _booked(stage)
    await stage.work(4 * HOUR)
    assert "read" not in stage.world.calls_of(user.user_id)
    await stage.work(UNTIL_SHORTLY_BEFORE - 4 * HOUR)
    await stage.work(MINUTE)
    await stage.work(HOUR)
    assert stage.world.calls_of(user.user_id).count("read") == 1
    looked = (await stage.history(booking_id))[-1]
    assert (looked.action, looked.reason, looked.outcome, looked.facts) == ("verify", "shortly_before", "done", Facts())
    assert (await stage.view(booking_id)).meeting.verified_at == looked.at


async def test_a_meeting_that_vanished_is_made_anew_and_the_history_says_why(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await _booked(stage)
    old = (await stage.view(booking_id)).meeting.join_link
    stage.world.meetings.clear()
    await stage.work(UNTIL_SHORTLY_BEFORE)
    assert (await stage.view(booking_id)).meeting.join_link == old
    await stage.work(CONFIRMED)
    view = await stage.view(booking_id)
    assert [kept.join_link for kept in stage.meetings(user)] == [view.meeting.join_link] != [old]
    told = [(entry.action, entry.reason) for entry in await stage.history(booking_id)]
    confirming = [("verify", "missing"), ("find", "missing")]
    assert told[-4:] == [("verify", "shortly_before"), *confirming, ("create", "vanished")]


async def test_a_link_that_changed_at_the_provider_is_taken_over(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await _booked(stage)
    [kept] = stage.meetings(user)
    kept.join_link = "https://north.example/j/1?pwd=new"
    await stage.work(UNTIL_SHORTLY_BEFORE)
    assert (await stage.view(booking_id)).meeting.join_link == kept.join_link
    looked = (await stage.history(booking_id))[-1]
    assert looked.facts == Facts(link_changed=True)
    assert kept.join_link not in repr(looked)


async def test_a_meeting_that_its_host_moved_is_left_alone_and_said(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await _booked(stage)
    [kept] = stage.meetings(user)
    slot = kept.details.slot
    kept.details = replace(
        kept.details, topic="By hand", slot=replace(slot, starts_at=slot.starts_at + HOUR, ends_at=slot.ends_at + HOUR)
    )
    by_hand = kept.details
    await stage.work(UNTIL_SHORTLY_BEFORE)
    view = await stage.view(booking_id)
    assert (view.meeting.status, view.meeting.differs) == ("ready", (Difference.MOVED, Difference.RENAMED))
    assert (await stage.history(booking_id))[-1].facts == Facts(differs=(Difference.MOVED, Difference.RENAMED))
    assert [one.details for one in stage.meetings(user)] == [by_hand]
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="Ours"), expected_version=view.version)
    assert (await stage.view(booking_id)).meeting.differs == ()
    assert [(one.details.topic, one.details.slot) for one in stage.meetings(user)] == [("Ours", slot)]


async def test_a_connection_that_died_shows_before_the_session(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await _booked(stage)
    stage.world.remove_app(user.user_id)
    await stage.work(UNTIL_SHORTLY_BEFORE)
    meeting = (await stage.view(booking_id)).meeting
    assert (meeting.status, meeting.reason, meeting.waits_for) == ("waiting", "consent_gone", stage.ana.id)
    assert meeting.join_link
    await stage.connect(stage.ana, user=user)
    await stage.work()
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert (await stage.history(booking_id))[-1].outcome == "done"


async def test_an_ill_provider_is_asked_again_until_the_session_begins(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await _booked(stage)
    stage.world.strike("read", Fault.DOWN, times=99)
    await stage.work(UNTIL_SHORTLY_BEFORE - 20 * MINUTE)
    for _ in range(60):
        await stage.work(MINUTE)
    assert (await stage.view(booking_id)).meeting.status == "ready"
    states = [entry.outcome for entry in await stage.history(booking_id) if entry.action == "verify"]
    assert 5 < len(states) < 15
    assert set(states) == {"provider_try_later"}
    assert "change" not in stage.world.calls_of(user.user_id)


async def test_a_worker_that_dies_while_looking_is_followed_by_another(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await _booked(stage)
    hold = stage.world.faults.hold_next("read")
    stage.move(UNTIL_SHORTLY_BEFORE)
    reconcile_due = stage.use.reconcile_due()
    await reconcile_due()
    await hold.reached.wait()
    for running in list(reconcile_due._running):
        running.cancel()
    await stage.work(MINUTE)
    assert (await stage.view(booking_id)).meeting.verified_at == stage.harness.clock.now()
    assert stage.world.calls_of(user.user_id).count("read") == 1


async def test_a_meeting_in_an_account_that_is_not_the_connected_one_any_more_is_left_alone(stage: Stage) -> None:
    first = await stage.connect(stage.ana)
    booking_id = await _booked(stage)
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)
    other = await stage.connect(stage.ana, user=stage.at_provider("Ana again"))
    await stage.work(UNTIL_SHORTLY_BEFORE)
    await stage.work(CONFIRMED)
    assert stage.meetings(other) == ()
    assert "read" not in stage.world.calls_of(other.user_id)
    meeting = (await stage.view(booking_id)).meeting
    assert [kept.join_link for kept in stage.meetings(first)] == [meeting.join_link]
    assert (meeting.status, meeting.reason) == ("ready", "other_account")
