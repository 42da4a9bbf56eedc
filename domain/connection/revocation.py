"""What became of an authorization at its provider, when it was ended here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.audit_log import DISCONNECTED, REMOVED_AT_PROVIDER, AuditEntry
from domain.errors import ProviderError
from domain.provider_errors import NeedsConsultant, TryLater


class Revocation(StrEnum):
    """Only the provider's own word makes it confirmed."""

    CONFIRMED = "confirmed"
    PENDING = "pending"  # no word yet; it is asked again
    ENDED_BEFORE = "ended_before"  # it took our tokens no more, so nothing could be revoked with them
    SCOPE_MISSING = "scope_missing"  # refused for a missing permission: the app is still installed there
    REFUSED = "refused"  # for another reason
    UNANSWERED = "unanswered"  # asked often enough without an answer

    @property
    def final(self) -> bool:
        return self is not Revocation.PENDING

    @property
    def worth_another_try(self) -> bool:
        return self in (Revocation.REFUSED, Revocation.UNANSWERED)


def revocation_after(error: ProviderError) -> Revocation:
    """Of a call to revoke, or of the refresh that it needed."""
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
    """`meetings_left` counts meetings that were to be removed there and were not."""

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
    """How the last authorization at each provider ended, as the consultant's history tells it. The webhook event of a
    removal is the provider's own word."""
    endings: dict[str, Ending] = {}
    for entry in history:
        if entry.provider and entry.action == DISCONNECTED:
            endings[entry.provider] = Ending.recorded(entry.facts)
        elif entry.provider and entry.action == REMOVED_AT_PROVIDER:
            endings[entry.provider] = Ending(Revocation.CONFIRMED)
    return endings
