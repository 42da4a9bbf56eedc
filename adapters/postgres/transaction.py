"""One open transaction, speaking the domain's errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.postgres.failures import FAILURES, translated


class Transaction:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._afterwards: list[Callable[[], None]] = []

    async def run(self, statement: Executable, /, **values: Any) -> CursorResult[Any]:
        with our_words():
            return await self._connection.execute(statement, values)

    def afterwards(self, deed: Callable[[], None]) -> None:
        """Done once the changes are true."""
        self._afterwards.append(deed)

    async def commit(self) -> None:
        with our_words():
            await self._connection.commit()
        for deed in self._afterwards:
            deed()
        self._afterwards.clear()


@contextmanager
def our_words() -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        word = translated(error)
        if word is error:
            raise
        raise word from error
