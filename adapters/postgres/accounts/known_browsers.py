"""Known browsers in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.metadata import BYTES
from adapters.postgres.schema.people_tables import known_browsers
from domain.accounts.known_browser import KnownBrowser
from domain.ports.people import KnownBrowsers

_k = known_browsers.c

_OF_TOKEN = select(known_browsers).where(
    _k.organization_id == bindparam("organization_id"), _k.token_hash == bindparam("token_hash")
)
_ANY_OF_ACCOUNT = select(
    exists(
        select(_k.account_id).where(
            _k.organization_id == bindparam("organization_id"), _k.account_id == bindparam("account_id")
        )
    )
)
_GIVE_TOKEN = (
    update(known_browsers)
    .where(_k.organization_id == bindparam("here"), _k.token_hash == bindparam("old"))
    .values(token_hash=bindparam("new", type_=BYTES))
)
_new = insert(known_browsers)
_SAVE = _new.on_conflict_do_update(
    index_elements=["organization_id", "token_hash", "account_id"], set_={"used_at": _new.excluded.used_at}
)
_REMOVE_OF_ACCOUNT = delete(known_browsers).where(
    _k.organization_id == bindparam("organization_id"), _k.account_id == bindparam("account_id")
)
_REMOVE_OLD = remove_before(_k.used_at)


class PostgresKnownBrowsers(KnownBrowsers):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of_token(self, organization_id: UUID, token_hash: bytes) -> Sequence[KnownBrowser]:
        found = await self._transaction.run(_OF_TOKEN, organization_id=organization_id, token_hash=token_hash)
        return [KnownBrowser(row.organization_id, row.token_hash, row.account_id, row.used_at) for row in found.all()]

    async def any_of_account(self, organization_id: UUID, account_id: UUID) -> bool:
        found = await self._transaction.run(_ANY_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return bool(found.scalar_one())

    async def give_token(self, organization_id: UUID, old_hash: bytes, new_hash: bytes) -> None:
        await self._transaction.run(_GIVE_TOKEN, here=organization_id, old=old_hash, new=new_hash)

    async def save(self, known: KnownBrowser) -> None:
        await self._transaction.run(
            _SAVE,
            organization_id=known.organization_id,
            token_hash=known.token_hash,
            account_id=known.account_id,
            used_at=known.used_at,
        )

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        removed = await self._transaction.run(
            _REMOVE_OF_ACCOUNT, organization_id=organization_id, account_id=account_id
        )
        return removed.rowcount

    async def remove_used_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount
