"""Sign-ins at identity providers that are under way, in PostgreSQL, with encrypted verifiers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.identity_tables import sign_in_requests
from adapters.postgres.schema.metadata import INSTANT
from adapters.postgres.token_cipher import DecryptionFailed, TokenCipher, log_unreadable
from domain.accounts.sign_in_request import SignInRequest
from domain.ports.identity import SignInRequests

_r = sign_in_requests.c
_here = _r.organization_id == bindparam("organization_id")

_ADD = insert(sign_in_requests)
_TO_USE = select(sign_in_requests).where(_here, _r.state_hash == bindparam("state_hash")).with_for_update()
# Core treats a parameter named like a column as a value to set, so these two have names of their own.
_SAVE = (
    update(sign_in_requests)
    .where(_r.organization_id == bindparam("here"), _r.state_hash == bindparam("this"))
    .values(used_at=bindparam("used", type_=INSTANT))
)
_REMOVE_ALL = delete(sign_in_requests).where(_here)
_REMOVE_OLD = remove_before(_r.started_at)


class PostgresSignInRequests(SignInRequests):
    def __init__(self, transaction: Transaction, cipher: TokenCipher) -> None:
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, request: SignInRequest) -> None:
        place = sign_in_place(request.organization_id, request.state_hash)
        await self._transaction.run(
            _ADD,
            organization_id=request.organization_id,
            state_hash=request.state_hash,
            browser_hash=request.browser_hash,
            nonce_hash=request.nonce_hash,
            verifier=self._cipher.encrypt(request.verifier, place),
            issuer=request.issuer,
            started_at=request.started_at,
            confirms=request.confirms,
            used_at=request.used_at,
        )

    async def to_use(self, organization_id: UUID, state_hash: bytes) -> SignInRequest | None:
        found = await self._transaction.run(_TO_USE, organization_id=organization_id, state_hash=state_hash)
        row = found.one_or_none()
        return self._request(row) if row else None

    async def save(self, request: SignInRequest) -> None:
        await self._transaction.run(_SAVE, here=request.organization_id, this=request.state_hash, used=request.used_at)

    async def remove_of_organization(self, organization_id: UUID) -> int:
        return (await self._transaction.run(_REMOVE_ALL, organization_id=organization_id)).rowcount

    async def remove_started_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount

    def _request(self, row: Row[Any]) -> SignInRequest | None:
        try:
            verifier = self._cipher.open(row.verifier, sign_in_place(row.organization_id, row.state_hash))
        except DecryptionFailed as error:
            log_unreadable(f"the verifier of a sign-in of {row.organization_id}", error)
            return None
        return SignInRequest(
            row.organization_id,
            row.state_hash,
            row.browser_hash,
            row.nonce_hash,
            verifier,
            row.issuer,
            row.started_at,
            row.confirms,
            row.used_at,
        )


def sign_in_place(organization_id: UUID, state_hash: bytes) -> str:
    return f"sign_in_requests verifier {organization_id} {state_hash.hex()}"
