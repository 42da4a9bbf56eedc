"""A single report of a provider that a meeting does not exist replaces no link and ends no removal."""

from datetime import timedelta

import pytest

from domain.booking.booking import Booking
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.answers import Answer
from domain.meeting.host import Host
from domain.meeting.meeting import HeldMeeting, ObservedMeeting
from domain.meeting.meeting_state import MeetingStatus
from domain.meeting.steps import Change, Create, Find, Remove, Step, Verify
from domain.provider_errors import Gone, NeedsConsultant, Refused, TryLater
from tests.builders import (
    LEASE,
    MINUTE,
    NOW,
    PRACTICE,
    answered,
    booking,
    details,
    edited,
    held,
    lease,
    ready,
    reconciled,
    slot,
    state,
)

GONE = Gone(words="3001")
PAUSE = timedelta(seconds=5)
LINK = "https://meet.example.com/m-1"
RETITLED = details(title="Talk")


def _missed(wanted_later: bool = True) -> Booking:
    """The provider reported once, to a change or a verification, that the meeting does not exist."""
    if wanted_later:
        return answered(edited(ready(), RETITLED), GONE)
    one = ready(details(hours=5))
    due_at = one.due_at(NOW)
    assert due_at
    return answered(one, GONE, now=due_at)


def _then(one: Booking, *answers: Answer | ProviderError) -> tuple[Booking, Step | None]:
    due_at = one.due_at(NOW)
    assert due_at
    return reconciled(one, *answers, now=due_at)


@pytest.mark.parametrize("wanted_later", [True, False])
def test_the_link_stays_and_nothing_is_asked_for_a_while(wanted_later: bool) -> None:
    one = _missed(wanted_later)
    assert (one.meeting.status, one.meeting.reason) == (MeetingStatus.WANTED, "verifying")
    assert one.meeting.join_link == LINK
    assert one.meeting.link_changed_at is None
    due_at = one.due_at(NOW)
    assert due_at
    assert one.begin(lease(due_at), due_at - PAUSE)[1] is None


def test_a_slip_costs_one_read() -> None:
    one, step = _then(_missed())
    assert isinstance(step, Verify)
    one, step = _then(_missed(), ObservedMeeting(held()))
    assert step is None
    one, step = _then(one)
    assert isinstance(step, Change)
    assert _then(one, held())[0].meeting == state(
        MeetingStatus.READY, join_link=LINK, verified_at=_then(one, held())[0].meeting.verified_at
    )


def test_only_the_search_ends_a_meeting() -> None:
    one, step = _then(_missed(), GONE)
    assert isinstance(step, Find)
    assert one.meeting.join_link == LINK
    one, step = _then(_missed(), GONE, ())
    assert isinstance(step, Create)
    assert (step.reason, step.meeting.details.topic) == ("vanished", "Talk")
    assert one.meeting.join_link is None
    one, _ = _then(_missed(), GONE, (), held("m-2"))
    assert one.meeting.join_link == "https://meet.example.com/m-2"
    assert (one.meeting.link_changed_at, one.meeting.link_change_reason) == (one.meeting.verified_at, "vanished")


@pytest.mark.parametrize("wanted_later", [True, False])
def test_what_the_search_finds_is_kept(wanted_later: bool) -> None:
    one, step = _then(_missed(wanted_later), GONE, (held(),))
    assert step is None
    assert one.meeting.join_link == LINK
    assert one.meeting.link_changed_at is None
    assert one.reconciliation.pending_removals == ()


def test_one_that_is_found_under_another_number_is_kept_and_its_link_marked() -> None:
    one, _ = _then(_missed(wanted_later=False), GONE, (held("m-9"),))
    assert one.reconciliation.meeting
    assert one.reconciliation.meeting.id == "m-9"
    assert one.meeting.link_change_reason == "provider"


def test_of_two_the_one_that_clients_know_is_kept() -> None:
    one, step = _then(_missed(wanted_later=False), GONE, (held("m-9"), held("m-1")))
    assert isinstance(step, Remove)
    assert (step.meeting.id, step.reason) == ("m-9", "doubled")
    assert one.meeting.join_link == LINK


def test_a_search_that_fails_gives_nothing_up() -> None:
    down: list[ProviderError] = [TryLater(reason=FailureReason.PROVIDER_DOWN), Refused(words="no"), GONE]
    for error in down:
        one, step = _then(_missed(), GONE, error)
        assert step is None
        assert (one.meeting.status, one.meeting.reason) == (MeetingStatus.WAITING, "provider_down")
        assert one.meeting.join_link == LINK
        assert isinstance(_then(one)[1], Find)


def test_a_missing_consultant_is_waited_for() -> None:
    one, _ = _then(_missed(), NeedsConsultant(reason=FailureReason.CONSENT_GONE))
    assert one.meeting.waits_for == one.details.consultant_id
    assert one.meeting.join_link == LINK
    resumed = one.resumed(Host(PRACTICE, one.details.consultant_id, "meetwell"), "", now=NOW)
    assert isinstance(reconciled(resumed, now=NOW + MINUTE)[1], Verify)


def test_a_word_that_comes_before_the_pause_is_over_counts_for_nothing() -> None:
    one, step = reconciled(edited(ready(), RETITLED))
    assert step
    twice = one.record(step, GONE, NOW).record(step, GONE, NOW + timedelta(seconds=1))
    assert isinstance(twice.begin(lease(), NOW + MINUTE)[1], Find | Verify)
    assert twice.reconciliation.meeting
    assert not twice.reconciliation.meeting.to_be_searched


def test_a_late_search_ends_nothing() -> None:
    one = _then(_missed(), GONE)[0]
    due_at = NOW + PAUSE
    mine = lease(due_at)
    one, step = one.begin(mine, due_at + 2 * LEASE)
    assert isinstance(step, Find)
    taken_over = one.begin(lease(due_at + 4 * LEASE), due_at + 4 * LEASE)[0]
    assert taken_over.record(step, (), due_at + 4 * LEASE, by=mine) == taken_over


def test_once_the_session_has_begun_the_link_stays() -> None:
    one = _missed(wanted_later=False)
    begun_at = one.details.slot.starts_at
    kept, step = one.begin(lease(begun_at), begun_at)
    assert step is None
    assert (kept.meeting.status, kept.meeting.join_link) == (MeetingStatus.READY, LINK)
    assert kept.due_at(begun_at) is None


def test_whoever_denies_changes_and_shows_the_meeting_is_asked_ever_less() -> None:
    one, now, pauses = edited(ready(details(hours=300)), details(hours=300, title="Talk")), NOW, []
    for _ in range(8):
        one = answered(one, GONE, now=now)
        now = one.due_at(now) or now
        one = answered(one, ObservedMeeting(held()), now=now)
        due_at = one.due_at(now)
        assert due_at
        pauses.append(due_at - now)
        now = due_at
    assert pauses[0] == PAUSE
    assert pauses[-1] > 5 * MINUTE


# --- removals ------------------------------------------------------------------------------------------------------


def _cancelled() -> Booking:
    return ready().cancel(expected_version=None)


def test_a_removal_is_repeated_and_searched_for_before_it_counts_as_done() -> None:
    one = answered(_cancelled(), GONE)
    assert one.meeting.removing == 1
    one, step = _then(one)
    assert isinstance(step, Remove)
    searching, step = _then(answered(_cancelled(), GONE), GONE)
    assert isinstance(step, Find)
    assert searching.meeting.removing == 1
    assert _then(answered(_cancelled(), GONE), GONE, ())[0].meeting.removing == 0


def test_a_removal_that_was_denied_by_a_slip_is_done_at_the_second_try() -> None:
    assert _then(answered(_cancelled(), GONE), None)[0].meeting.removing == 0


def test_one_that_the_search_shows_is_removed_again_and_after_some_tries_somebody_is_needed() -> None:
    one, now = _cancelled(), NOW
    for attempts in range(1, 4):
        one = answered(one, GONE, now=now)
        now = one.due_at(now) or now
        one = answered(one, GONE, (held(),), now=now)
        assert (one.meeting.removing, one.meeting.stuck) == (1, int(attempts == 3))
        now = one.due_at(now) or now
    assert isinstance(one.begin(lease(now), now)[1], Remove)


def test_a_meeting_that_is_given_up_while_it_is_verified_is_removed() -> None:
    _, step = reconciled(_missed().cancel(expected_version=None))
    assert isinstance(step, Remove)
    assert answered(_missed().cancel(expected_version=None), None).meeting.removing == 0


# --- links that changed without an edit ----------------------------------------------------------------------------


def _changed() -> Booking:
    one = ready(details(hours=5))
    due_at = one.due_at(NOW)
    assert due_at
    return answered(one, ObservedMeeting(HeldMeeting("m-1", "https://meet.example.com/new")), now=due_at)


def test_another_link_at_a_look_is_marked_until_somebody_has_noted_it() -> None:
    one = _changed()
    at = one.meeting.link_changed_at
    assert at
    assert one.meeting.link_change_reason == "provider"
    assert one.link_change_acknowledged(at - MINUTE) == one
    noted = one.link_change_acknowledged(at)
    assert noted.meeting.link_changed_at is None
    assert noted.meeting.join_link == "https://meet.example.com/new"
    assert noted.version == one.version
    assert noted.link_change_acknowledged(at) == noted


def test_another_link_after_a_change_is_marked_and_the_same_is_not() -> None:
    other = HeldMeeting("m-1", "https://meet.example.com/other")
    assert answered(edited(ready(), RETITLED), other).meeting.link_change_reason == "provider"
    assert answered(edited(ready(), RETITLED), held()).meeting.link_changed_at is None


def test_a_first_link_and_one_that_a_person_asked_for_are_not_marked() -> None:
    assert answered(booking(), held()).meeting.link_changed_at is None
    offline = answered(edited(_changed(), details(provider=None)), None)
    assert answered(edited(offline, details()), held("m-2")).meeting.link_changed_at is None


def test_the_mark_waits_for_the_new_link_however_long_that_takes() -> None:
    one, _ = _then(_missed(), GONE, (), TryLater(reason=FailureReason.PROVIDER_DOWN))
    assert one.meeting.link_changed_at is None
    assert _then(one, held("m-2"))[0].meeting.link_change_reason == "vanished"
    lost, _ = _then(_missed(), GONE, (), TryLater(reason=FailureReason.PROVIDER_DOWN, unheard=True))
    assert _then(lost, (held("m-2"),))[0].meeting.link_change_reason == "vanished"


def test_a_link_that_was_removed_with_the_connection_is_marked_when_the_next_one_comes() -> None:
    one = answered(ready().withdrawn(), None, NeedsConsultant(reason=FailureReason.NOT_CONNECTED))
    again = one.resumed(Host(PRACTICE, one.details.consultant_id, "meetwell"), "", now=NOW)
    assert answered(again, held("m-2")).meeting.link_change_reason == "disconnected"


def test_an_erased_link_is_nobodys_to_pass_on() -> None:
    one = _changed()
    bare = Booking.without_links_of(one, one.details.consultant_id, now=slot(40).starts_at)
    assert bare.meeting.link_changed_at is None
