"""Connect links in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.connection_tables import connect_links
from adapters.postgres.schema.metadata import INSTANT
from domain.connection.connect_link import ConnectLink
from domain.ports.connections import ConnectLinks

_l = connect_links.c
_this = (_l.organization_id == bindparam("organization_id"), _l.token_hash == bindparam("token_hash"))

_ADD = insert(connect_links)
_PENDING = select(func.count()).where(
    _l.organization_id == bindparam("organization_id"),
    _l.made_by == bindparam("made_by"),
    _l.made_at > bindparam("made_after", type_=INSTANT),
    _l.used_at.is_(None),
)
_TO_USE = select(connect_links).where(*_this).with_for_update(key_share=True)
# Core treats a parameter named like a column as a value to set, so these two have names of their own.
_SAVE = (
    update(connect_links)
    .where(connect_links.c.organization_id == bindparam("here"), connect_links.c.token_hash == bindparam("this"))
    .values(used_at=bindparam("used", type_=INSTANT))
)
_REMOVE_OF_CONSULTANT = delete(connect_links).where(
    _l.organization_id == bindparam("organization_id"), _l.consultant_id == bindparam("consultant_id")
)
_REMOVE_OLD = remove_before(_l.made_at)


class PostgresConnectLinks(ConnectLinks):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, link: ConnectLink) -> None:
        await self._transaction.run(
            _ADD,
            organization_id=link.organization_id,
            token_hash=link.token_hash,
            consultant_id=link.consultant_id,
            provider=link.provider,
            made_by=link.made_by,
            made_at=link.made_at,
            used_at=link.used_at,
        )

    async def pending(self, organization_id: UUID, made_by: UUID, *, made_after: datetime) -> int:
        found = await self._transaction.run(
            _PENDING, organization_id=organization_id, made_by=made_by, made_after=made_after
        )
        return int(found.scalar_one())

    async def to_use(self, organization_id: UUID, token_hash: bytes) -> ConnectLink | None:
        found = await self._transaction.run(_TO_USE, organization_id=organization_id, token_hash=token_hash)
        row = found.one_or_none()
        if row is None:
            return None
        return ConnectLink(
            row.organization_id, row.token_hash, row.consultant_id, row.provider, row.made_by, row.made_at, row.used_at
        )

    async def save(self, link: ConnectLink) -> None:
        """Stores the time of use; no other field ever changes."""
        await self._transaction.run(_SAVE, here=link.organization_id, this=link.token_hash, used=link.used_at)

    async def remove_of_consultant(self, organization_id: UUID, consultant_id: UUID) -> int:
        gone = await self._transaction.run(
            _REMOVE_OF_CONSULTANT, organization_id=organization_id, consultant_id=consultant_id
        )
        return gone.rowcount

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount
