"""Answers that arrive after another process took the lease overwrite and lose no newer state."""

from dataclasses import replace

from domain.booking.booking import Booking
from domain.failure_reason import FailureReason
from domain.meeting.meeting import HeldMeeting
from domain.meeting.reason import Reason
from domain.meeting.steps import Change, Find, Remove
from domain.provider_errors import NeedsConsultant, Refused, TryLater
from tests.builders import BOR, LEASE, NOW, begun, booking, details, edited, held, lease, ready, reconciled

LOST = TryLater(reason=FailureReason.PROVIDER_DOWN, unheard=True)
THEN = NOW + LEASE


def _overtaken() -> tuple[Booking, Booking]:
    """A booking whose create is under way, and the same one after another process found its meeting and finished."""
    started, _, _ = begun(booking())
    return started, reconciled(started, (held(),), now=THEN)[0]


def test_a_late_answer_to_a_create_changes_nothing_that_was_found_since() -> None:
    started, found = _overtaken()
    changed = reconciled(edited(found, details(title="New")), held(), now=THEN)[0]
    step = begun(booking_of(started))[1]
    late = changed.record(step, held(), THEN)
    assert late.reconciliation == changed.reconciliation
    assert late.reconciliation.meeting
    assert late.reconciliation.meeting.details.topic == "New"


def booking_of(started: Booking) -> Booking:
    """The booking before its first step."""
    return replace(booking(started.details), id=started.id)


def test_a_late_look_that_found_nothing_loses_nothing_that_was_found_since() -> None:
    _, found = _overtaken()
    step = _look_of(found)
    assert found.record(step, (), THEN).reconciliation == found.reconciliation
    gone = found.cancel(expected_version=None)
    assert gone.record(step, (), THEN).reconciliation == gone.reconciliation


def _look_of(found: Booking) -> Find:
    meeting = found.reconciliation.meeting
    assert meeting
    return Find(replace(meeting, id=None, join_link=None), Reason.UNHEARD)


def test_a_late_refusal_of_a_create_loses_nothing_that_was_found_since() -> None:
    started, found = _overtaken()
    step = begun(booking_of(started))[1]
    assert found.record(step, Refused(words="x"), THEN).reconciliation.meeting == found.reconciliation.meeting


def test_a_late_failure_leaves_a_reconciled_booking() -> None:
    _, found = _overtaken()
    late = found.record(_look_of(found), NeedsConsultant(reason=FailureReason.CONSENT_GONE), THEN)
    assert late.begin(lease(THEN), THEN)[0].reconciliation == found.reconciliation


def test_a_change_by_who_lost_the_lease_is_not_believed() -> None:
    """The order of the two changes at the provider is unknown; only the answer of the lease holder counts."""
    first = edited(ready(), details(title="First"))
    started, step, mine = begun(first)
    second = edited(started, details(title="Second"), THEN)
    done, following = reconciled(second, held(), now=THEN)
    assert following is None
    late = done.record(step, held(), THEN, by=mine)
    assert late == done
    crashed = begun(second, THEN)[0]
    assert crashed.record(step, held(), THEN, by=mine) == crashed  # and its change is still unconfirmed


def test_a_change_whose_lease_ended_but_was_taken_by_nobody_is_believed() -> None:
    started, step, mine = begun(edited(ready(), details(title="New")))
    done = started.record(step, held(), THEN, by=mine)
    assert done.reconciliation.meeting
    assert (done.reconciliation.meeting.details.topic, done.reconciliation.meeting.changing) == ("New", False)


def test_a_meeting_that_turns_out_to_exist_for_a_booking_that_moved_on_is_removed() -> None:
    started, step, mine = begun(booking())
    moved = edited(started, details(consultant_id=BOR))
    late, following = moved.record(step, held(), NOW, by=mine).begin(mine, NOW)
    assert isinstance(following, Remove)
    assert (following.meeting.id, following.reason) == ("m-1", "moved_host")
    assert late.reconciliation.pending_removals[0].meeting.join_link is None


def test_a_meeting_found_twice_is_kept_once() -> None:
    started, _, _ = begun(booking())
    one, following = reconciled(started, (held("m-1"), held("m-2")), now=THEN)
    assert one.meeting.join_link == held("m-1").join_link
    assert isinstance(following, Remove)
    assert (following.meeting.id, following.reason) == ("m-2", "doubled")
    assert reconciled(replace(one, lease=None), None, now=THEN)[0].reconciliation.pending_removals == ()


def test_the_one_that_is_known_is_not_the_double_in_whatever_order_they_are_found() -> None:
    _, found = _overtaken()
    late = found.record(_look_of(found), (held("m-2"), held("m-1")), THEN)
    assert late.reconciliation.meeting == found.reconciliation.meeting
    assert [left.meeting.id for left in late.reconciliation.pending_removals] == ["m-2"]


def test_doubles_of_a_booking_that_moved_on_are_all_removed() -> None:
    started, step, mine = begun(booking())
    gone = started.delete(expected_version=None)
    look = Find(step.meeting, Reason.DELETED)
    found = gone.record(look, (held("m-1"), held("m-2")), THEN)
    assert [left.meeting.id for left in found.reconciliation.pending_removals] == ["m-1", "m-2"]
    again = found.record(step, held("m-1"), THEN, by=mine)  # the late answer of the create itself
    assert again.reconciliation == found.reconciliation
    assert reconciled(again, None, None, now=THEN)[0].finished


def test_an_answer_for_a_meeting_that_is_gone_since_brings_it_back_only_to_remove_it() -> None:
    _, found = _overtaken()
    gone = reconciled(found.cancel(expected_version=None), None, now=THEN)[0]
    assert gone.reconciliation.pending_removals == ()
    late = gone.record(_look_of(found), (held(),), THEN)
    assert [left.reason for left in late.reconciliation.pending_removals] == ["unwanted"]


def test_a_removal_removes_what_it_names_and_nothing_else() -> None:
    started, _, _ = begun(booking())
    one = reconciled(started, (held("m-1"), held("m-2")), now=THEN)[0]
    [double] = one.reconciliation.pending_removals
    assert (
        one.record(Remove(double.meeting, Reason.DOUBLED), None, THEN).reconciliation.meeting
        == one.reconciliation.meeting
    )


def test_a_new_link_after_a_change_is_taken_over() -> None:
    moved = edited(ready(), details(hours=30))
    one = reconciled(moved, HeldMeeting("m-1", "https://meet.example.com/new"))[0]
    assert one.meeting.join_link == "https://meet.example.com/new"


def test_a_change_under_way_is_marked_until_its_answer_is_heard() -> None:
    started, step, _ = begun(edited(ready(), details(title="New")))
    assert isinstance(step, Change)
    assert started.reconciliation.meeting
    assert started.reconciliation.meeting.changing
    assert reconciled(edited(ready(), details(title="New")), LOST)[0].meeting.reason == "provider_down"
