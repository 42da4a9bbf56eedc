"""The audit log: who did what on whose behalf, which call the provider received, and why."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.errors import ProviderError
from domain.meeting.host import Host

AUTHORIZATION_ENDED = "authorization_ended"
DISCONNECTED = "disconnected"
REMOVED_AT_PROVIDER = "removed_at_provider"
DONE, FOUND = "done", "found"  # prefixes of the outcome of a successful call
CREATING = ("create", "find")
FAILED, GONE = "provider_", "provider_meeting_gone"  # prefixes of a failed call's; a meeting that is gone is an answer


def outcome_of(error: ProviderError) -> str:
    return f"{error.code}: {error.answered or error.reason}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A provider's failure. `reason` is a stable word, `detail` the provider's answer, redacted."""

    at: datetime
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry in the history of a booking or a connection.

    `subject_id` is the booking, or the consultant for an entry about a connection. `actor_id` is None when the system
    acted by itself. `action` is a stable word such as booked, edited, create, change; `reason` says why; `outcome` is
    the provider's answer, redacted. `facts` are short texts: never a link, token or passcode.
    """

    organization_id: UUID
    subject_id: UUID
    at: datetime
    action: str
    actor_id: UUID | None = None
    on_behalf_of: UUID | None = None
    provider: str | None = None
    host_id: UUID | None = None
    reason: str = ""
    outcome: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    def with_facts(self, facts: dict[str, str]) -> "AuditEntry":
        return replace(self, facts=facts)

    @property
    def host(self) -> Host | None:
        return Host(self.organization_id, self.host_id, self.provider) if self.host_id and self.provider else None

    @property
    def of_a_create(self) -> bool:
        """Every create leaves at least one such entry: its own, or that of a find by marker."""
        return self.action in CREATING

    @property
    def went_well(self) -> bool:
        """Whether the provider carried out the call."""
        return self.outcome.startswith((DONE, FOUND))

    @property
    def failure(self) -> Failure | None:
        """The failure of a call, or the end of the authorization."""
        if self.action == AUTHORIZATION_ENDED:
            return Failure(self.at, AUTHORIZATION_ENDED, self.outcome)
        if not self.outcome.startswith(FAILED) or self.outcome.startswith(GONE):
            return None
        reason, _, detail = self.outcome.partition(": ")
        return Failure(self.at, reason, detail)
