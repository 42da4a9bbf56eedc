"""The operations of people on a booking: plan, edit, cancel, restore, delete."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.booking.booking import Booking, BookingDetails, BookingStatus
from domain.booking.errors import BookingClosed, ChangedMeanwhile
from domain.errors import Invalid
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.meeting.meeting_state import MeetingStatus
from domain.meeting.sync_failure import FailureKind, SyncFailure
from domain.rule import Rule
from tests.breaking import breaks
from tests.builders import (
    ANA,
    BOR,
    DAY,
    HOUR,
    LEASE,
    MINUTE,
    NOW,
    OTHER_PROVIDER,
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
)

HOST = Host(PRACTICE, ANA, PROVIDER)


def test_an_online_session_is_not_planned_in_the_past() -> None:
    with breaks(Rule.ONLINE_IN_THE_PAST, "starts_at"):
        booking(details(hours=-1))
    assert booking(details(hours=-1, provider=None)).version == 1


def test_a_session_lasts_at_least_five_minutes() -> None:
    short = timedelta(minutes=5) - timedelta(microseconds=1)
    with breaks(Rule.SESSION_TOO_SHORT, "ends_at", minutes=5):
        booking(details(length=short))
    one = booking(details(length=timedelta(minutes=5)))
    with breaks(Rule.SESSION_TOO_SHORT, "ends_at", minutes=5):
        edited(one, details(length=short))


def test_a_shorter_session_of_an_earlier_release_stays_usable() -> None:
    old = replace(booking(), details=details(length=MINUTE))
    assert edited(old, details(length=MINUTE, title="New")).version == 2
    assert edited(old, details(length=MINUTE, hours=30, consultant_id=BOR)).version == 2
    assert edited(old, details(length=HOUR)).version == 2
    assert old.cancel(expected_version=1).restore(expected_version=2).status is BookingStatus.PLANNED
    with breaks(Rule.SESSION_TOO_SHORT, "ends_at", minutes=5):
        edited(old, details(length=2 * MINUTE))


def test_an_edit_counts_a_version_and_no_edit_does_not() -> None:
    one = booking()
    assert edited(one, details(title="New")).version == 2
    assert edited(one, details()) is one


def test_an_edit_from_an_older_version_is_refused() -> None:
    one = edited(booking(), details(title="New"))
    with pytest.raises(ChangedMeanwhile) as refusal:
        one.edit(details(), expected_version=1, now=NOW)
    assert refusal.value.data == {"version": 2}
    assert one.edit(details(), expected_version=2, now=NOW).version == 3


def test_reconciling_does_not_count_as_a_change_by_people() -> None:
    assert ready().version == 1


@pytest.mark.parametrize("status", [BookingStatus.CANCELLED, BookingStatus.DELETED])
def test_a_closed_booking_cannot_be_edited(status: BookingStatus) -> None:
    one = ready()
    closed = one.cancel(expected_version=None) if status == "cancelled" else one.delete(expected_version=None)
    with pytest.raises(BookingClosed):
        edited(closed, details(title="New"))


@pytest.mark.parametrize(
    "wanted",
    [
        details(hours=-0.1),
        details(hours=0.5, provider=OTHER_PROVIDER),
        details(hours=0.5, consultant_id=BOR),
    ],
    ids=["moved into the past", "another provider once begun", "another consultant once begun"],
)
def test_an_edit_that_no_provider_could_follow_any_more_is_refused(wanted: BookingDetails) -> None:
    with pytest.raises(Invalid) as refusal:
        edited(ready(details(hours=0.5)), wanted, NOW + 40 * MINUTE)
    assert refusal.value.field == "starts_at"


def test_a_past_session_is_not_switched_online() -> None:
    with pytest.raises(Invalid):
        edited(booking(details(hours=-1, provider=None)), details(hours=-1))


@pytest.mark.parametrize(
    "wanted",
    [
        details(hours=0.5, title="What it was about"),
        details(hours=0.5, notes="Went well"),
        details(hours=0.5, length=2 * HOUR),
        details(hours=0.5, provider=None),
    ],
    ids=["title", "notes", "end", "offline"],
)
def test_a_session_that_has_begun_can_still_be_corrected(wanted: BookingDetails) -> None:
    assert edited(ready(details(hours=0.5)), wanted, NOW + HOUR).details == wanted


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (details(provider=None), details(provider=None, title="New"), "none"),
        (details(provider=None), details(), "made"),
        (details(), details(notes="New"), "kept"),
        (details(), details(title="New"), "changed"),
        (details(), details(hours=30), "changed"),
        (details(), details(consultant_id=BOR), "moved"),
        (details(), details(provider=OTHER_PROVIDER), "moved"),
        (details(), details(provider=None), "removed"),
    ],
)
def test_an_edit_has_a_verdict_for_the_meeting(before: BookingDetails, after: BookingDetails, verdict: str) -> None:
    one = booking(before)
    assert edited(one, after).verdict(one, NOW) == verdict
    assert one.needs_fresh_link(after) is (verdict in ("made", "moved"))


def test_closing_has_a_verdict_too() -> None:
    one = ready()
    assert one.cancel(expected_version=None).verdict(one, NOW) == "removed"
    offline = booking(details(provider=None))
    assert offline.delete(expected_version=None).verdict(offline, NOW) == "none"


@pytest.mark.parametrize("wanted", [details(consultant_id=BOR), details(provider=OTHER_PROVIDER)])
def test_what_the_old_host_had_to_mend_does_not_hold_up_the_new_one(wanted: BookingDetails) -> None:
    """The wait for Ana's connection ends when Bor takes the session."""
    for sync_failure in (
        SyncFailure(FailureKind.CONSULTANT, FailureReason.NOT_CONNECTED, 1),
        SyncFailure(FailureKind.WAITING, FailureReason.DAILY_LIMIT, 1, NOW + DAY),
    ):
        moved = edited(_failing(sync_failure), wanted)
        assert moved.reconciliation.sync_failure is None
        assert moved.due_at(NOW) == NOW


def test_an_edit_for_the_same_host_goes_on_waiting() -> None:
    sync_failure = SyncFailure(FailureKind.WAITING, FailureReason.DAILY_LIMIT, 1, NOW + DAY / 2)
    assert edited(_failing(sync_failure), details(title="New")).reconciliation.sync_failure == sync_failure


def test_an_edit_starts_a_failed_one_afresh() -> None:
    failed = _failing(SyncFailure(FailureKind.FAILED, FailureReason.REFUSED, 1))
    assert failed.due_at(NOW) is None
    assert edited(failed, details(title="New")).due_at(NOW) == NOW


def _failing(sync_failure: SyncFailure) -> Booking:
    one = booking()
    return replace(one, reconciliation=replace(one.reconciliation, sync_failure=sync_failure))


def test_cancelling_gives_the_meeting_up_and_shows_no_link() -> None:
    cancelled = ready().cancel(expected_version=1)
    assert cancelled.status is BookingStatus.CANCELLED
    assert cancelled.meeting.status is MeetingStatus.NONE
    assert (cancelled.meeting.join_link, cancelled.meeting.removing) == (None, 1)


def test_cancelling_twice_is_once() -> None:
    cancelled = booking().cancel(expected_version=1)
    assert cancelled.cancel(expected_version=1) is cancelled


def test_deleting_forgets_every_link_at_once_and_the_rest_when_it_is_gone() -> None:
    moved = edited(ready(), details(consultant_id=BOR))
    deleted = moved.delete(expected_version=None)
    assert not any(left.meeting.join_link for left in deleted.reconciliation.pending_removals)
    assert not deleted.finished
    assert answered(deleted, None).finished


def test_a_booking_without_any_meeting_is_finished_when_it_is_deleted() -> None:
    assert booking(details(provider=None)).delete(expected_version=None).finished
    assert not booking(details(provider=None)).cancel(expected_version=None).finished


def test_a_restored_session_is_planned_as_before_and_wants_a_new_meeting() -> None:
    one = ready()
    cancelled = one.cancel(expected_version=None)
    restored = cancelled.restore(expected_version=cancelled.version)
    assert (restored.status, restored.details, restored.version) == ("planned", one.details, one.version + 2)
    assert restored.desired == one.desired
    assert restored.reconciliation.meeting is None
    assert (
        restored.reconciliation.pending_removals == cancelled.reconciliation.pending_removals
    )  # the old meeting is still removed
    assert (restored.meeting.status, restored.reconciliation.reason) == ("wanted", "restored")
    assert restored.restore(expected_version=1) is restored  # idempotent


@pytest.mark.parametrize(
    ("wanted", "now", "verdict"),
    [
        (details(), NOW, "made"),
        (details(provider=None), NOW, "none"),
        (details(hours=0.5), NOW + HOUR, "none"),
    ],
    ids=["online", "in person", "online, once begun"],
)
def test_restoring_has_a_verdict_for_the_meeting(wanted: BookingDetails, now: datetime, verdict: str) -> None:
    cancelled = booking(wanted).cancel(expected_version=None)
    assert cancelled.restore(expected_version=None).verdict(cancelled, now) == verdict


def test_an_old_version_or_a_deleted_session_is_not_restored() -> None:
    cancelled = booking().cancel(expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        cancelled.restore(expected_version=1)
    with pytest.raises(BookingClosed):
        cancelled.delete(expected_version=None).restore(expected_version=None)


def test_a_cancelled_booking_can_be_deleted() -> None:
    gone = booking().cancel(expected_version=None).delete(expected_version=2)
    assert gone.deleted


def test_withdrawing_keeps_the_session_and_its_wish() -> None:
    withdrawn = ready().withdrawn()
    assert withdrawn.desired == ready().desired
    assert withdrawn.version == 1
    assert [left.reason for left in withdrawn.reconciliation.pending_removals] == ["disconnected"]


def test_a_booking_knows_whose_meeting_it_holds_and_whose_it_still_has_to_remove() -> None:
    one = ready()
    assert one.holds_meeting_of(HOST)
    assert not one.removal_pending_at(HOST)
    moved = edited(one, details(consultant_id=BOR))
    assert not moved.holds_meeting_of(HOST)
    assert moved.removal_pending_at(HOST)
    assert not moved.removal_pending_at(Host(PRACTICE, BOR, PROVIDER))


AFTER = NOW + timedelta(days=400)  # the session is over


def test_the_link_of_a_session_that_is_still_to_come_is_not_erased() -> None:
    session = ready()
    assert session.without_links_of(ANA, now=NOW) == session


def test_erasing_somebodys_links_leaves_the_links_of_others() -> None:
    bors = answered(edited(ready(), details(consultant_id=BOR)), None, held("m-2"))
    assert bors.without_links_of(ANA, now=AFTER).meeting.join_link == bors.meeting.join_link
    assert bors.without_links_of(BOR, now=AFTER).meeting.join_link is None


def test_another_ones_lease_is_respected_until_it_ends() -> None:
    started, _, mine = begun(booking())
    other, step = started.begin(lease(NOW), NOW)
    assert (other, step) == (started, None)
    taken, step = started.begin(lease(mine.until), mine.until)
    assert step is not None
    assert taken.lease != mine


def test_a_leased_booking_is_due_when_the_lease_ends() -> None:
    started, _, _ = begun(booking())
    assert started.due_at(NOW + timedelta(seconds=1)) == NOW + LEASE
