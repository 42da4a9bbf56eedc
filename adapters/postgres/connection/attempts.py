"""Attempts to connect in PostgreSQL, with sealed verifiers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update

from adapters.postgres.ageing import remove_before
from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.connection_tables import attempts
from adapters.postgres.schema.metadata import INSTANT
from adapters.postgres.sealer import Sealer
from domain.connection.attempt import Attempt
from domain.ports.connections import Attempts

_a = attempts.c
_this = (_a.organization_id == bindparam("organization_id"), _a.state_hash == bindparam("state_hash"))

_ADD = insert(attempts)
_TO_USE = select(attempts).where(*_this).with_for_update(key_share=True)
# Core takes a parameter named like a column for a value to set, so these two have names of their own.
_SAVE = (
    update(attempts)
    .where(attempts.c.organization_id == bindparam("here"), attempts.c.state_hash == bindparam("this"))
    .values(used_at=bindparam("used", type_=INSTANT))
)
_REMOVE_OF_ACCOUNT = delete(attempts).where(
    _a.organization_id == bindparam("organization_id"), _a.account_id == bindparam("account_id")
)
_REMOVE_OLD = remove_before(_a.started_at)


class PostgresAttempts(Attempts):
    def __init__(self, transaction: Transaction, sealer: Sealer) -> None:
        self._transaction = transaction
        self._sealer = sealer

    async def add(self, attempt: Attempt) -> None:
        place = verifier_place(attempt.organization_id, attempt.state_hash)
        await self._transaction.run(
            _ADD,
            organization_id=attempt.organization_id,
            state_hash=attempt.state_hash,
            account_id=attempt.account_id,
            session_id=attempt.session_id,
            provider=attempt.provider,
            verifier=self._sealer.seal(attempt.verifier, place),
            started_at=attempt.started_at,
            draft_id=attempt.draft_id,
            used_at=attempt.used_at,
        )

    async def to_use(self, organization_id: UUID, state_hash: bytes) -> Attempt | None:
        found = await self._transaction.run(_TO_USE, organization_id=organization_id, state_hash=state_hash)
        row = found.one_or_none()
        return self._attempt(row) if row else None

    async def save(self, attempt: Attempt) -> None:
        """Nothing but its use ever changes."""
        await self._transaction.run(_SAVE, here=attempt.organization_id, this=attempt.state_hash, used=attempt.used_at)

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return gone.rowcount

    async def remove_started_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount

    def _attempt(self, row: Row[Any]) -> Attempt:
        return Attempt(
            organization_id=row.organization_id,
            state_hash=row.state_hash,
            account_id=row.account_id,
            session_id=row.session_id,
            provider=row.provider,
            verifier=self._sealer.open(row.verifier, verifier_place(row.organization_id, row.state_hash)),
            started_at=row.started_at,
            draft_id=row.draft_id,
            used_at=row.used_at,
        )


def verifier_place(organization_id: UUID, state_hash: bytes) -> str:
    return f"attempts verifier {organization_id} {state_hash.hex()}"
