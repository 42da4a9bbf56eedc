"""Passkeys and the challenges that they sign, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.engine.sanitize import storable
from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.metadata import INSTANT
from adapters.postgres.schema.second_factor_tables import passkey_challenges, passkeys
from domain.accounts.errors import PasskeyFailed
from domain.accounts.passkey import Passkey, PasskeyChallenge
from domain.ports.second_factors import PasskeyChallenges, Passkeys

_p = passkeys.c
_here = _p.organization_id == bindparam("organization_id")
_theirs = (_here, _p.account_id == bindparam("account_id"))

_ADD = insert(passkeys).on_conflict_do_nothing(index_elements=[_p.organization_id, _p.credential_id]).returning(_p.id)
_OF_ACCOUNT = select(passkeys).where(*_theirs).order_by(_p.made_at, _p.id)
_TO_USE = select(passkeys).where(_here, _p.credential_id == bindparam("credential_id")).with_for_update()
_SAVE = (
    update(passkeys)
    .where(_p.organization_id == bindparam("here"), _p.id == bindparam("this"))
    .values(sign_count=bindparam("count"), used_at=bindparam("at", type_=INSTANT))
)
_REMOVE = delete(passkeys).where(*_theirs, _p.id == bindparam("id"))
_REMOVE_OF_ACCOUNT = delete(passkeys).where(*_theirs)


class PostgresPasskeys(Passkeys):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, passkey: Passkey) -> None:
        added = await self._transaction.run(
            _ADD,
            organization_id=passkey.organization_id,
            id=passkey.id,
            account_id=passkey.account_id,
            credential_id=passkey.credential_id,
            public_key=passkey.public_key,
            sign_count=passkey.sign_count,
            name=storable(passkey.name),
            made_at=passkey.made_at,
            used_at=passkey.used_at,
        )
        if added.first() is None:
            raise PasskeyFailed

    async def of_account(self, organization_id: UUID, account_id: UUID) -> Sequence[Passkey]:
        found = await self._transaction.run(_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return list(map(_to_passkey, found.all()))

    async def to_use(self, organization_id: UUID, credential_id: bytes) -> Passkey | None:
        found = await self._transaction.run(_TO_USE, organization_id=organization_id, credential_id=credential_id)
        row = found.one_or_none()
        return _to_passkey(row) if row else None

    async def save(self, passkey: Passkey) -> None:
        key = {"here": passkey.organization_id, "this": passkey.id}
        await self._transaction.run(_SAVE, **key, count=passkey.sign_count, at=passkey.used_at)

    async def remove(self, organization_id: UUID, account_id: UUID, passkey_id: UUID) -> bool:
        gone = await self._transaction.run(
            _REMOVE, organization_id=organization_id, account_id=account_id, id=passkey_id
        )
        return bool(gone.rowcount)

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return gone.rowcount


def _to_passkey(row: Row[Any]) -> Passkey:
    return Passkey(
        row.organization_id,
        row.id,
        row.account_id,
        row.credential_id,
        row.public_key,
        row.sign_count,
        row.name,
        row.made_at,
        row.used_at,
    )


_c = passkey_challenges.c
_ADD_CHALLENGE = insert(passkey_challenges)
_USE_UP = (
    delete(passkey_challenges).where(_c.challenge_hash == bindparam("challenge_hash")).returning(passkey_challenges)
)
_REMOVE_OLD = remove_before(_c.made_at)


class PostgresPasskeyChallenges(PasskeyChallenges):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, challenge: PasskeyChallenge) -> None:
        await self._transaction.run(
            _ADD_CHALLENGE,
            challenge_hash=challenge.challenge_hash,
            made_at=challenge.made_at,
            organization_id=challenge.organization_id,
            account_id=challenge.account_id,
        )

    async def use_up(self, challenge_hash: bytes) -> PasskeyChallenge | None:
        row = (await self._transaction.run(_USE_UP, challenge_hash=challenge_hash)).one_or_none()
        return PasskeyChallenge(row.challenge_hash, row.made_at, row.organization_id, row.account_id) if row else None

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount
