"""A statement that takes too long, and a connection without answers, end in time."""

import asyncio
import time
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from adapters.postgres import PostgresDatabase, TokenCipher
from domain.errors import StorageUnavailable
from tests.integration.postgres.deaf_proxy import DeafProxy


async def test_a_statement_has_a_time_limit(database: str, cipher: TokenCipher) -> None:
    limited = make_conninfo(database, options="-c statement_timeout=200ms")
    async with PostgresDatabase(limited, cipher) as storage, await psycopg.AsyncConnection.connect(database) as blocker:
        await blocker.execute("LOCK TABLE bookings IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StorageUnavailable):
            await asyncio.wait_for(storage.views.one(uuid4(), uuid4()), 10)
        async with storage.begin() as work:
            with pytest.raises(StorageUnavailable):
                await asyncio.wait_for(work.bookings.to_change(uuid4(), uuid4()), 10)


async def test_a_transaction_that_nobody_uses_is_ended(database: str, cipher: TokenCipher) -> None:
    """The process that held it may be stopped for long; the rows that it locked are needed by others."""
    limited = make_conninfo(database, options="-c idle_in_transaction_session_timeout=100ms")
    async with PostgresDatabase(limited, cipher) as storage:

        async def pause() -> None:
            async with storage.begin() as work:
                await work.bookings.to_change(uuid4(), uuid4())
                await asyncio.sleep(0.4)
                await work.bookings.to_change(uuid4(), uuid4())

        with pytest.raises(StorageUnavailable):
            await pause()


async def test_a_connection_whose_packets_are_dropped_is_given_up(database: str, cipher: TokenCipher) -> None:
    with DeafProxy(database) as way:
        address = make_conninfo(way.address, tcp_user_timeout=500, connect_timeout=2)
        async with PostgresDatabase(address, cipher) as storage:
            await storage.views.one(uuid4(), uuid4())
            way.be_deaf(True)
            began = time.monotonic()
            with pytest.raises(StorageUnavailable):
                await asyncio.wait_for(storage.views.one(uuid4(), uuid4()), 15)
            assert time.monotonic() - began < 10
            way.be_deaf(False)
            assert await storage.views.one(uuid4(), uuid4()) is None
