"""Writes exceptions into the log without the messages of the database: PostgreSQL quotes rows, statements and
parameters in them."""

import logging
import traceback
from collections.abc import Iterator

from structlog.typing import ExcInfo

_DATABASE = ("psycopg", "sqlalchemy")


def formatted(exc_info: ExcInfo) -> str:
    """As Python prints it, causes first."""
    return "\n".join(_lines(exc_info[1], set()))


def described(error: BaseException) -> str:
    if not _of_database(error):
        return "".join(traceback.format_exception_only(error)).rstrip()
    diag = getattr(error, "diag", None)
    names = {name: getattr(diag, f"{name}_name", None) for name in ("constraint", "table", "column")}
    facts = {"SQLSTATE": getattr(error, "sqlstate", None), **names}
    said = ", ".join(f"{name} {value}" for name, value in facts.items() if value)
    return f"{type(error).__module__}.{type(error).__qualname__}" + (f" ({said})" if said else "")


class WithoutRows(logging.Filter):
    """Describes errors of the database that are arguments of a log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _safe(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_safe(one) for one in record.args)
        return True


def _safe(value: object) -> object:
    return described(value) if isinstance(value, BaseException) and _of_database(value) else value


def _of_database(error: BaseException) -> bool:
    return any(kind.__module__.partition(".")[0] in _DATABASE for kind in type(error).__mro__)


def _lines(error: BaseException, seen: set[int]) -> Iterator[str]:
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following and id(following) not in seen:
        seen.add(id(following))
        chain.append(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    for place, one in enumerate(reversed(chain)):
        if place:
            yield "\nIt led to:\n"
        yield "Traceback (most recent call last):"
        yield "".join(traceback.format_tb(one.__traceback__)).rstrip()
        yield described(one)
        for part in one.exceptions if isinstance(one, BaseExceptionGroup) else ():
            yield from _lines(part, seen)
