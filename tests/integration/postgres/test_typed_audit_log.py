"""Migration 0018: audit entries of every older form keep their content, and the downgrade restores them."""

import json
from uuid import uuid4

import psycopg
import pytest
from psycopg.rows import dict_row

from adapters.postgres.operations.migrate import downgrade, upgrade

BEFORE = "0017"
_COLUMNS = ("action", "provider", "reason", "outcome", "facts")
# action, provider, reason, outcome and facts as they were; what of them changes, with the answer.
ROWS = [
    (("booked", "zoom", "", "", {}), {"reason": None, "outcome": None}),
    (
        ("edited", None, "", "", {"changed": "title, starts_at", "meeting": "kept"}),
        {"reason": None, "outcome": None, "facts": {"changed": ["title", "starts_at"], "verdict": "kept"}},
    ),
    (("create", "zoom", "new", "done", {}), {}),
    (("create", "zoom", "new", "done", {"title_shortened_to": "200"}), {"facts": {"title_shortened_to": 200}}),
    (("find", "zoom", "unheard", "found 0", {}), {"outcome": "found", "facts": {"found": 0}}),
    (
        ("change", "zoom", "edited", "provider_try_later: 503: busy", {}),
        {"outcome": "provider_try_later", "answer": "503: busy"},
    ),
    (
        ("change", "zoom", "edited", "provider_needs_consultant: other_account", {}),
        {"outcome": "provider_needs_consultant", "facts": {"failure": "other_account"}},
    ),
    (
        ("verify", "zoom", "day_before", "done", {"differs": "moved, renamed"}),
        {"facts": {"differs": ["moved", "renamed"]}},
    ),
    (("verify", "zoom", "day_before", "done", {"link": "changed"}), {"facts": {"link_changed": True}}),
    (("authorization_ended", "zoom", "", "", {}), {"reason": None, "outcome": "authorization_ended"}),
    (
        ("disconnect_asked", None, "", "", {"meetings": "keep", "provider": "zoom"}),
        {"provider": "zoom", "reason": None, "outcome": None, "facts": {"meetings": "keep"}},
    ),
    (
        ("disconnected", "zoom", "", "", {"revocation": "refused", "meetings_left": "2"}),
        {"reason": None, "outcome": None, "facts": {"ending": {"revocation": "refused", "meetings_left": 2}}},
    ),
    (
        ("orphan_removed", "zoom", "", "", {"meeting": "81", "starts_at": "2026-01-01T10:00:00Z"}),
        {
            "reason": None,
            "outcome": None,
            "facts": {"orphan": {"number": "81", "starts_at": "2026-01-01T10:00:00Z"}},
        },
    ),
    (
        ("clients_merged", None, "", "", {"other": "Eva", "sessions": "3", "notes": "0"}),
        {"reason": None, "outcome": None, "facts": {"merge": {"name": "Eva", "sessions": 3, "notes": 0}}},
    ),
    (
        ("link_change_acknowledged", None, "", "", {"how": "copied"}),
        {"reason": None, "outcome": None, "facts": {"acknowledgement": "copied"}},
    ),
    (
        ("roles_changed", None, "", "", {"name": "Ana", "roles": "admin, consultant"}),
        {"reason": None, "outcome": None, "facts": {"name": "Ana", "roles": ["admin", "consultant"]}},
    ),
]


@pytest.mark.parametrize(("before", "changes"), ROWS, ids=lambda part: part[0] if isinstance(part, tuple) else "")
def test_an_entry_gets_types_and_goes_back(
    database: str, before: tuple[object, ...], changes: dict[str, object]
) -> None:
    downgrade(database, BEFORE)
    row = dict(zip(_COLUMNS, before, strict=True))
    with psycopg.connect(database, autocommit=True, row_factory=dict_row) as connection:
        connection.execute(
            "INSERT INTO audit_log (organization_id, subject_id, at, action, provider, reason, outcome, facts)"
            " VALUES (%s, %s, now(), %s, %s, %s, %s, %s)",
            [uuid4(), uuid4(), *before[:4], json.dumps(before[4])],
        )
        upgrade(database)
        [typed] = connection.execute("SELECT * FROM audit_log").fetchall()
        assert {name: typed[name] for name in (*_COLUMNS, "answer")} == {"answer": "", **row, **changes}
        downgrade(database, BEFORE)
        [again] = connection.execute("SELECT * FROM audit_log").fetchall()
        again["facts"].pop("failure", None)  # stays as one more text
        assert {name: again[name] for name in _COLUMNS} == row
