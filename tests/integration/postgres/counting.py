"""Counts what is really sent to Postgres, by whichever way; BEGIN and COMMIT do not pass here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest


class Count(list[str]):
    """The statements, in their order."""


@contextmanager
def counted() -> Iterator[Count]:
    count, execute = Count(), psycopg.AsyncCursor.execute

    async def counting(cursor: Any, query: Any, *values: Any, **more: Any) -> Any:
        count.append(str(query))
        return await execute(cursor, query, *values, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.AsyncCursor, "execute", counting)
        yield count
