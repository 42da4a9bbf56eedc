"""Completed create requests in PostgreSQL."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.metadata import UUIDS
from adapters.postgres.schema.record_tables import creations
from domain.creation import Creation
from domain.errors import StorageUnavailable
from domain.ports.records import Creations

_c = creations.c

_ADD = insert(creations).on_conflict_do_nothing().returning(_c.key)
_FIND = select(creations).where(_c.organization_id == bindparam("organization_id"), _c.key == bindparam("key"))
_ERASE_CONTENTS = (
    update(creations)
    .where(_c.organization_id == bindparam("here"), _c.object_id == func.any(bindparam("these", type_=UUIDS)))
    .values(content=None)
)
_REMOVE_OLD = remove_before(_c.asked_at)


class PostgresCreations(Creations):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, creation: Creation) -> Creation | None:
        added = await self._transaction.run(_ADD, **to_row(creation))
        return None if added.first() else await earlier(self._transaction, creation)

    async def find(self, organization_id: UUID, key: UUID) -> Creation | None:
        return await _find(self._transaction, organization_id, key)

    async def erase_contents(self, organization_id: UUID, object_ids: Collection[UUID]) -> None:
        await self._transaction.run(_ERASE_CONTENTS, here=organization_id, these=list(object_ids))

    async def remove_asked_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount


def to_row(creation: Creation) -> dict[str, Any]:
    return {
        "organization_id": creation.organization_id,
        "key": creation.key,
        "object_id": creation.object_id,
        "content": creation.content,
        "asked_at": creation.asked_at,
    }


async def earlier(transaction: Transaction, creation: Creation) -> Creation:
    """The stored creation with the same key. Raises StorageUnavailable when its lifetime ended in this very moment:
    a retry then creates the object."""
    found = await _find(transaction, creation.organization_id, creation.key)
    if found is None:
        raise StorageUnavailable
    return found


async def _find(transaction: Transaction, organization_id: UUID, key: UUID) -> Creation | None:
    row = (await transaction.run(_FIND, organization_id=organization_id, key=key)).one_or_none()
    return Creation(row.organization_id, row.key, row.object_id, row.content, row.asked_at) if row else None
