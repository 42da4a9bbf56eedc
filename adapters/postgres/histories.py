"""Histories in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, Text, bindparam, delete, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.postgres.metadata import INSTANT, JSON_TEXT
from adapters.postgres.record_tables import histories
from adapters.postgres.texts import storable
from adapters.postgres.transaction import Transaction
from domain.history import Entry
from domain.ports.records import Histories

_h = histories.c
_facts = msgspec.json.Decoder(dict[str, str])

# However many lines, one statement: they travel as one JSON array and are numbered in its order.
_ADD = text(
    """
    INSERT INTO histories (
        organization_id, subject_id, at, action, actor_id, on_behalf_of, provider, host_id, reason, outcome, facts
    )
    SELECT
        organization_id, subject_id, at, action, actor_id, on_behalf_of, provider, host_id, reason, outcome, facts
    FROM ROWS FROM (jsonb_to_recordset(:entries) AS (
        organization_id uuid, subject_id uuid, at timestamptz, action text, actor_id uuid, on_behalf_of uuid,
        provider text, host_id uuid, reason text, outcome text, facts jsonb
    )) WITH ORDINALITY entry
    ORDER BY ordinality
    """
).bindparams(bindparam("entries", type_=JSON_TEXT))

_subject = (_h.organization_id == bindparam("organization_id"), _h.subject_id == bindparam("subject_id"))
_OF = select(histories).where(*_subject).order_by(_h.at, _h.number)
_CALLS_OF_HOST = select(func.count()).where(
    _h.organization_id == bindparam("organization_id"),
    _h.host_id == bindparam("host_id"),
    _h.provider == bindparam("provider"),
    _h.action == func.any(bindparam("actions", type_=ARRAY(Text()))),
    _h.at >= bindparam("since", type_=INSTANT),
)
_REMOVE_OF = delete(histories).where(*_subject)


class PostgresHistories(Histories):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, *entries: Entry) -> None:
        if entries:
            await self._transaction.run(_ADD, entries=list(map(_storable, entries)))

    async def of(self, organization_id: UUID, subject_id: UUID) -> Sequence[Entry]:
        found = await self._transaction.run(_OF, organization_id=organization_id, subject_id=subject_id)
        return list(map(_entry, found.all()))

    async def calls_of_host(
        self, organization_id: UUID, host_id: UUID, provider: str, *, actions: Sequence[str], since: datetime
    ) -> int:
        counted = await self._transaction.run(
            _CALLS_OF_HOST,
            organization_id=organization_id,
            host_id=host_id,
            provider=provider,
            actions=list(actions),
            since=since,
        )
        return int(counted.scalar_one())

    async def remove_of(self, organization_id: UUID, subject_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_OF, organization_id=organization_id, subject_id=subject_id)
        return gone.rowcount


def _storable(entry: Entry) -> dict[str, Any]:
    return {
        "organization_id": entry.organization_id,
        "subject_id": entry.subject_id,
        "at": entry.at,
        "action": entry.action,
        "actor_id": entry.actor_id,
        "on_behalf_of": entry.on_behalf_of,
        "provider": entry.provider,
        "host_id": entry.host_id,
        "reason": storable(entry.reason),
        "outcome": storable(entry.outcome),
        "facts": {storable(name): storable(fact) for name, fact in entry.facts.items()},
    }


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        organization_id=row.organization_id,
        subject_id=row.subject_id,
        at=row.at,
        action=row.action,
        actor_id=row.actor_id,
        on_behalf_of=row.on_behalf_of,
        provider=row.provider,
        host_id=row.host_id,
        reason=row.reason,
        outcome=row.outcome,
        facts=_facts.decode(row.facts),
    )
