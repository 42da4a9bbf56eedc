"""Who did what on whose behalf, which call the provider got, and why."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID


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
