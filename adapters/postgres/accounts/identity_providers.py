"""Identity providers in PostgreSQL, with encrypted client secrets."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.identity_tables import identity_providers
from adapters.postgres.token_cipher import DecryptionFailed, TokenCipher, log_unreadable
from domain.accounts.identity_provider import IdentityProvider
from domain.ports.identity import IdentityProviders

_p = identity_providers.c
_here = _p.organization_id == bindparam("organization_id")

_FIND = select(identity_providers).where(_here)
_new = insert(identity_providers)
_SAVE = _new.on_conflict_do_update(
    index_elements=[_p.organization_id],
    set_={column.name: _new.excluded[column.name] for column in _p if column is not _p.organization_id},
)
_REMOVE = delete(identity_providers).where(_here)


class PostgresIdentityProviders(IdentityProviders):
    def __init__(self, transaction: Transaction, cipher: TokenCipher) -> None:
        self._transaction = transaction
        self._cipher = cipher

    async def find(self, organization_id: UUID) -> IdentityProvider | None:
        row = (await self._transaction.run(_FIND, organization_id=organization_id)).one_or_none()
        return self._provider(row) if row else None

    async def save(self, provider: IdentityProvider) -> None:
        """A secret that cannot be decrypted stays void: an admin has to enter it again."""
        here = provider.organization_id
        await self._transaction.run(
            _SAVE,
            organization_id=here,
            issuer=provider.issuer,
            client_id=provider.client_id,
            client_secret=self._cipher.encrypt(provider.client_secret or "", secret_place(here)),
            domains=list(provider.domains),
            required=provider.required,
            break_glass=sorted(provider.break_glass),
            set_at=provider.set_at,
        )

    async def remove(self, organization_id: UUID) -> None:
        await self._transaction.run(_REMOVE, organization_id=organization_id)

    def _provider(self, row: Row[Any]) -> IdentityProvider:
        return IdentityProvider(
            row.organization_id,
            row.issuer,
            row.client_id,
            self._opened(row),
            tuple(row.domains),
            row.required,
            frozenset(row.break_glass),
            row.set_at,
        )

    def _opened(self, row: Row[Any]) -> str | None:
        try:
            return self._cipher.open(row.client_secret, secret_place(row.organization_id)) or None
        except DecryptionFailed as error:
            log_unreadable(f"the client secret of the identity provider of {row.organization_id}", error)
            return None


def secret_place(organization_id: UUID) -> str:
    return f"identity_providers client_secret {organization_id}"
