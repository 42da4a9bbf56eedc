"""Single questions outside any transaction, by the shortest way: the read engine's pool and psycopg itself.

Executing them through Core as well would cost three times the rest of a read.
"""

from typing import Any, cast

from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from adapters.postgres.engine.transaction import our_words

Row = tuple[Any, ...]


class Reader:
    """Of an engine in AUTOCOMMIT that resets nothing: giving a connection back then needs no round trip."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def first(self, question: bytes, **values: object) -> Row | None:
        with our_words():
            return await self._ask(question, values)

    async def _ask(self, question: bytes, values: dict[str, object]) -> Row | None:
        lent = await self._engine.raw_connection()
        try:
            connection = cast(AsyncConnection[Row], lent.driver_connection)
            return await (await connection.execute(question, values)).fetchone()
        except BaseException:
            await greenlet_spawn(lent.invalidate)  # whatever state it is in, nobody else gets it
            raise
        finally:
            lent.close()
