"""The next step of a booking and its due time: the pure half of reconciliation."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.meeting.meeting_state import MeetingStatus
from domain.meeting.steps import Change, Create, Find, Remove
from domain.provider_errors import NeedsConsultant, Refused, TryLater
from tests.builders import (
    ANA,
    BOR,
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

LOST = TryLater(reason=FailureReason.PROVIDER_DOWN, unheard=True)
DOWN = TryLater(reason=FailureReason.PROVIDER_DOWN)
GONE_HOST = NeedsConsultant(reason=FailureReason.CONSENT_GONE)
SOON = NOW + 5 * MINUTE


def test_an_offline_session_needs_nothing_ever() -> None:
    one, step = booking(details(provider=None)).begin(lease(), NOW)
    assert (step, one.lease, one.due_at(NOW)) == (None, None, None)


def test_a_new_online_session_is_made_with_a_marker_of_its_own() -> None:
    first, second = (begun(booking())[1] for _ in range(2))
    assert isinstance(first, Create)
    assert (first.reason, first.meeting.details.slot, first.meeting.id) == ("new", slot(), None)
    assert first.meeting.marker != second.meeting.marker


def test_the_same_create_has_the_same_marker_wherever_it_is_decided() -> None:
    one = booking()
    assert begun(one)[1] == begun(one)[1]


def test_a_repeated_create_has_another_marker() -> None:
    one = booking()
    again = reconciled(answered(one, LOST), (), now=SOON)[1]
    assert isinstance(again, Create)
    assert again.meeting.marker != begun(one)[1].meeting.marker


def test_a_ready_session_needs_no_call_until_it_is_looked_at() -> None:
    one, step = ready().begin(lease(), NOW)
    assert (step, one.lease) == (None, None)
    due_at = one.due_at(NOW)
    assert due_at
    assert slot().starts_at - 40 * MINUTE <= due_at <= slot().starts_at - 30 * MINUTE


def test_an_edit_that_the_provider_is_not_told_of_makes_no_call() -> None:
    assert edited(ready(), details(notes="New")).begin(lease(), NOW)[1] is None


def test_a_new_time_changes_the_meeting_and_keeps_the_link() -> None:
    moved = edited(ready(), details(hours=30))
    step = begun(moved)[1]
    assert isinstance(step, Change)
    assert (step.meeting.id, step.details.slot) == ("m-1", slot(30))
    assert moved.meeting.join_link == ready().meeting.join_link
    assert answered(moved, held()).meeting.status is MeetingStatus.READY


def test_an_old_meeting_is_removed_before_a_new_one_is_made() -> None:
    moved = edited(ready(), details(consultant_id=BOR))
    assert isinstance(begun(moved)[1], Remove)
    assert isinstance(reconciled(moved, None)[1], Create)


def test_a_removal_that_cannot_be_done_does_not_hold_up_the_new_meeting() -> None:
    moved = edited(ready(), details(consultant_id=BOR))
    assert isinstance(reconciled(moved, GONE_HOST)[1], Create)


def test_a_meeting_of_a_lost_answer_is_looked_for_before_anything_is_repeated() -> None:
    lost = answered(booking(), LOST)
    assert lost.begin(lease(), NOW)[1] is None  # not before the back-off ends
    step = begun(lost, SOON)[1]
    assert isinstance(step, Find)
    assert lost.reconciliation.meeting
    assert step.meeting.marker == lost.reconciliation.meeting.marker


def test_after_a_crash_the_next_reconciler_looks_when_the_lease_has_ended() -> None:
    crashed, _, mine = begun(booking())
    assert crashed.due_at(NOW) == mine.until
    assert isinstance(begun(crashed, mine.until)[1], Find)


def test_after_a_crash_while_changing_the_meeting_is_changed_again_even_if_the_edit_was_taken_back() -> None:
    crashed, _, mine = begun(edited(ready(), details(hours=30)))
    taken_back = edited(crashed, details(hours=24), mine.until)
    assert taken_back.meeting.status is MeetingStatus.WANTED
    step = begun(taken_back, mine.until)[1]
    assert isinstance(step, Change)
    assert step.details.slot == slot(24)


def test_a_change_whose_answer_was_lost_is_repeated_even_if_the_edit_was_taken_back() -> None:
    lost = answered(edited(ready(), details(title="New")), LOST)
    assert isinstance(begun(edited(lost, details()), SOON)[1], Change)


def test_what_may_still_be_made_for_somebody_else_is_looked_for_only_when_the_call_is_over() -> None:
    started, _, mine = begun(booking())
    moved = edited(started, details(consultant_id=BOR))
    assert moved.reconciliation.pending_removals[0].not_before == mine.until
    early = replace(moved, lease=None).begin(lease(), NOW)[1]
    assert isinstance(early, Create)  # for Bor
    assert early.meeting.host_id == BOR
    late = begun(moved, mine.until)[1]
    assert isinstance(late, Find)
    assert late.meeting.host_id != BOR


def test_no_meeting_is_made_once_the_session_has_begun() -> None:
    one, step = booking(details(hours=1)).begin(lease(), NOW + HOUR)
    assert step is None
    assert (one.meeting.status, one.meeting.reason) == (MeetingStatus.FAILED, "session_began")
    assert one.due_at(NOW + HOUR) is None


def test_no_meeting_is_moved_once_the_session_has_begun() -> None:
    waiting = answered(edited(ready(details(hours=2)), details(hours=1)), DOWN)
    one, step = waiting.begin(lease(), NOW + HOUR)
    assert step is None
    assert (one.meeting.status, one.meeting.reason) == (MeetingStatus.FAILED, "session_began")
    assert one.meeting.join_link  # the old link stays until a new one comes


def test_a_title_that_the_provider_was_not_told_in_time_harms_nobody() -> None:
    late = edited(ready(details(hours=1)), details(hours=1, title="New"), NOW + HOUR)
    one, step = late.begin(lease(), NOW + HOUR)
    assert (step, one.meeting.status, one.due_at(NOW + HOUR)) == (None, MeetingStatus.READY, None)


def test_a_lost_one_is_still_looked_for_after_the_session_has_begun() -> None:
    lost = answered(booking(details(hours=0.01)), LOST)
    assert isinstance(begun(lost, NOW + HOUR)[1], Find)


@pytest.mark.parametrize(
    ("answer", "due_at"),
    [
        (TryLater(reason=FailureReason.DAILY_LIMIT, until=NOW + 16 * HOUR), NOW + 16 * HOUR),
        (
            TryLater(reason=FailureReason.PROVIDER_LIMITED, until=NOW + 30 * HOUR),
            NOW + DAY,
        ),  # the start of the session comes first
        (GONE_HOST, NOW + DAY),
        (Refused(words="no"), None),
    ],
)
def test_when_a_booking_without_a_meeting_is_due_again(answer: ProviderError, due_at: datetime | None) -> None:
    assert answered(booking(), answer).due_at(NOW) == due_at


def test_a_waiting_booking_is_due_when_its_session_begins_so_that_its_state_stays_true() -> None:
    waiting = answered(booking(), GONE_HOST)
    began = waiting.begin(lease(), NOW + DAY)[0]
    assert began.meeting.reason == "session_began"


def test_a_booking_woken_after_its_session_began_is_due_at_once_to_be_told_so() -> None:
    resumed = answered(booking(details(hours=1)), GONE_HOST).resumed(Host(PRACTICE, ANA, PROVIDER), "", now=NOW)
    assert resumed.due_at(NOW + HOUR) == NOW + HOUR
    told = resumed.begin(lease(), NOW + HOUR)[0]
    assert (told.meeting.status, told.due_at(NOW + HOUR)) == (MeetingStatus.FAILED, None)


@pytest.mark.parametrize("answer", [GONE_HOST, Refused(words="in progress")])
def test_a_meeting_that_cannot_be_removed_is_given_up_a_day_after_its_end(answer: ProviderError) -> None:
    stuck = answered(ready().delete(expected_version=None), answer)
    hopeless = slot().ends_at + DAY
    assert stuck.meeting.stuck == 1
    assert not stuck.begin(lease(), hopeless - MINUTE)[0].finished
    assert stuck.begin(lease(), hopeless)[0].finished


def test_only_the_consultant_or_the_passing_of_time_moves_a_removal_without_authorization() -> None:
    stuck = answered(ready().delete(expected_version=None), GONE_HOST)
    assert stuck.due_at(NOW) == slot().ends_at + DAY


def test_a_refused_removal_is_asked_for_again_and_told_meanwhile() -> None:
    stuck = answered(ready().delete(expected_version=None), Refused(words="in progress"))
    again = NOW + 10 * MINUTE
    assert (stuck.due_at(NOW), stuck.meeting.stuck) == (again, 1)
    tried, step = stuck.begin(lease(), again)
    assert isinstance(step, Remove)
    assert tried.record(step, None, again).finished


def test_a_stuck_meeting_whose_end_is_not_known_for_sure_is_kept_in_mind_for_long() -> None:
    unsure = answered(edited(ready(), details(hours=240)), LOST).delete(expected_version=None)
    stuck = answered(unsure, GONE_HOST)
    assert not stuck.begin(lease(), NOW + 12 * DAY)[0].finished
    assert stuck.begin(lease(), NOW + 402 * DAY)[0].finished


def test_a_provider_that_is_down_is_tried_again_within_seconds() -> None:
    due_at = answered(booking(), DOWN).due_at(NOW)
    assert due_at is not None
    assert MINUTE / 24 < due_at - NOW <= MINUTE / 12


def test_pauses_grow_over_looks_that_find_nothing() -> None:
    """The back-off also grows for a provider that loses every create but answers every search."""
    one, now = booking(details(hours=240)), NOW
    for _ in range(12):
        one = answered(one, LOST, now=now) if one.reconciliation.meeting is None else answered(one, (), LOST, now=now)
        due_at = one.due_at(now)
        assert due_at is not None
        pause, now = due_at - now, due_at
    assert 7.5 * MINUTE < pause <= 15 * MINUTE
