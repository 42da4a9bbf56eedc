"""Every row of every table, to compare two databases or two moments of one."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec
import psycopg
from psycopg import sql

Rows = dict[str, list[dict[str, Any]]]

_TABLES = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"


def rows(address: str) -> Rows:
    """By table. Instants and bytes as PostgreSQL writes them into JSON."""
    with psycopg.connect(address, options="-c timezone=UTC") as connection:
        tables = [str(row[0]) for row in connection.execute(_TABLES).fetchall()]
        return {table: _all(connection, table) for table in tables}


def _all(connection: psycopg.Connection[Any], table: str) -> list[dict[str, Any]]:
    question = sql.SQL("SELECT to_jsonb(it) FROM {} it").format(sql.Identifier(table))
    return [row[0] for row in connection.execute(question).fetchall()]


def counted(table: list[dict[str, Any]], columns: set[str] | None = None) -> Counter[bytes]:
    return Counter(_written(row, columns) for row in table)


def _written(row: Mapping[str, Any], columns: set[str] | None) -> bytes:
    kept = {name: value for name, value in row.items() if columns is None or name in columns}
    return msgspec.json.encode(kept, order="deterministic")
