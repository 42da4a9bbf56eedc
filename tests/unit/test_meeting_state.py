"""The meeting state that people see, in every situation of a booking."""

import pytest

from domain.booking.booking import Booking
from domain.errors import NotFound, ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.meeting_state import NO_MEETING, MeetingState, MeetingStatus
from domain.provider_errors import Misconfigured, NeedsConsultant, Refused, TryLater
from domain.providers import Providers
from domain.rule import Rule
from tests.breaking import breaks
from tests.builders import ANA, BOR, HOUR, NOW, PROVIDER, answered, begun, booking, details, edited, held, ready, state

UNTIL = NOW + HOUR
LINK = held().join_link


def test_an_offline_session_has_none() -> None:
    assert booking(details(provider=None)).meeting == NO_MEETING


def test_a_new_one_is_being_made() -> None:
    assert booking().meeting == state(MeetingStatus.WANTED, "making")
    assert begun(booking())[0].meeting == state(MeetingStatus.WANTED, "making")


def test_a_confirmed_one_is_ready() -> None:
    assert ready().meeting == state(MeetingStatus.READY, join_link=LINK, verified_at=NOW)


def test_a_changing_one_keeps_showing_its_link() -> None:
    changing = begun(edited(ready(), details(hours=30)))[0]
    assert changing.meeting == state(MeetingStatus.WANTED, "changing", join_link=LINK, verified_at=NOW)


def test_an_old_hosts_link_is_never_shown_for_the_new_one() -> None:
    moved = edited(ready(), details(consultant_id=BOR))
    assert moved.meeting == state(MeetingStatus.WANTED, "making", removing=1)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            TryLater(reason=FailureReason.DAILY_LIMIT, until=UNTIL),
            state(MeetingStatus.WAITING, "daily_limit", until=UNTIL),
        ),
        (
            NeedsConsultant(reason=FailureReason.SCOPE_MISSING, scopes=("write",)),
            state(MeetingStatus.WAITING, "scope_missing", "write", waits_for=ANA),
        ),
        (
            NeedsConsultant(reason=FailureReason.CONSENT_GONE),
            state(MeetingStatus.WAITING, "consent_gone", waits_for=ANA),
        ),
        (Refused(words="Bad plan"), state(MeetingStatus.FAILED, "refused", "Bad plan")),
    ],
)
def test_a_failure_says_why_who_and_until_when(error: ProviderError, told: MeetingState) -> None:
    assert answered(booking(), error).meeting == told


def test_a_failed_change_keeps_showing_the_link() -> None:
    failed = answered(edited(ready(), details(title="New")), Refused(words="x"))
    assert (failed.meeting.status, failed.meeting.join_link) == (MeetingStatus.FAILED, LINK)


def test_what_is_on_its_way_out_is_counted_and_so_is_what_got_stuck() -> None:
    cancelled = ready().cancel(expected_version=None)
    assert _removing(cancelled) == (1, 0)
    assert _removing(answered(cancelled, TryLater(reason=FailureReason.PROVIDER_DOWN))) == (1, 0)
    assert _removing(answered(cancelled, NeedsConsultant(reason=FailureReason.CONSENT_GONE))) == (1, 1)
    assert _removing(answered(cancelled, Misconfigured(reason=FailureReason.MISCONFIGURED))) == (1, 0)
    assert _removing(answered(cancelled, Misconfigured(reason=FailureReason.NOT_SET_UP))) == (1, 1)
    assert _removing(answered(cancelled, None)) == (0, 0)


def _removing(one: Booking) -> tuple[int, int]:
    return one.meeting.removing, one.meeting.stuck


def test_a_provider_that_is_not_offered_is_unknown_wrong_or_expected_back() -> None:
    none = Providers([])
    with pytest.raises(NotFound):
        none[PROVIDER]
    with breaks(Rule.NO_PROVIDERS, "provider"):
        none.must_offer(PROVIDER)
    with pytest.raises(Misconfigured):
        none.serving(PROVIDER)
    assert PROVIDER not in none
