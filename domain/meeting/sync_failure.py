"""Why a meeting is not as the booking wants it, and who or what it waits for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import ProviderError
from domain.provider_errors import (
    QUEUED,
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
    WAITING = "waiting"  # time will mend it: see `until`
    CONSULTANT = "consultant"  # the host has to connect again
    FAILED = "failed"  # nobody repeats it; an edit starts afresh


@dataclass(frozen=True, slots=True)
class SyncFailure:
    """`reason` is a stable word; `detail` is the provider's own, redacted; `until` the next try."""

    kind: FailureKind
    reason: str
    tries: int
    until: datetime | None = None
    detail: str = ""

    def over(self, now: datetime) -> bool:
        return self.until is not None and self.until <= now

    @property
    def queued(self) -> bool:
        """Nothing has failed: the meeting's turn at the provider has not come yet."""
        return self.reason == QUEUED


def sync_failure_from(error: ProviderError, earlier: SyncFailure | None, now: datetime, marker: UUID) -> SyncFailure:
    """The consequence of a failed call. Meetings that failed at the same moment try again at different ones, each by
    its `marker`."""
    before = earlier.tries if earlier else 0
    tries = before + 1
    match error:
        case NotYet() | TryLater(limited=Limited(per_host=False)) if error.until:
            # Nothing is wrong with this call: its turn is known, and the pauses do not grow.
            return SyncFailure(FailureKind.WAITING, error.reason, before, max(error.until, now + _SHORTEST_PAUSE))
        case TryLater():
            until = max(error.until or now + _spread_pause(tries, marker), now + _SHORTEST_PAUSE)
            return SyncFailure(FailureKind.WAITING, error.reason, tries, until)
        case Gone():  # said of a meeting that is only being searched for, or made: nonsense, which passes
            return SyncFailure(FailureKind.WAITING, "provider_down", tries, now + _spread_pause(tries, marker))
        case Misconfigured():  # whoever runs this mends it, then it goes on by itself
            until = now + _spread_pause(tries, marker)
            return SyncFailure(FailureKind.WAITING, "misconfigured", tries, until, error.reason)
        case NeedsConsultant():
            return SyncFailure(FailureKind.CONSULTANT, error.reason, tries, detail=", ".join(error.scopes))
        case AccessRejected() | AuthorizationRevoked():
            return SyncFailure(FailureKind.CONSULTANT, "consent_gone", tries)
        case _:
            return SyncFailure(FailureKind.FAILED, "refused", tries, detail=error.reason)


def asked_again(sync_failure: SyncFailure, now: datetime) -> SyncFailure:
    """Of a call that does no harm when it is repeated: a refusal is not the last word, and is asked for again, ever
    more seldom."""
    if sync_failure.kind is not FailureKind.FAILED:
        return sync_failure
    wait = min(_FIRST_REFUSED * int(2 ** min(sync_failure.tries - 1, 16)), _LONGEST_REFUSED)
    return replace(sync_failure, until=now + wait)


def _spread_pause(tries: int, marker: UUID) -> timedelta:
    longest = pause(tries)
    return longest - spread(longest / 2, marker, tries)


def pause(tries: int) -> timedelta:
    """Doubles from five seconds to a quarter of an hour."""
    return min(_FIRST_PAUSE * int(2 ** min(tries - 1, 16)), _LONGEST_PAUSE)
