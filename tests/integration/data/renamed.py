"""Rows as they were before migrations 0016 and 0018, read under the present names and types."""

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
    named = {(now := columns.get(name, name)): _value(table, now, value) for name, value in row.items()}
    if table == "audit_log" and "answer" not in row:
        return _typed(named)
    if "meeting" in named and table == "bookings":
        reasons = {name: named["meeting"].get(name) or None for name in ("reason", "link_change_reason")}
        return {**named, "meeting": {**named["meeting"], **reasons}}
    return named


def _value(table: str, column: str, value: Any) -> Any:
    if table == "audit_log" and column in _TERMS.WORDS:
        return _TERMS.WORDS[column].get(value, value)
    return _keys(value, _TERMS.KEYS.get((table, column), {}))


def _keys(value: Any, keys: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {keys.get(name, name): _keys(one, keys) for name, one in value.items()}
    return [_keys(one, keys) for one in value] if isinstance(value, list) else value


def _typed(entry: dict[str, Any]) -> dict[str, Any]:
    """An audit entry whose outcome was a sentence and whose facts were texts."""
    said, facts = entry["outcome"], dict(entry["facts"])
    code = said.partition(":")[0].partition(" ")[0] or None
    if entry["action"] == "authorization_ended":
        code = "authorization_ended"
    provider = facts.pop("provider", entry["provider"])
    found = {"found": int(said.partition(" ")[2])} if code == "found" else {}
    typed = {**_lists(facts), **_numbers(facts), **_objects(facts, entry["action"]), **found}
    reason = entry["reason"] or None
    return {**entry, "provider": provider, "reason": reason, "outcome": code, "facts": {**facts, **typed}}


def _lists(facts: dict[str, str]) -> dict[str, Any]:
    return {name: facts.pop(name).split(", ") for name in ("changed", "differs", "roles") if name in facts}


def _numbers(facts: dict[str, str]) -> dict[str, Any]:
    shortened = {"title_shortened_to": int(facts.pop("title_shortened_to"))} if "title_shortened_to" in facts else {}
    link = {"link_changed": True} if facts.pop("link", "") else {}
    acknowledged = {"acknowledgement": facts.pop("how")} if "how" in facts else {}
    return {**shortened, **link, **acknowledged}


def _objects(facts: dict[str, str], action: str) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    if action == "orphan_removed":
        begins = facts.pop("starts_at")
        typed["orphan"] = {"number": facts.pop("meeting"), **({"starts_at": begins} if begins else {})}
    elif "meeting" in facts:
        typed["verdict"] = facts.pop("meeting")
    if "other" in facts:
        typed["merge"] = {"name": facts.pop("other"), **{it: int(facts.pop(it)) for it in ("sessions", "notes")}}
    if "revocation" in facts:
        left = {"meetings_left": int(facts.pop("meetings_left"))} if "meetings_left" in facts else {}
        typed["ending"] = {"revocation": facts.pop("revocation"), **left}
    return typed
