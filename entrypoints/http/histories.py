"""History lines on the wire."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.history import Entry


class HistoryLine(msgspec.Struct, omit_defaults=True):
    """`actor_id` is missing for what Calendra did by itself. `outcome` is the provider's answer, redacted."""

    at: datetime
    action: str
    actor_id: UUID | None = None
    on_behalf_of: UUID | None = None
    provider: str | None = None
    host_id: UUID | None = None
    reason: str = ""
    outcome: str = ""
    facts: dict[str, str] = {}


def lines_of(entries: Sequence[Entry]) -> list[HistoryLine]:
    return [
        HistoryLine(
            one.at,
            one.action,
            one.actor_id,
            one.on_behalf_of,
            one.provider,
            one.host_id,
            one.reason,
            one.outcome,
            {name: text for name, text in one.facts.items() if name != "content"},
        )
        for one in entries
    ]
