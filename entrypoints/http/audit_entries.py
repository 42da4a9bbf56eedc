"""Audit entries in the API."""

from datetime import datetime
from uuid import UUID

import msgspec

from application.read_history import History
from domain.accounts.account import Role
from domain.audit.action import Action
from domain.audit.facts import ChangedField, Facts
from domain.audit.outcome import Outcome
from domain.booking.verdict import Verdict
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.connection.revocation import Revocation
from domain.failure_reason import FailureReason
from domain.meeting.link_change import Acknowledgement
from domain.meeting.reason import Reason
from domain.meeting.verification import Difference


class EndingFactResponse(msgspec.Struct):
    """`meetings_left` counts the meetings that could not be removed at the provider."""

    revocation: Revocation
    meetings_left: int


class OrphanFactResponse(msgspec.Struct):
    """`number` is the provider's id of the removed meeting."""

    number: str
    starts_at: datetime | None


class MergeFactResponse(msgspec.Struct):
    """The client whose record was merged into this one, and how many sessions and notes went with it."""

    name: str
    sessions: int
    notes: int


class FactsResponse(msgspec.Struct):
    """`verdict`: what an edit meant for the meeting. `differs` and `link_changed`: what the host changed at the
    provider. `failure`: why a call did not succeed. `found`: how many meetings a search found. `meetings`: the choice
    for the meetings of a connection that ends. `name`: of a person or of the practice."""

    changed: tuple[ChangedField, ...]
    verdict: Verdict | None
    differs: tuple[Difference, ...]
    link_changed: bool
    failure: FailureReason | None
    found: int | None
    title_shortened_to: int | None
    acknowledgement: Acknowledgement | None
    meetings: MeetingsOnDisconnect | None
    ending: EndingFactResponse | None
    orphan: OrphanFactResponse | None
    merge: MergeFactResponse | None
    name: str
    roles: tuple[Role, ...]

    @classmethod
    def of(cls, facts: Facts) -> "FactsResponse":
        return msgspec.convert(facts, cls, from_attributes=True)


class AuditEntryResponse(msgspec.Struct):
    """`actor` null: Calendra acted by itself, or the person is no longer known. `host` is the consultant in whose
    account the call was made. `reason` and `outcome` are those of a call to the provider; `answer` is the provider's
    text when the call failed, redacted."""

    at: datetime
    action: Action
    actor_id: UUID | None
    actor: str | None
    on_behalf_of: UUID | None
    on_behalf_of_name: str | None
    provider: str | None
    host_id: UUID | None
    host: str | None
    reason: Reason | None
    outcome: Outcome | None
    answer: str
    facts: FactsResponse


def lines_of(history: History) -> list[AuditEntryResponse]:
    def name(person: UUID | None) -> str | None:
        return history.names.get(person) if person else None

    return [
        AuditEntryResponse(
            one.at,
            one.action,
            one.actor_id,
            name(one.actor_id),
            one.on_behalf_of,
            name(one.on_behalf_of),
            one.provider,
            one.host_id,
            name(one.host_id),
            one.reason,
            one.outcome,
            one.answer,
            FactsResponse.of(one.facts),
        )
        for one in history.entries
    ]
