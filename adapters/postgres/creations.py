"""Completed create requests in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.record_tables import creations
from domain.creation import Creation
from domain.errors import KeyReused
from domain.ports.records import Creations

_c = creations.c
_this = (_c.organization_id == bindparam("organization_id"), _c.id == bindparam("id"))

_REMEMBER = insert(creations).on_conflict_do_nothing().returning(_c.id)
_CONTENT = select(_c.content).where(*_this)
_REMOVE = delete(creations).where(*_this)
_FORGET = remove_before(_c.asked_at)


class PostgresCreations(Creations):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def first_time(self, creation: Creation) -> bool:
        here, this = creation.organization_id, creation.id
        new = await self._transaction.run(
            _REMEMBER, organization_id=here, id=this, content=creation.content, asked_at=creation.asked_at
        )
        if new.first() is not None:
            return True
        known = await self._transaction.run(_CONTENT, organization_id=here, id=this)
        if known.scalar() != creation.content:
            raise KeyReused
        return False

    async def remove(self, organization_id: UUID, creation_id: UUID) -> None:
        await self._transaction.run(_REMOVE, organization_id=organization_id, id=creation_id)

    async def remove_asked_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_FORGET, moment=moment, most=most)).rowcount
