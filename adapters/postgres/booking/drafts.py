"""Drafts of bookings in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.connection_tables import drafts
from adapters.postgres.schema.metadata import TEXT
from domain.booking.draft import Draft
from domain.ports.drafts import Drafts

_d = drafts.c
_theirs = (_d.organization_id == bindparam("organization_id"), _d.account_id == bindparam("account_id"))
_this = (*_theirs, _d.id == bindparam("id"))

_put = insert(drafts)
_SAVE = _put.on_conflict_do_update(
    index_elements=[_d.organization_id, _d.account_id, _d.id],
    set_={name: _put.excluded[name] for name in ("form", "saved_at", "booking_id")},
)
_FIND = select(drafts).where(*_this)
_OF_ACCOUNT = select(drafts).where(*_theirs).order_by(_d.saved_at.desc(), _d.id.desc())
_OF_ORGANIZATION = (
    select(drafts).where(_d.organization_id == bindparam("organization_id")).order_by(_d.id).with_for_update()
)
_NAMING = _OF_ORGANIZATION.where(_d.form.cast(TEXT).contains(bindparam("client_id")))
_REMOVE = delete(drafts).where(*_this)
_REMOVE_OF_ACCOUNT = delete(drafts).where(*_theirs)
_REMOVE_OLD = remove_before(_d.saved_at)


class PostgresDrafts(Drafts):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def save(self, draft: Draft) -> None:
        await self._transaction.run(
            _SAVE,
            organization_id=draft.organization_id,
            account_id=draft.account_id,
            id=draft.id,
            form=draft.form,
            saved_at=draft.saved_at,
            booking_id=draft.booking_id,
        )

    async def find(self, organization_id: UUID, account_id: UUID, draft_id: UUID) -> Draft | None:
        found = await self._transaction.run(_FIND, organization_id=organization_id, account_id=account_id, id=draft_id)
        row = found.one_or_none()
        return _draft(row) if row else None

    async def of_account(self, organization_id: UUID, account_id: UUID) -> Sequence[Draft]:
        found = await self._transaction.run(_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return list(map(_draft, found.all()))

    async def remove(self, organization_id: UUID, account_id: UUID, draft_id: UUID) -> None:
        await self._transaction.run(_REMOVE, organization_id=organization_id, account_id=account_id, id=draft_id)

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return gone.rowcount

    async def naming(self, organization_id: UUID, client_id: UUID) -> Sequence[Draft]:
        found = await self._transaction.run(_NAMING, organization_id=organization_id, client_id=str(client_id))
        return list(map(_draft, found.all()))

    async def of_organization(self, organization_id: UUID) -> Sequence[Draft]:
        found = await self._transaction.run(_OF_ORGANIZATION, organization_id=organization_id)
        return list(map(_draft, found.all()))

    async def remove_saved_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount


def _draft(row: Row[Any]) -> Draft:
    return Draft(row.organization_id, row.id, row.account_id, row.form, row.saved_at, row.booking_id)
