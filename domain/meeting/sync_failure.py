"""A sync failure: why a meeting does not agree with the desired one, and what its retry waits for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.provider_errors import (
    AccessRejected,
    AuthorizationRevoked,
    Gone,
    Misconfigured,
    NeedsConsultant,
    NotYet,
    TryLater,
)
from domain.rate_limit import Limited, spread

_SHORTEST_PAUSE = timedelta(seconds=1)
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=15)
_FIRST_REFUSED = timedelta(minutes=10)
_LONGEST_REFUSED = timedelta(days=1)


class FailureKind(StrEnum):
    WAITING = "waiting"  # for the retry at `until`
    CONSULTANT = "consultant"  # the host has to connect again
    FAILED = "failed"  # there is no retry; an edit starts afresh


@dataclass(frozen=True, slots=True)
class SyncFailure:
    """`detail` is the provider's text, redacted; `until` the next retry."""

    kind: FailureKind
    reason: FailureReason
    attempts: int
    until: datetime | None = None
    detail: str = ""

    def over(self, now: datetime) -> bool:
        return self.until is not None and self.until <= now

    @property
    def queued(self) -> bool:
        """Nothing has failed: the call waits for the rate limit."""
        return self.reason is FailureReason.QUEUED


def sync_failure_from(error: ProviderError, earlier: SyncFailure | None, now: datetime, marker: UUID) -> SyncFailure:
    """The sync failure after a failed call, with back-off. `marker` spreads the retries of meetings that failed at the
    same moment."""
    before = earlier.attempts if earlier else 0
    attempts, why = before + 1, error.reason
    match error:
        case NotYet() | TryLater(limited=Limited(per_host=False)) if error.until:
            # The call itself did not fail: the rate limit sets its time, and the back-off does not grow.
            return SyncFailure(FailureKind.WAITING, why, before, max(error.until, now + _SHORTEST_PAUSE))
        case TryLater():
            until = max(error.until or now + _spread_pause(attempts, marker), now + _SHORTEST_PAUSE)
            return SyncFailure(FailureKind.WAITING, why, attempts, until)
        case Gone():  # cannot be the answer to a create or a search, so the provider is taken to be down
            return SyncFailure(FailureKind.WAITING, why, attempts, now + _spread_pause(attempts, marker))
        case Misconfigured():  # the operator corrects the registration; the retries then succeed
            until = now + _spread_pause(attempts, marker)
            return SyncFailure(FailureKind.WAITING, why, attempts, until, error.words)
        case NeedsConsultant(reason=FailureReason.TOKENS_UNREADABLE):  # or the operator restores the key
            return SyncFailure(FailureKind.CONSULTANT, why, attempts, now + _spread_pause(attempts, marker))
        case NeedsConsultant():
            return SyncFailure(FailureKind.CONSULTANT, why, attempts, detail=", ".join(error.scopes))
        case AccessRejected() | AuthorizationRevoked():
            return SyncFailure(FailureKind.CONSULTANT, why, attempts)
        case _:
            return SyncFailure(FailureKind.FAILED, why, attempts, detail=error.words)


def asked_again(sync_failure: SyncFailure, now: datetime) -> SyncFailure:
    """Schedules a retry after a refusal, for a call that is safe to repeat. The pauses double from ten minutes to a
    day."""
    if sync_failure.kind is not FailureKind.FAILED:
        return sync_failure
    wait = min(_FIRST_REFUSED * int(2 ** min(sync_failure.attempts - 1, 16)), _LONGEST_REFUSED)
    return replace(sync_failure, until=now + wait)


def _spread_pause(attempts: int, marker: UUID) -> timedelta:
    longest = pause(attempts)
    return longest - spread(longest / 2, marker, attempts)


def pause(attempts: int) -> timedelta:
    """The back-off: doubles from five seconds to a quarter of an hour."""
    return min(_FIRST_PAUSE * int(2 ** min(attempts - 1, 16)), _LONGEST_PAUSE)
