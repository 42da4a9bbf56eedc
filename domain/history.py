"""Who did what on whose behalf, which call the provider got, and why."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

AUTHORIZATION_ENDED = "authorization_ended"
DONE, FOUND = "done", "found"  # how the outcome of a call that went well begins
FAILED, GONE = "provider_", "provider_meeting_gone"  # and of one that did not; a meeting that is gone is an answer


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong at a provider. `reason` is a stable word, `detail` the provider's answer, redacted."""

    at: datetime
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Entry:
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

    def telling(self, facts: dict[str, str]) -> "Entry":
        return replace(self, facts=facts)

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
