"""The result of ending an authorization at its provider."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.provider_errors import NeedsConsultant, TryLater


class Revocation(StrEnum):
    """CONFIRMED requires the provider's own confirmation."""

    CONFIRMED = "confirmed"
    PENDING = "pending"  # no answer yet; it is retried
    ENDED_BEFORE = "ended_before"  # the provider no longer accepted the tokens, so there was nothing to revoke
    SCOPE_MISSING = FailureReason.SCOPE_MISSING  # refused for a missing permission: the app is still installed there
    TOKENS_UNREADABLE = FailureReason.TOKENS_UNREADABLE  # Calendra could not ask: the app is still installed there
    REFUSED = "refused"  # for another reason
    UNANSWERED = "unanswered"  # retries exhausted without an answer
    NOT_SET_UP = "not_set_up"  # the provider is no longer set up here, so it cannot be asked

    @property
    def final(self) -> bool:
        return self is not Revocation.PENDING

    @property
    def worth_another_try(self) -> bool:
        return self in (Revocation.REFUSED, Revocation.UNANSWERED)


def revocation_after(error: ProviderError) -> Revocation:
    """The result after a failed call to revoke, or after a failure of the refresh that it needed."""
    match error:
        case NeedsConsultant(reason=FailureReason.SCOPE_MISSING):
            return Revocation.SCOPE_MISSING
        case NeedsConsultant(reason=FailureReason.TOKENS_UNREADABLE):
            return Revocation.TOKENS_UNREADABLE
        case NeedsConsultant():
            return Revocation.ENDED_BEFORE
        case TryLater():
            return Revocation.UNANSWERED
        case _:
            return Revocation.REFUSED


@dataclass(frozen=True, slots=True)
class Ending:
    """`meetings_left` counts pending removals at the provider that were not completed."""

    revocation: Revocation
    meetings_left: int = 0
