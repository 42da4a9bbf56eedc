"""Single questions outside any transaction, by the shortest way: the read engine's pool and psycopg itself.

Core builds and compiles these statements once; executing them through it costs three times the rest of a read.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from adapters.postgres.transaction import our_words


class Reader:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def first(self, question: bytes, **values: object) -> tuple[Any, ...] | None:
        with our_words():
            async with self._connection() as connection:
                cursor = await connection.execute(question, values)
                return await cursor.fetchone()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection[tuple[Any, ...]]]:
        lent = await self._engine.raw_connection()
        try:
            yield cast(AsyncConnection[tuple[Any, ...]], lent.driver_connection)
        except BaseException:
            await greenlet_spawn(lent.invalidate)  # whatever state it is in, nobody else gets it
            raise
        finally:
            await greenlet_spawn(lent.close)
