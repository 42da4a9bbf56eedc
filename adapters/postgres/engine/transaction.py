"""One open transaction that raises domain errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

from sqlalchemy import ClauseElement, CursorResult, Executable, TextClause, UpdateBase
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import visitors

from adapters.postgres.engine.error_translation import FAILURES, translated


class Transaction:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._afterwards: list[Callable[[], None]] = []
        self._wrote = False

    async def run(self, statement: Executable, /, **values: Any) -> CursorResult[Any]:
        self._wrote = self._wrote or _may_write(statement)
        with translated_errors():
            return await self._connection.execute(statement, values)

    def afterwards(self, deed: Callable[[], None]) -> None:
        """Runs `deed` after the commit."""
        self._afterwards.append(deed)

    async def commit(self) -> None:
        with translated_errors():
            await self._connection.commit()
        for deed in self._afterwards:
            deed()
        self._afterwards.clear()
        self._wrote = False

    async def end_reading(self) -> None:
        """Commits if the transaction wrote nothing. A rollback would make the driver forget all statements prepared on
        this connection."""
        if not self._wrote:
            await self.commit()


@cache
def _may_write(statement: Executable) -> bool:
    parts = visitors.iterate(cast(ClauseElement, statement))
    return any(isinstance(part, UpdateBase | TextClause) for part in parts)


@contextmanager
def translated_errors() -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        word = translated(error)
        if word is error:
            raise
        raise word from error
