"""Describes in one sentence whether the database is usable."""

import asyncio
import logging
from datetime import UTC, datetime

import psycopg
from psycopg.errors import UndefinedTable

from adapters.postgres.engine.address import limited_parameters
from adapters.postgres.engine.error_translation import FAILURES, translated
from adapters.postgres.operations.migrate import pending
from adapters.postgres.token_cipher import TokenCipher
from domain.errors import StorageUnavailable
from domain.ports.storage_check import StorageCheck

OLDEST = 150000
_AWAY = "cannot be reached, or is too old. The log says more."
_ENCRYPTED = """
    SELECT substring(secret, 1, 5), count(*) FROM (
        SELECT access_token FROM connections UNION ALL SELECT refresh_token FROM connections
        UNION ALL SELECT verifier FROM authorization_requests
    ) AS stored (secret) WHERE secret IS NOT NULL GROUP BY 1
"""

_log = logging.getLogger("calendra.postgres")


class PostgresCheck(StorageCheck):
    def __init__(self, address: str) -> None:
        self._address = address

    async def __call__(self) -> str:
        said = await reachable(self._address)
        if not said.startswith("ok"):
            _log.error("the database %s", said)  # the reason may name hosts and files, so it stays in the log
            return _AWAY
        try:
            missing = await asyncio.to_thread(pending, self._address)
        except StorageUnavailable as error:  # it has just gone away
            _log.exception("the database cannot be reached", exc_info=error)
            return _AWAY
        return f"migrations are to come: {', '.join(missing)}. Run: calendra migrate" if missing else "ok"


async def reachable(address: str) -> str:
    """Returns `ok: PostgreSQL 18.1`, or a description of the problem."""
    try:
        async with await psycopg.AsyncConnection.connect(**limited_parameters(address, "calendra check")) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        return f"cannot be reached ({_first_line(error)}). Check CALENDRA_DATABASE_URL and that Postgres runs."
    if version < OLDEST:
        return f"PostgreSQL {version // 10000} is too old; 15 or newer is needed."
    return f"ok: PostgreSQL {version // 10000}.{version % 10000}"


async def clock_skew_seconds(address: str) -> float:
    """How far the database's clock is ahead of ours, in seconds. Raises StorageUnavailable."""
    try:
        async with await psycopg.AsyncConnection.connect(**limited_parameters(address, "calendra check")) as connection:
            row = await (await connection.execute("SELECT clock_timestamp()")).fetchone()
    except FAILURES as error:
        raise translated(error) from error
    if row is None:
        raise StorageUnavailable
    moment: datetime = row[0]
    return (moment - datetime.now(UTC)).total_seconds()


async def encrypted_with_other_keys(address: str, cipher: TokenCipher) -> int:
    """The number of stored secrets that no key of the ring decrypts. Raises StorageUnavailable."""
    try:
        async with await psycopg.AsyncConnection.connect(**limited_parameters(address, "calendra check")) as connection:
            rows = await (await connection.execute(_ENCRYPTED)).fetchall()
    except UndefinedTable:
        return 0
    except FAILURES as error:
        raise translated(error) from error
    return sum(count for beginning, count in rows if not cipher.knows(beginning))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]
