"""The audit log in PostgreSQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    bindparam,
    column,
    delete,
    func,
    literal_column,
    select,
    text,
    true,
    tuple_,
)

from adapters.postgres.audit_facts import from_facts, to_facts
from adapters.postgres.engine.sanitize import storable
from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.metadata import INSTANT, JSON_TEXT, TEXT, TEXTS, UUID_, UUIDS
from adapters.postgres.schema.record_tables import audit_log
from domain.audit.action import NAMES_A_PERSON, Action
from domain.audit.entry import AuditEntry
from domain.audit.host_calls import HostCalls
from domain.audit.outcome import FAILURES, SUCCESSES, Outcome
from domain.meeting.host import Host
from domain.meeting.reason import Reason
from domain.ports.records import AuditLog

_h = audit_log.c


# One statement for any number of entries: they travel as one JSON array and get their numbers in its order.
_ADD = text(
    """
    INSERT INTO audit_log (
        organization_id, subject_id, at, action, actor_id, on_behalf_of, provider, host_id, reason, outcome, answer,
        facts
    )
    SELECT
        organization_id, subject_id, at, action, actor_id, on_behalf_of, provider, host_id, reason, outcome, answer,
        facts
    FROM ROWS FROM (jsonb_to_recordset(:entries) AS (
        organization_id uuid, subject_id uuid, at timestamptz, action text, actor_id uuid, on_behalf_of uuid,
        provider text, host_id uuid, reason text, outcome text, answer text, facts jsonb
    )) WITH ORDINALITY entry
    ORDER BY ordinality
    """
).bindparams(bindparam("entries", type_=JSON_TEXT))

_subject = (_h.organization_id == bindparam("organization_id"), _h.subject_id == bindparam("subject_id"))
_OF = select(audit_log).where(*_subject).order_by(_h.at, _h.number)

# One statement for any number of hosts. The index on host and time finds the newest entries of each.
_hosts = (
    func.unnest(bindparam("host_ids", type_=UUIDS), bindparam("providers", type_=TEXTS))
    .table_valued(column("host_id", UUID_), column("provider", TEXT), name="host")
    .render_derived()
)
_theirs = (
    _h.organization_id == bindparam("organization_id"),
    _h.host_id == _hosts.c.host_id,
    _h.provider == _hosts.c.provider,
)
_newest = (_h.at.desc(), _h.number.desc())
_counted = select(func.count()).where(
    *_theirs,
    _h.action == func.any(bindparam("counted", type_=TEXTS)),
    _h.at >= bindparam("since", type_=INSTANT),
)
_good = (
    select(_h.at, _h.number)
    .where(*_theirs, _h.outcome.in_(sorted(SUCCESSES)))
    .order_by(*_newest)
    .limit(1)
    .lateral("good")
)
_before_all = literal_column("'-infinity'::timestamptz", INSTANT)
_bad = (
    select(audit_log)
    .where(
        *_theirs,
        _h.outcome.in_(sorted(FAILURES)),
        tuple_(_h.at, _h.number) > tuple_(func.coalesce(_good.c.at, _before_all), func.coalesce(_good.c.number, 0)),
    )
    .order_by(*_newest)
    .limit(1)
    .lateral("bad")
)
_CALLS_OF_HOSTS = select(
    _hosts.c.host_id.label("whose"),
    _hosts.c.provider.label("where"),
    _counted.scalar_subquery().label("counted"),
    _good.c.at.label("good_at"),
    *_bad.c,
).select_from(_hosts.outerjoin(_good, true()).outerjoin(_bad, true()))
_REMOVE_OF = delete(audit_log).where(*_subject)
_FORGET_PERSON = text(
    """
    UPDATE audit_log SET facts = facts - 'name'
    WHERE organization_id = :organization_id AND subject_id = :organization_id AND facts ? 'name'
        AND action = ANY(:actions)
        AND (
            on_behalf_of = :account_id
            OR (actor_id = :account_id AND action = :joined)
            OR facts ->> 'name' = ANY(:names)
        )
    """
).bindparams(
    bindparam("organization_id", type_=UUID_),
    bindparam("account_id", type_=UUID_),
    bindparam("actions", type_=TEXTS),
    bindparam("names", type_=TEXTS),
)


class PostgresAuditLog(AuditLog):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, *entries: AuditEntry) -> None:
        if entries:
            await self._transaction.run(_ADD, entries=list(map(_storable, entries)))

    async def of(self, organization_id: UUID, subject_id: UUID) -> Sequence[AuditEntry]:
        found = await self._transaction.run(_OF, organization_id=organization_id, subject_id=subject_id)
        return list(map(_entry, found.all()))

    async def calls_of_hosts(
        self, organization_id: UUID, hosts: Sequence[Host], *, counted: Sequence[Action], since: datetime
    ) -> Sequence[HostCalls]:
        found = await self._transaction.run(
            _CALLS_OF_HOSTS,
            organization_id=organization_id,
            host_ids=[host.consultant_id for host in hosts],
            providers=[host.provider for host in hosts],
            counted=list(counted),
            since=since,
        )
        return [_host_calls(organization_id, row) for row in found.all()]

    async def remove_of(self, organization_id: UUID, subject_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_OF, organization_id=organization_id, subject_id=subject_id)
        return gone.rowcount

    async def forget_person(self, organization_id: UUID, account_id: UUID, names: Collection[str]) -> int:
        changed = await self._transaction.run(
            _FORGET_PERSON,
            organization_id=organization_id,
            account_id=account_id,
            actions=sorted(NAMES_A_PERSON),
            joined=Action.JOINED,
            names=sorted(names),
        )
        return changed.rowcount


def _host_calls(organization_id: UUID, row: Row[Any]) -> HostCalls:
    failure = _entry(row).failure if row.at else None
    return HostCalls(Host(organization_id, row.whose, row.where), row.counted, row.good_at, failure)


def _storable(entry: AuditEntry) -> dict[str, Any]:
    return {
        "organization_id": entry.organization_id,
        "subject_id": entry.subject_id,
        "at": entry.at,
        "action": entry.action,
        "actor_id": entry.actor_id,
        "on_behalf_of": entry.on_behalf_of,
        "provider": entry.provider,
        "host_id": entry.host_id,
        "reason": entry.reason,
        "outcome": entry.outcome,
        "answer": storable(entry.answer),
        "facts": from_facts(entry.facts),
    }


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        organization_id=row.organization_id,
        subject_id=row.subject_id,
        at=row.at,
        action=Action(row.action),
        actor_id=row.actor_id,
        on_behalf_of=row.on_behalf_of,
        provider=row.provider,
        host_id=row.host_id,
        reason=Reason(row.reason) if row.reason else None,
        outcome=Outcome(row.outcome) if row.outcome else None,
        answer=row.answer,
        facts=to_facts(row.facts),
    )
