"""Encrypts all secrets again with the first key, so that the operator can drop older keys from the ring."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Row, Table, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.postgres.connection.authorization_requests import verifier_place
from adapters.postgres.connection.connection_rows import token_place
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.engine.transaction import translated_errors
from adapters.postgres.schema.connection_tables import authorization_requests, connections
from adapters.postgres.schema.metadata import BYTES
from adapters.postgres.token_cipher import TokenCipher
from domain.meeting.host import Host

_AT_ONCE = 100


async def rotate_keys(database: PostgresDatabase) -> int:
    """Returns the number of secrets that it encrypted again. Safe to run beside the service, and safe to repeat."""
    engine, cipher = database.transactions, database.cipher
    with translated_errors():
        tokens = await _rotate(engine, cipher, connections, [connections.c.access_token, connections.c.refresh_token])
        return tokens + await _rotate(engine, cipher, authorization_requests, [authorization_requests.c.verifier])


async def _rotate(engine: AsyncEngine, cipher: TokenCipher, table: Table, secrets: Sequence[Column[Any]]) -> int:
    """Works in batches until no row is left, with one transaction per batch."""
    older = [func.substring(secret, 1, len(cipher.newest)) != bindparam("newest", type_=BYTES) for secret in secrets]
    some = select(table).where(or_(*older)).limit(_AT_ONCE).with_for_update()
    count = 0
    while True:
        async with engine.begin() as connection:
            rows = (await connection.execute(some, {"newest": cipher.newest})).all()
            for row in rows:
                count += await _rotate_row(connection, cipher, table, row, secrets)
        if not rows:
            return count


async def _rotate_row(
    connection: AsyncConnection, cipher: TokenCipher, table: Table, row: Row[Any], secrets: Sequence[Column[Any]]
) -> int:
    resealed = {
        secret.name: cipher.encrypt(cipher.open(encrypted, _place(row, secret)), _place(row, secret))
        for secret in secrets
        if (encrypted := getattr(row, secret.name)) is not None
    }
    this = [column == getattr(row, column.name) for column in table.primary_key.columns]
    await connection.execute(update(table).where(*this).values(resealed))
    return len(resealed)


def _place(row: Row[Any], secret: Column[Any]) -> str:
    if secret is authorization_requests.c.verifier:
        return verifier_place(row.organization_id, row.state_hash)
    return token_place(secret.name, Host(row.organization_id, row.consultant_id, row.provider))
