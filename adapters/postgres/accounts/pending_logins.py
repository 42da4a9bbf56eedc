"""Pending logins in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.second_factor_tables import pending_logins
from domain.accounts.pending_login import PendingLogin
from domain.ports.second_factors import PendingLogins

_p = pending_logins.c
_this = (_p.organization_id == bindparam("organization_id"), _p.token_hash == bindparam("token_hash"))

_ADD = insert(pending_logins)
_FIND = select(pending_logins).where(*_this)
_SAVE = (
    update(pending_logins)
    .where(_p.organization_id == bindparam("here"), _p.token_hash == bindparam("this"))
    .values(wrong_codes=bindparam("wrong"))
)
_REMOVE = delete(pending_logins).where(*_this)
_REMOVE_OF_ACCOUNT = delete(pending_logins).where(
    _p.organization_id == bindparam("organization_id"), _p.account_id == bindparam("account_id")
)
_REMOVE_OLD = remove_before(_p.made_at)


class PostgresPendingLogins(PendingLogins):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, pending: PendingLogin) -> None:
        await self._transaction.run(
            _ADD,
            organization_id=pending.organization_id,
            token_hash=pending.token_hash,
            browser_hash=pending.browser_hash,
            account_id=pending.account_id,
            made_at=pending.made_at,
            wrong_codes=pending.wrong_codes,
        )

    async def find(self, organization_id: UUID, token_hash: bytes) -> PendingLogin | None:
        found = await self._transaction.run(_FIND, organization_id=organization_id, token_hash=token_hash)
        row = found.one_or_none()
        return (
            PendingLogin(
                row.organization_id, row.token_hash, row.browser_hash, row.account_id, row.made_at, row.wrong_codes
            )
            if row
            else None
        )

    async def save(self, pending: PendingLogin) -> None:
        key = {"here": pending.organization_id, "this": pending.token_hash}
        await self._transaction.run(_SAVE, **key, wrong=pending.wrong_codes)

    async def remove(self, pending: PendingLogin) -> None:
        await self._transaction.run(_REMOVE, organization_id=pending.organization_id, token_hash=pending.token_hash)

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return gone.rowcount

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount
