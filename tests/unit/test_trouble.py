"""What a failed call means, and how the pauses grow."""

from datetime import timedelta
from itertools import pairwise

import pytest

from domain.errors import ProviderError
from domain.provider_errors import (
    AccessRejected,
    Gone,
    GrantDead,
    Misconfigured,
    NeedsConsultant,
    Refused,
    TryLater,
)
from domain.trouble import Trouble, TroubleKind, pause, trouble_from
from tests.builders import DAY, HOUR, NOW

WAITING = Trouble(TroubleKind.WAITING, "provider_down", 4, NOW)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            TryLater(reason="daily_limit", until=NOW + DAY),
            Trouble(TroubleKind.WAITING, "daily_limit", 1, NOW + DAY),
        ),
        (
            TryLater(reason="provider_down"),
            Trouble(TroubleKind.WAITING, "provider_down", 1, NOW + timedelta(seconds=5)),
        ),
        (
            Misconfigured(reason="invalid_client"),
            Trouble(TroubleKind.WAITING, "misconfigured", 1, NOW + timedelta(seconds=5), "invalid_client"),
        ),
        (
            NeedsConsultant(reason="scope_missing", scopes=("a", "b")),
            Trouble(TroubleKind.CONSULTANT, "scope_missing", 1, detail="a, b"),
        ),
        (AccessRejected(reason="401"), Trouble(TroubleKind.CONSULTANT, "consent_gone", 1)),
        (GrantDead(reason="invalid_grant"), Trouble(TroubleKind.CONSULTANT, "consent_gone", 1)),
        (Refused(reason="Bad topic"), Trouble(TroubleKind.FAILED, "refused", 1, detail="Bad topic")),
        (Gone(reason="3001"), Trouble(TroubleKind.WAITING, "provider_down", 1, NOW + timedelta(seconds=5))),
    ],
)
def test_each_kind_of_failure_has_its_consequence(error: ProviderError, expected: Trouble) -> None:
    assert trouble_from(error, None, NOW) == expected


def test_tries_are_counted() -> None:
    again = trouble_from(TryLater(reason="provider_down"), WAITING, NOW)
    assert (again.tries, again.until) == (5, NOW + pause(5))


def test_a_moment_in_the_past_still_means_a_pause() -> None:
    again = trouble_from(TryLater(reason="provider_limited", until=NOW - HOUR), None, NOW)
    assert again.until is not None
    assert again.until > NOW


def test_pauses_grow_to_a_quarter_of_an_hour_and_no_further() -> None:
    pauses = [pause(tries) for tries in range(1, 1000)]
    assert pauses[0] == timedelta(seconds=5)
    assert all(earlier <= later for earlier, later in pairwise(pauses))
    assert max(pauses) == timedelta(minutes=15)


def test_only_what_waits_for_time_is_over_some_day() -> None:
    assert WAITING.over(NOW)
    assert not WAITING.over(NOW - timedelta(seconds=1))
    assert not Trouble(TroubleKind.CONSULTANT, "consent_gone", 1).over(NOW + 1000 * DAY)
