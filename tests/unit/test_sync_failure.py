"""The consequence of a failed call, and the growth of the back-off."""

from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.sync_failure import FailureKind, SyncFailure, pause, sync_failure_from
from domain.provider_errors import (
    AccessRejected,
    AuthorizationRevoked,
    Gone,
    Misconfigured,
    NeedsConsultant,
    NotYet,
    Refused,
    TryLater,
)
from domain.rate_limit import Limited
from tests.builders import DAY, HOUR, NOW

UNSPREAD = UUID(int=0)
"""A marker whose pauses are the longest."""
WAITING = SyncFailure(FailureKind.WAITING, FailureReason.PROVIDER_DOWN, 4, NOW)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            TryLater(reason=FailureReason.DAILY_LIMIT, until=NOW + DAY),
            SyncFailure(FailureKind.WAITING, FailureReason.DAILY_LIMIT, 1, NOW + DAY),
        ),
        (
            TryLater(reason=FailureReason.PROVIDER_DOWN),
            SyncFailure(FailureKind.WAITING, FailureReason.PROVIDER_DOWN, 1, NOW + timedelta(seconds=5)),
        ),
        (
            Misconfigured(words="invalid_client"),
            SyncFailure(
                FailureKind.WAITING, FailureReason.MISCONFIGURED, 1, NOW + timedelta(seconds=5), "invalid_client"
            ),
        ),
        (
            NeedsConsultant(reason=FailureReason.SCOPE_MISSING, scopes=("a", "b")),
            SyncFailure(FailureKind.CONSULTANT, FailureReason.SCOPE_MISSING, 1, detail="a, b"),
        ),
        (AccessRejected(words="401"), SyncFailure(FailureKind.CONSULTANT, FailureReason.CONSENT_GONE, 1)),
        (
            AuthorizationRevoked(words="invalid_grant"),
            SyncFailure(FailureKind.CONSULTANT, FailureReason.CONSENT_GONE, 1),
        ),
        (Refused(words="Bad topic"), SyncFailure(FailureKind.FAILED, FailureReason.REFUSED, 1, detail="Bad topic")),
        (
            Gone(words="3001"),
            SyncFailure(FailureKind.WAITING, FailureReason.PROVIDER_DOWN, 1, NOW + timedelta(seconds=5)),
        ),
    ],
)
def test_each_kind_of_failure_has_its_consequence(error: ProviderError, expected: SyncFailure) -> None:
    assert sync_failure_from(error, None, NOW, UNSPREAD) == expected


def test_tries_are_counted() -> None:
    again = sync_failure_from(TryLater(reason=FailureReason.PROVIDER_DOWN), WAITING, NOW, UNSPREAD)
    assert (again.attempts, again.until) == (5, NOW + pause(5))


def test_a_refusal_for_pace_does_not_lengthen_the_pauses() -> None:
    at = NOW + timedelta(seconds=7)
    refused = TryLater(reason=FailureReason.PROVIDER_LIMITED, until=at, limited=Limited())
    for error in (refused, NotYet(until=at)):
        again = sync_failure_from(error, WAITING, NOW, uuid4())
        assert (again.attempts, again.until) == (WAITING.attempts, at)
    daily = TryLater(reason=FailureReason.DAILY_LIMIT, until=at, limited=Limited(per_host=True))
    assert sync_failure_from(daily, WAITING, NOW, UNSPREAD).attempts == WAITING.attempts + 1


def test_what_failed_at_one_moment_is_tried_again_at_different_ones() -> None:
    sync_failures = [
        sync_failure_from(TryLater(reason=FailureReason.PROVIDER_DOWN), None, NOW, uuid4()) for _ in range(40)
    ]
    moments = {sync_failure.until for sync_failure in sync_failures if sync_failure.until}
    assert len(moments) > 30
    assert min(moments) > NOW + 0.5 * pause(1)
    assert max(moments) <= NOW + pause(1)


def test_a_moment_in_the_past_still_means_a_pause() -> None:
    again = sync_failure_from(TryLater(reason=FailureReason.PROVIDER_LIMITED, until=NOW - HOUR), None, NOW, UNSPREAD)
    assert again.until is not None
    assert again.until > NOW


def test_pauses_grow_to_a_quarter_of_an_hour_and_no_further() -> None:
    pauses = [pause(attempts) for attempts in range(1, 1000)]
    assert pauses[0] == timedelta(seconds=5)
    assert all(earlier <= later for earlier, later in pairwise(pauses))
    assert max(pauses) == timedelta(minutes=15)


def test_only_what_waits_for_time_is_over_some_day() -> None:
    assert WAITING.over(NOW)
    assert not WAITING.over(NOW - timedelta(seconds=1))
    assert not SyncFailure(FailureKind.CONSULTANT, FailureReason.CONSENT_GONE, 1).over(NOW + 1000 * DAY)
