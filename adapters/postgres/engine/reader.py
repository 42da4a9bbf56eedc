"""Single queries outside a transaction, on the shortest path: the read engine's pool and psycopg itself.

Executing them through Core would triple the time of a read.
"""

from typing import Any, cast

from psycopg import AsyncConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from adapters.postgres.engine.transaction import translated_errors

Row = tuple[Any, ...]


class Reader:
    """Expects an AUTOCOMMIT engine without reset on return: returning a connection then needs no round trip."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def first(self, question: bytes, **values: object) -> Row | None:
        with translated_errors():
            return await self._ask(question, values)

    async def _ask(self, question: bytes, values: dict[str, object]) -> Row | None:
        lent = await self._engine.raw_connection()
        try:
            connection = cast(AsyncConnection[Row], lent.driver_connection)
            return await (await connection.execute(question, values)).fetchone()
        except BaseException:
            await greenlet_spawn(lent.invalidate)  # its state is unknown, so the pool must not reuse it
            raise
        finally:
            lent.close()
