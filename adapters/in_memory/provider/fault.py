"""The faults of a call to a provider: one vocabulary for every stand-in that tests make fail."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.provider_errors import (
    AccessRejected,
    AuthorizationRevoked,
    Gone,
    Misconfigured,
    NeedsConsultant,
    Refused,
    TryLater,
)

_LIMITED_FOR, _DAY = timedelta(seconds=40), timedelta(days=1)


class Fault(StrEnum):
    """All but SLOW, LATE and LOST_ANSWER prevent the effect of the call."""

    DOWN = "down"
    LOST_CALL = "lost call"  # it never arrives, and no answer does
    LOST_ANSWER = "lost answer"  # it takes effect, and no answer arrives
    SLOW = "slow"  # effect and answer come later
    LATE = "late"  # the effect comes at once, the answer later
    LIMITED = "limited"
    DAILY_LIMIT = "daily limit"
    REFUSED = "refused"
    REJECTED = "rejected"  # the access token
    REVOKED = "revoked"  # the authorization
    SCOPE_MISSING = "scope missing"
    MISCONFIGURED = "misconfigured"
    GONE = "gone"  # the provider reports that the meeting does not exist

    def error(self, now: datetime) -> ProviderError:
        """What the caller notices. Of a call that is slow or answered late: when the caller gives up."""
        return _ERRORS.get(self, _unheard)(now)


def _unheard(_: datetime) -> ProviderError:
    return TryLater(reason=FailureReason.PROVIDER_DOWN, unheard=True)


def _used_up(now: datetime) -> ProviderError:
    midnight = (now + _DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    return TryLater(reason=FailureReason.DAILY_LIMIT, until=midnight)


_ERRORS: Mapping[Fault, Callable[[datetime], ProviderError]] = {
    Fault.DOWN: lambda _: TryLater(reason=FailureReason.PROVIDER_DOWN, answered="503"),
    Fault.LIMITED: lambda now: TryLater(reason=FailureReason.PROVIDER_LIMITED, until=now + _LIMITED_FOR),
    Fault.DAILY_LIMIT: _used_up,
    Fault.REFUSED: lambda _: Refused(words="not in your plan", answered="400"),
    Fault.REJECTED: lambda _: AccessRejected(words="The access token is not valid", answered="401"),
    Fault.REVOKED: lambda _: AuthorizationRevoked(words="The authorization was revoked", answered="400"),
    Fault.SCOPE_MISSING: lambda _: NeedsConsultant(
        reason=FailureReason.SCOPE_MISSING, scopes=("meetings.write",), answered="403"
    ),
    Fault.MISCONFIGURED: lambda _: Misconfigured(words="invalid_client", answered="401"),
    Fault.GONE: lambda _: Gone(words="The meeting does not exist", answered="404"),
}
