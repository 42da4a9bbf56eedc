"""Audit entries in the API."""

from datetime import datetime
from uuid import UUID

import msgspec

from application.read_history import History


class AuditEntryResponse(msgspec.Struct):
    """`actor` null: Calendra acted by itself, or the person is no longer known. `host` is the consultant in whose
    account the call was made. `outcome` is the provider's answer, redacted."""

    at: datetime
    action: str
    actor_id: UUID | None
    actor: str | None
    on_behalf_of: UUID | None
    on_behalf_of_name: str | None
    provider: str | None
    host_id: UUID | None
    host: str | None
    reason: str
    outcome: str
    facts: dict[str, str]


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
            {key: text for key, text in one.facts.items() if key != "content"},
        )
        for one in history.entries
    ]
