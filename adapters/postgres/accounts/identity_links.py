"""Identity links in PostgreSQL."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.identity_tables import identity_links
from domain.accounts.identity import IdentityLink
from domain.ports.identity import IdentityLinks

_l = identity_links.c
_here = _l.organization_id == bindparam("organization_id")

_ADD = insert(identity_links).on_conflict_do_nothing().returning(_l.account_id)
_OF_SUBJECT = select(identity_links).where(_here, _l.issuer == bindparam("issuer"), _l.subject == bindparam("subject"))
_ALL = select(identity_links).where(_here)
_REMOVE = delete(identity_links).where(_here, _l.account_id == bindparam("account_id"))
_REMOVE_ALL = delete(identity_links).where(_here)


class PostgresIdentityLinks(IdentityLinks):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, link: IdentityLink) -> bool:
        added = await self._transaction.run(
            _ADD,
            organization_id=link.organization_id,
            account_id=link.account_id,
            issuer=link.issuer,
            subject=link.subject,
            linked_at=link.linked_at,
        )
        return added.first() is not None

    async def of_subject(self, organization_id: UUID, issuer: str, subject: str) -> IdentityLink | None:
        found = await self._transaction.run(
            _OF_SUBJECT, organization_id=organization_id, issuer=issuer, subject=subject
        )
        row = found.one_or_none()
        return _to_link(row) if row else None

    async def of_organization(self, organization_id: UUID) -> Sequence[IdentityLink]:
        found = await self._transaction.run(_ALL, organization_id=organization_id)
        return list(map(_to_link, found.all()))

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE, organization_id=organization_id, account_id=account_id)
        return gone.rowcount

    async def remove_of_organization(self, organization_id: UUID) -> int:
        return (await self._transaction.run(_REMOVE_ALL, organization_id=organization_id)).rowcount


def _to_link(row: Row[Any]) -> IdentityLink:
    return IdentityLink(row.organization_id, row.account_id, row.issuer, row.subject, row.linked_at)
