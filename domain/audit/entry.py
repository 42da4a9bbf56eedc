"""An audit entry: who did what on whose behalf, which call the provider received, and why."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.audit.action import CREATES, Action
from domain.audit.facts import Facts
from domain.audit.outcome import FAILURES, SUCCESSES, Outcome
from domain.errors import ProviderError
from domain.meeting.host import Host
from domain.meeting.reason import Reason

_NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Failure:
    """A provider's failure. `answer` is its own text, redacted."""

    at: datetime
    outcome: Outcome
    answer: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry in the history of a booking, a client, a connection or the practice.

    `subject_id` is the booking or the client, the consultant for an entry about a connection, the organization for one
    about the practice. `actor_id` is None when the system acted by itself. `reason` and `outcome` are those of a call
    to the provider; `answer` is the provider's text when the call failed, redacted.
    """

    organization_id: UUID
    subject_id: UUID
    at: datetime
    action: Action
    actor_id: UUID | None = None
    on_behalf_of: UUID | None = None
    provider: str | None = None
    host_id: UUID | None = None
    reason: Reason | None = None
    outcome: Outcome | None = None
    answer: str = ""
    facts: Facts = _NO_FACTS

    def with_facts(self, facts: Facts) -> "AuditEntry":
        return replace(self, facts=facts)

    def failed(self, error: ProviderError) -> "AuditEntry":
        facts = replace(self.facts, failure=error.reason)
        return replace(self, outcome=Outcome.of(error), answer=error.said, facts=facts)

    @property
    def host(self) -> Host | None:
        return Host(self.organization_id, self.host_id, self.provider) if self.host_id and self.provider else None

    @property
    def of_a_create(self) -> bool:
        return self.action in CREATES

    @property
    def went_well(self) -> bool:
        """Whether the provider carried out the call."""
        return self.outcome in SUCCESSES

    @property
    def failure(self) -> Failure | None:
        """The failure of a call, or the end of the authorization."""
        return Failure(self.at, self.outcome, self.answer) if self.outcome in FAILURES else None
