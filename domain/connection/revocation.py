"""The result of ending an authorization at its provider."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.audit_log import DISCONNECTED, REMOVED_AT_PROVIDER, AuditEntry
from domain.errors import ProviderError
from domain.provider_errors import NeedsConsultant, TryLater


class Revocation(StrEnum):
    """CONFIRMED requires the provider's own confirmation."""

    CONFIRMED = "confirmed"
    PENDING = "pending"  # no answer yet; it is retried
    ENDED_BEFORE = "ended_before"  # the provider no longer accepted the tokens, so there was nothing to revoke
    SCOPE_MISSING = "scope_missing"  # refused for a missing permission: the app is still installed there
    REFUSED = "refused"  # for another reason
    UNANSWERED = "unanswered"  # retries exhausted without an answer

    @property
    def final(self) -> bool:
        return self is not Revocation.PENDING

    @property
    def worth_another_try(self) -> bool:
        return self in (Revocation.REFUSED, Revocation.UNANSWERED)


def revocation_after(error: ProviderError) -> Revocation:
    """The result after a failed call to revoke, or after a failure of the refresh that it needed."""
    match error:
        case NeedsConsultant(reason="scope_missing"):
            return Revocation.SCOPE_MISSING
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

    @property
    def facts(self) -> dict[str, str]:
        """For the history."""
        left = {"meetings_left": str(self.meetings_left)} if self.meetings_left else {}
        return {"revocation": self.revocation.value, **left}

    @classmethod
    def recorded(cls, facts: Mapping[str, str]) -> "Ending":
        return cls(Revocation(facts.get("revocation", Revocation.UNANSWERED)), int(facts.get("meetings_left", 0)))


def recorded_endings(history: Iterable[AuditEntry]) -> dict[str, Ending]:
    """How the last authorization at each provider ended, from the consultant's history. A verified webhook event of a
    removal counts as the provider's confirmation."""
    endings: dict[str, Ending] = {}
    for entry in history:
        if entry.provider and entry.action == DISCONNECTED:
            endings[entry.provider] = Ending.recorded(entry.facts)
        elif entry.provider and entry.action == REMOVED_AT_PROVIDER:
            endings[entry.provider] = Ending(Revocation.CONFIRMED)
    return endings
