"""Who did what on whose behalf, which call the provider got, and why."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.errors import ProviderError
from domain.meeting.host import Host

AUTHORIZATION_ENDED = "authorization_ended"
DISCONNECTED = "disconnected"
REMOVED_AT_PROVIDER = "removed_at_provider"
DONE, FOUND = "done", "found"  # how the outcome of a call that went well begins
CREATING = ("create", "find")
FAILED, GONE = "provider_", "provider_meeting_gone"  # and of one that did not; a meeting that is gone is an answer


def outcome_of(error: ProviderError) -> str:
    return f"{error.code}: {error.answered or error.reason}"


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong at a provider. `reason` is a stable word, `detail` the provider's answer, redacted."""

    at: datetime
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of a booking's or a connection's history.

    `subject_id` is the booking, or the consultant for what concerns a connection. `actor_id` is None for what
    the system did by itself. `action` is a stable word such as booked, edited, create, change; `reason` says why;
    `outcome` is what the provider answered, redacted. `facts` are short texts: never a link, token or passcode.
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
        """Every create leaves at least one such line: its own, or that of the search for it."""
        return self.action in CREATING

    @property
    def went_well(self) -> bool:
        """A call that the provider answered as it should."""
        return self.outcome.startswith((DONE, FOUND))

    @property
    def failure(self) -> Failure | None:
        """Of a call, or of the whole authorization."""
        if self.action == AUTHORIZATION_ENDED:
            return Failure(self.at, AUTHORIZATION_ENDED, self.outcome)
        if not self.outcome.startswith(FAILED) or self.outcome.startswith(GONE):
            return None
        reason, _, detail = self.outcome.partition(": ")
        return Failure(self.at, reason, detail)
