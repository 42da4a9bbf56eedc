"""The security log in PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, bindparam, func, insert, or_, select, tuple_

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.metadata import INSTANT, TEXT, TEXTS, UUID_
from adapters.postgres.schema.record_tables import security_log
from domain.ports.security_log import Announce, SecurityLog
from domain.security.event import EventFacts, EventKind, EventOutcome, SecurityEvent, SecurityLogQuery, StoredEvent

_e = security_log.c
_facts = msgspec.json.Decoder(EventFacts)

_ADD = insert(security_log)
_kinds = bindparam("kinds", type_=TEXTS)
_outcome = bindparam("outcome", type_=TEXT)
_person = bindparam("person_id", type_=UUID_)
_PAGE = (
    select(security_log)
    .where(
        _e.organization_id == bindparam("organization_id"),
        _e.at >= bindparam("since", type_=INSTANT),
        _e.at < bindparam("before", type_=INSTANT),
        tuple_(_e.at, _e.number) < tuple_(bindparam("after_at", type_=INSTANT), bindparam("after_number")),
        or_(_kinds.is_(None), _e.kind == func.any(_kinds)),
        or_(_outcome.is_(None), _e.outcome == _outcome),
        or_(_person.is_(None), _e.actor_id == _person, _e.subject_id == _person),
    )
    .order_by(_e.at.desc(), _e.number.desc())
    .limit(bindparam("most"))
)
_REMOVE = remove_before(_e.at)
_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_LAST_NUMBER = 2**63 - 1


class PostgresSecurityLog(SecurityLog):
    def __init__(self, transaction: Transaction, announce: Announce) -> None:
        self._transaction = transaction
        self._announce = announce

    async def add(self, event: SecurityEvent) -> None:
        self._transaction.afterwards(partial(self._announce, event))
        if event.organization_id:
            await self._transaction.run(_ADD, **_to_row(event))

    async def page(self, organization_id: UUID, query: SecurityLogQuery) -> Sequence[StoredEvent]:
        found = await self._transaction.run(
            _PAGE,
            organization_id=organization_id,
            since=query.since or _EARLIEST,
            before=query.before or _LATEST,
            after_at=query.after.at if query.after else _LATEST,
            after_number=query.after.number if query.after else _LAST_NUMBER,
            kinds=sorted(query.kinds) or None,
            outcome=query.outcome,
            person_id=query.person_id,
            most=query.most,
        )
        return [StoredEvent(row.number, _event(row)) for row in found.all()]

    async def remove_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE, moment=moment, most=most)).rowcount


def _to_row(event: SecurityEvent) -> dict[str, Any]:
    return {
        "organization_id": event.organization_id,
        "at": event.at,
        "kind": event.kind,
        "outcome": event.outcome,
        "actor_id": event.actor_id,
        "subject_id": event.subject_id,
        "network": event.network,
        "request_id": event.request_id,
        "facts": event.facts,
    }


def _event(row: Row[Any]) -> SecurityEvent:
    return SecurityEvent(
        kind=EventKind(row.kind),
        at=row.at,
        organization_id=row.organization_id,
        actor_id=row.actor_id,
        subject_id=row.subject_id,
        outcome=EventOutcome(row.outcome),
        network=row.network,
        request_id=row.request_id,
        facts=_facts.decode(row.facts),
    )
