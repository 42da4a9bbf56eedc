"""Rows under the names that they had before migration 0016, read under the present ones."""

from importlib import import_module
from typing import Any

from tests.integration.data.rows import Rows

_TERMS = import_module("adapters.postgres.migrations.versions.0016_field_terms")


def with_present_names(before: Rows) -> Rows:
    return {
        (now := _TERMS.TABLES.get(table, table)): [_row(now, row) for row in its_rows]
        for table, its_rows in before.items()
    }


def _row(table: str, row: dict[str, Any]) -> dict[str, Any]:
    columns = _TERMS.COLUMNS.get(table, {})
    return {(now := columns.get(name, name)): _value(table, now, value) for name, value in row.items()}


def _value(table: str, column: str, value: Any) -> Any:
    if table == "audit_log" and column in _TERMS.WORDS:
        return _TERMS.WORDS[column].get(value, value)
    return _keys(value, _TERMS.KEYS.get((table, column), {}))


def _keys(value: Any, keys: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {keys.get(name, name): _keys(one, keys) for name, one in value.items()}
    return [_keys(one, keys) for one in value] if isinstance(value, list) else value
