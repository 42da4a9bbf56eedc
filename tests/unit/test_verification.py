"""When a meeting is verified, and the consequence of what the provider shows."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.booking.booking import Booking
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.meeting.meeting import HeldMeeting, ObservedMeeting
from domain.meeting.meeting_state import MeetingStatus
from domain.meeting.steps import Change, Verify
from domain.meeting.verification import Difference, Verification
from domain.provider_errors import Gone, NeedsConsultant, Refused, TryLater
from tests.builders import (
    ANA,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    PRACTICE,
    PROVIDER,
    answered,
    begun,
    booking,
    details,
    edited,
    held,
    lease,
    ready,
    reconciled,
    slot,
)  # fmt: skip

SECOND = timedelta(seconds=1)
AS_IT_WAS = ObservedMeeting(held())
SAME_DAY = details(hours=5)


def _due(one: Booking, now: datetime = NOW) -> datetime:
    due_at = one.due_at(now)
    assert due_at
    return due_at


def _check(one: Booking, now: datetime) -> Verify:
    step = begun(one, now)[1]
    assert isinstance(step, Verify)
    return step


def test_a_meeting_is_looked_at_shortly_before_its_session_and_then_no_more() -> None:
    one = ready(SAME_DAY)
    due_at = _due(one)
    assert 30 * MINUTE <= slot(5).starts_at - due_at < 40 * MINUTE
    assert one.begin(lease(due_at - SECOND), due_at - SECOND)[1] is None
    assert _check(one, due_at).reason == "shortly_before"
    looked_at = answered(one, AS_IT_WAS, now=due_at)
    assert looked_at.due_at(due_at) is None
    assert (looked_at.meeting.status, looked_at.meeting.verified_at) == (MeetingStatus.READY, due_at)


def test_one_that_was_made_long_ago_is_looked_at_the_day_before_as_well() -> None:
    one = ready(details(hours=24 * 9))
    first = _due(one)
    assert DAY <= slot(24 * 9).starts_at - first < DAY + 10 * MINUTE
    assert _check(one, first).reason == "day_before"
    second = _due(answered(one, AS_IT_WAS, now=first), first)
    assert slot(24 * 9).starts_at - second < 40 * MINUTE


def test_one_that_was_confirmed_less_than_a_day_before_is_not_looked_at_the_day_before() -> None:
    assert slot(47).starts_at - _due(ready(details(hours=47))) < HOUR


def test_one_that_was_made_or_changed_shortly_before_is_not_looked_at() -> None:
    assert ready(details(hours=0.4)).due_at(NOW) is None
    late = slot(5).starts_at - 20 * MINUTE
    renamed = answered(edited(ready(SAME_DAY), details(hours=5, title="New"), late), held(), now=late)
    assert renamed.due_at(late) is None


def test_a_late_worker_looks_once() -> None:
    one, then = ready(details(hours=24 * 9)), slot(24 * 9).starts_at - MINUTE
    assert answered(one, AS_IT_WAS, now=then).due_at(then) is None


def test_nothing_is_looked_at_once_the_session_has_begun() -> None:
    one, then = ready(SAME_DAY), slot(5).starts_at
    assert one.begin(lease(then), then)[1] is None
    assert one.due_at(then) is None


def test_looks_of_one_hour_are_spread() -> None:
    assert len({_due(ready(SAME_DAY)) for _ in range(40)}) > 20


def test_a_row_of_an_earlier_release_is_looked_at() -> None:
    one = ready(SAME_DAY)
    assert one.reconciliation.meeting
    unknown = replace(one.reconciliation, meeting=replace(one.reconciliation.meeting, verification=Verification()))
    assert _due(replace(one, reconciliation=unknown)) < NOW  # the verification of the day before is overdue
    assert _check(replace(one, reconciliation=unknown), NOW).reason == "day_before"


def test_a_new_link_is_taken_over() -> None:
    one = ready(SAME_DAY)
    seen = answered(one, ObservedMeeting(HeldMeeting("m-1", "https://meet.example.com/new")), now=_due(one))
    assert seen.meeting.join_link == "https://meet.example.com/new"
    assert seen.meeting.status is MeetingStatus.READY


def test_an_erased_link_is_not_brought_back() -> None:
    one = ready(SAME_DAY)
    started, step, mine = begun(one, _due(one))
    bare = replace(started, reconciliation=started.reconciliation.without_links())
    seen = bare.record(step, AS_IT_WAS, _due(one), by=mine)
    assert seen.reconciliation.meeting
    assert seen.reconciliation.meeting.join_link is None


def test_what_the_host_changed_is_said_and_left_alone_until_somebody_edits_here() -> None:
    one = ready(SAME_DAY)
    due_at = _due(one)
    differs = (Difference.MOVED, Difference.RENAMED)
    seen, step = reconciled(one, ObservedMeeting(held(), differs), now=due_at)
    assert step is None
    assert (seen.meeting.status, seen.meeting.differs) == (MeetingStatus.READY, differs)
    edit = edited(seen, details(hours=5, title="New"), due_at)
    assert isinstance(begun(edit, due_at)[1], Change)
    assert answered(edit, held(), now=due_at).meeting.differs == ()


def test_a_dead_connection_shows_in_time_and_is_looked_through_again_when_it_is_mended() -> None:
    one = ready(SAME_DAY)
    due_at = _due(one)
    dead = answered(one, NeedsConsultant(reason=FailureReason.CONSENT_GONE), now=due_at)
    state = dead.meeting
    assert (state.status, state.reason, state.waits_for) == (MeetingStatus.WAITING, "consent_gone", ANA)
    assert state.join_link  # the link may still work
    assert dead.due_at(due_at) == slot(5).starts_at
    assert dead.begin(lease(due_at), due_at)[1] is None
    mended = dead.resumed(Host(PRACTICE, ANA, PROVIDER), "", now=NOW)
    assert mended.meeting.status is MeetingStatus.READY
    assert isinstance(begun(mended, due_at + MINUTE)[1], Verify)


def test_once_the_session_has_begun_nobody_waits_for_its_consultant() -> None:
    one = ready(SAME_DAY)
    dead = answered(one, NeedsConsultant(reason=FailureReason.CONSENT_GONE), now=_due(one))
    began = dead.begin(lease(slot(5).starts_at), slot(5).starts_at)[0]
    assert (began.meeting.status, began.due_at(slot(5).starts_at)) == (MeetingStatus.READY, None)


def test_an_ill_provider_is_asked_again_and_the_link_stays() -> None:
    one = ready(SAME_DAY)
    due_at = _due(one)
    ill = answered(one, TryLater(reason=FailureReason.PROVIDER_DOWN), now=due_at)
    assert (ill.meeting.status, ill.meeting.join_link) == (MeetingStatus.READY, held().join_link)
    assert due_at < _due(ill, due_at) <= due_at + MINUTE
    assert isinstance(begun(ill, _due(ill, due_at))[1], Verify)
    limited = answered(one, TryLater(reason=FailureReason.DAILY_LIMIT, until=NOW + DAY), now=due_at)
    assert limited.due_at(due_at) is None  # the retry would come after the session began


def test_an_edit_does_not_wait_until_an_ill_provider_can_be_looked_at() -> None:
    one = ready(SAME_DAY)
    ill = answered(one, TryLater(reason=FailureReason.PROVIDER_DOWN), now=_due(one))
    assert isinstance(begun(edited(ill, details(hours=5, title="New"), _due(one)), _due(one))[1], Change)


def test_a_refused_look_is_repeated_while_there_is_time() -> None:
    one = ready(SAME_DAY)
    now = _due(one)
    refused = answered(one, Refused(words="not allowed"), now=now)
    again = now + timedelta(minutes=10)
    assert (refused.meeting.status, refused.due_at(now)) == (MeetingStatus.READY, again)
    refused = answered(refused, Refused(words="not allowed"), now=again)
    third = again + timedelta(minutes=20)
    assert refused.due_at(again) == third
    assert answered(refused, Refused(words="not allowed"), now=third).due_at(third) is None  # the session has begun


# --- webhook events ------------------------------------------------------------------------------------------------


def test_a_event_leads_to_a_look_at_once() -> None:
    marked_stale = ready().marked_stale(NOW + HOUR, now=NOW + HOUR)
    assert marked_stale.due_at(NOW + HOUR) == NOW + HOUR
    assert _check(marked_stale, NOW + HOUR).reason == "webhook_event"
    seen = answered(marked_stale, AS_IT_WAS, now=NOW + HOUR)
    assert _due(seen, NOW + HOUR) > NOW + 2 * HOUR


@pytest.mark.parametrize("at", [NOW - HOUR, NOW, NOW + 5 * SECOND])
def test_a_event_of_what_we_did_ourselves_is_no_news(at: datetime) -> None:
    one = ready()
    assert one.marked_stale(at, now=NOW + MINUTE) == one


def test_a_event_that_comes_during_a_look_leads_to_another() -> None:
    marked_stale = ready().marked_stale(NOW + HOUR, now=NOW + HOUR)
    started, step, mine = begun(marked_stale, NOW + HOUR)
    again = started.marked_stale(NOW + HOUR + MINUTE / 6, now=NOW + HOUR + MINUTE / 6)
    seen = again.record(step, AS_IT_WAS, NOW + HOUR + MINUTE / 2, by=mine)
    assert isinstance(seen.begin(mine, NOW + HOUR + 3 * MINUTE / 2)[1], Verify)


def test_a_flood_of_events_leads_to_one_look_a_minute() -> None:
    one, looks = ready(), []
    for second in range(600):
        now = NOW + HOUR + second * SECOND
        one = one.marked_stale(now, now=now)
        started, step = one.begin(lease(now), now)
        if step:
            looks.append(now)
            one = started.record(step, AS_IT_WAS, now).begin(lease(now), now)[0]
    assert len(looks) == 10
    assert _check(one, now + MINUTE).reason == "webhook_event"  # and one for the last event


def test_a_event_does_not_hurry_an_ill_provider() -> None:
    one = ready().marked_stale(NOW + HOUR, now=NOW + HOUR)
    limited = answered(one, TryLater(reason=FailureReason.PROVIDER_LIMITED, until=NOW + 3 * HOUR), now=NOW + HOUR)
    again = limited.marked_stale(NOW + 2 * HOUR, now=NOW + 2 * HOUR)
    assert again.due_at(NOW + 2 * HOUR) == NOW + 3 * HOUR
    assert _check(again, NOW + 3 * HOUR).reason == "webhook_event"


def test_where_a_look_was_refused_a_event_leads_to_another_a_minute_later() -> None:
    one, then = ready().marked_stale(NOW + HOUR, now=NOW + HOUR), NOW + HOUR
    refused = answered(one, Refused(words="not allowed"), now=then)
    assert refused.due_at(then) == then + 10 * MINUTE
    again = refused.marked_stale(then + MINUTE, now=then + MINUTE)
    flooded = again.marked_stale(then + 3 * MINUTE / 2, now=then + 3 * MINUTE / 2)
    assert flooded.due_at(then + 3 * MINUTE / 2) == then + 2 * MINUTE


def test_a_event_is_remembered_until_the_consultant_is_back() -> None:
    one, then = ready().marked_stale(NOW + HOUR, now=NOW + HOUR), NOW + HOUR
    dead = answered(one, NeedsConsultant(reason=FailureReason.CONSENT_GONE), now=then).marked_stale(
        then + HOUR, now=then + HOUR
    )
    assert dead.meeting.status is MeetingStatus.WAITING
    assert dead.begin(lease(then + HOUR), then + HOUR)[1] is None
    assert _check(dead.resumed(Host(PRACTICE, ANA, PROVIDER), "", now=NOW), then + 2 * HOUR).reason == "webhook_event"


def test_once_the_session_has_begun_a_event_is_no_news() -> None:
    one, began = ready(SAME_DAY), slot(5).starts_at
    assert one.marked_stale(began, now=began) == one


def test_a_event_about_what_is_not_reconciled_is_not_needed() -> None:
    for one in (booking(), begun(booking())[0], begun(edited(ready(), details(title="New")))[0]):
        assert one.marked_stale(NOW + HOUR, now=NOW + HOUR) == one
    cancelled = ready().cancel(expected_version=None)
    assert cancelled.marked_stale(NOW + HOUR, now=NOW + HOUR) == cancelled


def test_who_lost_the_booking_while_looking_cannot_say_what_came_first() -> None:
    one = ready(SAME_DAY)
    started, step, mine = begun(one, _due(one))
    later = mine.until + SECOND
    taken_over = begun(edited(started, details(hours=6), later), later)[0]
    assert taken_over.record(step, ObservedMeeting(held(), (Difference.MOVED,)), later, by=mine) == taken_over
    assert taken_over.record(step, Gone(words="3001"), later, by=mine) == taken_over
