"""Encrypts all secrets again with the first key, so that the operator can drop older keys from the ring."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Row, Table, bindparam, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.postgres.accounts.identity_providers import secret_place
from adapters.postgres.accounts.second_factors import app_place
from adapters.postgres.accounts.sign_in_requests import sign_in_place
from adapters.postgres.connection.authorization_requests import verifier_place
from adapters.postgres.connection.connection_rows import token_place
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.engine.transaction import translated_errors
from adapters.postgres.schema.connection_tables import authorization_requests, connections
from adapters.postgres.schema.identity_tables import identity_providers, sign_in_requests
from adapters.postgres.schema.metadata import BYTES
from adapters.postgres.schema.second_factor_tables import authenticator_apps
from adapters.postgres.token_cipher import DecryptionFailed, TokenCipher
from domain.meeting.host import Host

_AT_ONCE = 100
_SECRETS: Sequence[tuple[Table, Sequence[Column[Any]]]] = [
    (connections, [connections.c.access_token, connections.c.refresh_token]),
    (authorization_requests, [authorization_requests.c.verifier]),
    (identity_providers, [identity_providers.c.client_secret]),
    (sign_in_requests, [sign_in_requests.c.verifier]),
]


class Rotated(NamedTuple):
    """How many secrets were encrypted again, and how many stay because no key of the ring decrypts them."""

    secrets: int = 0
    unreadable: int = 0

    def plus(self, other: "Rotated") -> "Rotated":
        return Rotated(self.secrets + other.secrets, self.unreadable + other.unreadable)


async def rotate_keys(database: PostgresDatabase) -> Rotated:
    """Safe to run beside the service, and safe to repeat."""
    engine, cipher = database.transactions, database.cipher
    rotated = Rotated()
    with translated_errors():
        for table, secrets in _SECRETS:
            rotated = rotated.plus(await _rotate(engine, cipher, table, secrets))
    return rotated


async def _rotate(engine: AsyncEngine, cipher: TokenCipher, table: Table, secrets: Sequence[Column[Any]]) -> Rotated:
    """Works in batches in the order of the primary key, with one transaction per batch. Rows that cannot be decrypted
    stay as they are and stop nothing."""
    older = [func.substring(secret, 1, len(cipher.newest)) != bindparam("newest", type_=BYTES) for secret in secrets]
    key = list(table.primary_key.columns)
    some = select(table).where(or_(*older)).order_by(*key).limit(_AT_ONCE).with_for_update()
    rotated, last = Rotated(), None
    while True:
        following = some.where(tuple_(*key) > tuple_(*last)) if last else some
        async with engine.begin() as connection:
            rows = (await connection.execute(following, {"newest": cipher.newest})).all()
            for row in rows:
                rotated = rotated.plus(await _rotate_row(connection, cipher, table, row, secrets))
        if not rows:
            return rotated
        last = [bindparam(None, getattr(rows[-1], column.name), type_=column.type) for column in key]


async def _rotate_row(
    connection: AsyncConnection, cipher: TokenCipher, table: Table, row: Row[Any], secrets: Sequence[Column[Any]]
) -> Rotated:
    stored = [secret for secret in secrets if getattr(row, secret.name) is not None]
    try:
        opened = {one.name: cipher.open(getattr(row, one.name), _place(row, one)) for one in stored}
    except DecryptionFailed:
        return Rotated(unreadable=len(stored))
    resealed = {one.name: cipher.encrypt(opened[one.name], _place(row, one)) for one in stored}
    this = [column == getattr(row, column.name) for column in table.primary_key.columns]
    await connection.execute(update(table).where(*this).values(resealed))
    return Rotated(secrets=len(resealed))


def _place(row: Row[Any], secret: Column[Any]) -> str:
    if secret is identity_providers.c.client_secret:
        return secret_place(row.organization_id)
    if secret is sign_in_requests.c.verifier:
        return sign_in_place(row.organization_id, row.state_hash)
    if secret is authorization_requests.c.verifier:
        return verifier_place(row.organization_id, row.state_hash)
    if secret is authenticator_apps.c.secret:
        return app_place(row.organization_id, row.id)
    return token_place(secret.name, Host(row.organization_id, row.consultant_id, row.provider))
