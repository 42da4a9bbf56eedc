"""Receipts of erasures and processed events, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.record_tables import processed_events, receipts
from domain.connection.revocation import Ending, Revocation
from domain.erasure import Kept, Receipt
from domain.ports.records import ProcessedEvents, Receipts

_r, _n = receipts.c, processed_events.c
_erased = msgspec.json.Decoder(dict[str, int])
_revoked = msgspec.json.Decoder(dict[str, bool])
_endings = msgspec.json.Decoder(dict[str, Ending])
_kept = msgspec.json.Decoder(Kept)

_ADD_RECEIPT = insert(receipts)
_RECEIPT = select(receipts).where(_r.organization_id == bindparam("organization_id"), _r.id == bindparam("id"))
_NEWEST = (
    select(receipts)
    .where(_r.organization_id == bindparam("organization_id"))
    .order_by(_r.erased_at.desc(), _r.id.desc())
    .limit(bindparam("most"))
)
_REMEMBER = insert(processed_events).on_conflict_do_nothing().returning(_n.deduplication_key)
_FORGET = remove_before(_n.processed_at)


class PostgresReceipts(Receipts):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, receipt: Receipt) -> None:
        await self._transaction.run(
            _ADD_RECEIPT,
            organization_id=receipt.organization_id,
            id=receipt.id,
            email_hash=receipt.email_hash,
            erased_at=receipt.erased_at,
            asked_by=receipt.asked_by,
            erased=receipt.erased,
            revoked=receipt.revoked,
            endings=msgspec.to_builtins(receipt.endings),
            kept=msgspec.to_builtins(receipt.kept),
        )

    async def find(self, organization_id: UUID, receipt_id: UUID) -> Receipt | None:
        found = await self._transaction.run(_RECEIPT, organization_id=organization_id, id=receipt_id)
        row = found.one_or_none()
        return _receipt(row) if row else None

    async def newest(self, organization_id: UUID, *, most: int) -> Sequence[Receipt]:
        found = await self._transaction.run(_NEWEST, organization_id=organization_id, most=most)
        return list(map(_receipt, found.all()))


class PostgresProcessedEvents(ProcessedEvents):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def first_time(self, provider: str, deduplication_key: str, *, now: datetime) -> bool:
        new = await self._transaction.run(
            _REMEMBER, provider=provider, deduplication_key=deduplication_key, processed_at=now
        )
        return new.first() is not None

    async def remove_seen_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_FORGET, moment=moment, most=most)).rowcount


def _receipt(row: Row[Any]) -> Receipt:
    counts = _erased.decode(row.erased)
    endings = _endings.decode(row.endings) if row.endings else _endings_of(_revoked.decode(row.revoked))
    kept = _kept.decode(row.kept) if row.kept else Kept()
    return Receipt(row.organization_id, row.id, row.email_hash, row.erased_at, row.asked_by, counts, endings, kept)


def _endings_of(confirmed: dict[str, bool]) -> dict[str, Ending]:
    """For receipts that are older than the column `endings`."""
    return {name: Ending(Revocation.CONFIRMED if said else Revocation.UNANSWERED) for name, said in confirmed.items()}
