"""Authorization requests in PostgreSQL, with encrypted verifiers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.connection_tables import authorization_requests
from adapters.postgres.schema.metadata import INSTANT
from adapters.postgres.token_cipher import DecryptionFailed, TokenCipher, log_unreadable
from domain.connection.authorization_request import AuthorizationRequest
from domain.ports.connections import AuthorizationRequests

_a = authorization_requests.c
_this = (_a.organization_id == bindparam("organization_id"), _a.state_hash == bindparam("state_hash"))

_ADD = insert(authorization_requests)
_TO_USE = select(authorization_requests).where(*_this).with_for_update(key_share=True)
# Core treats a parameter named like a column as a value to set, so these two have names of their own.
_SAVE = (
    update(authorization_requests)
    .where(
        authorization_requests.c.organization_id == bindparam("here"),
        authorization_requests.c.state_hash == bindparam("this"),
    )
    .values(used_at=bindparam("used", type_=INSTANT))
)
_REMOVE_OF_ACCOUNT = delete(authorization_requests).where(
    _a.organization_id == bindparam("organization_id"), _a.account_id == bindparam("account_id")
)
_REMOVE_OLD = remove_before(_a.started_at)


class PostgresAuthorizationRequests(AuthorizationRequests):
    def __init__(self, transaction: Transaction, cipher: TokenCipher) -> None:
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, request: AuthorizationRequest) -> None:
        place = verifier_place(request.organization_id, request.state_hash)
        await self._transaction.run(
            _ADD,
            organization_id=request.organization_id,
            state_hash=request.state_hash,
            account_id=request.account_id,
            login_id=request.login_id,
            provider=request.provider,
            verifier=self._cipher.encrypt(request.verifier, place),
            started_at=request.started_at,
            draft_id=request.draft_id,
            used_at=request.used_at,
        )

    async def to_use(self, organization_id: UUID, state_hash: bytes) -> AuthorizationRequest | None:
        found = await self._transaction.run(_TO_USE, organization_id=organization_id, state_hash=state_hash)
        row = found.one_or_none()
        return self._request(row) if row else None

    async def save(self, request: AuthorizationRequest) -> None:
        """Stores the time of use; no other field ever changes."""
        await self._transaction.run(_SAVE, here=request.organization_id, this=request.state_hash, used=request.used_at)

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return gone.rowcount

    async def remove_started_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount

    def _request(self, row: Row[Any]) -> AuthorizationRequest | None:
        """None when its verifier cannot be decrypted: it cannot be completed, and the consultant starts another."""
        try:
            verifier = self._cipher.open(row.verifier, verifier_place(row.organization_id, row.state_hash))
        except DecryptionFailed as error:
            log_unreadable(f"the verifier of an authorization request of {row.account_id}", error)
            return None
        return AuthorizationRequest(
            organization_id=row.organization_id,
            state_hash=row.state_hash,
            account_id=row.account_id,
            login_id=row.login_id,
            provider=row.provider,
            verifier=verifier,
            started_at=row.started_at,
            draft_id=row.draft_id,
            used_at=row.used_at,
        )


def verifier_place(organization_id: UUID, state_hash: bytes) -> str:
    return f"attempts verifier {organization_id} {state_hash.hex()}"
