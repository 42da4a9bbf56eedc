"""A made-up row for each table that the practice leaves empty, so that a table of a later migration is covered too."""

from typing import Any

import psycopg
from psycopg import sql

from tests.integration.data.practice import ELSEWHERE
from tests.integration.data.rows import rows

_COLUMNS = """
    SELECT column_name, udt_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_identity = 'NO' AND is_generated = 'NEVER'
"""
_REFERENCES = """
    SELECT a.attname, c.confrelid::regclass::text, r.attname
    FROM pg_constraint c
    CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS pair (own, referred)
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = pair.own
    JOIN pg_attribute r ON r.attrelid = c.confrelid AND r.attnum = pair.referred
    WHERE c.contype = 'f' AND c.conrelid = %s::regclass
"""
_OF_NOBODY_HERE = ("authenticator_apps", "passkeys", "recovery_codes", "pending_logins")
"""Made-up factors belong to the admin of the other practice, whom no test signs in: nobody could prove them."""

_VALUES = {
    "uuid": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "text": "made up",
    "date": "2026-11-25",
    "timestamptz": "2026-11-25 12:00:00+00",
    "bool": "false",
    "jsonb": '{"made": "up"}',
    "bytea": "\\x01ff",
}


_VALID = {"issuer": "https://identity.example.com", "domains": "{example.com}"}  # each sign-in reads them


def fill_empty_tables(address: str) -> None:
    with psycopg.connect(address) as connection:
        for table in [name for name, found in rows(address).items() if not found]:
            _fill(connection, table)


def _fill(connection: psycopg.Connection[Any], table: str) -> None:
    kinds = dict(connection.execute(_COLUMNS, [table]).fetchall())
    values: dict[str, Any] = {
        name: _VALID.get(name) or _VALUES.get(kind, "{}" if kind.startswith("_") else "1")
        for name, kind in kinds.items()
    }
    for name, referred, column in connection.execute(_REFERENCES, [table]).fetchall():
        question = sql.SQL("SELECT {}::text FROM {} ORDER BY 1 LIMIT 1")
        found = connection.execute(question.format(sql.Identifier(column), sql.Identifier(referred))).fetchone()
        values[name] = found[0] if found else None
    if table in _OF_NOBODY_HERE:
        values |= _of_the_other_admin(connection)
    elif "organization_id" in values:
        values |= _one_of_the_practice(connection, values)
    insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(sql.Placeholder() * len(values)),
    )
    connection.execute(insert, list(values.values()))


def _of_the_other_admin(connection: psycopg.Connection[Any]) -> dict[str, str]:
    question = "SELECT organization_id::text, id::text FROM accounts WHERE email = %s"
    found = connection.execute(question, [ELSEWHERE]).fetchone()
    assert found
    return {"organization_id": found[0], "account_id": found[1]}


def _one_of_the_practice(connection: psycopg.Connection[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Columns that lead to people and sessions together, as keys of several columns do."""
    question = """
        SELECT b.organization_id::text, b.consultant_id::text, b.id::text, c.id::text
        FROM bookings b JOIN clients c ON c.organization_id = b.organization_id ORDER BY b.id, c.id LIMIT 1
    """
    found = connection.execute(question).fetchone()
    assert found
    organization, consultant, booking, client = found
    known = {"organization_id": organization, "booking_id": booking, "client_id": client}
    known |= dict.fromkeys(("account_id", "consultant_id", "host_id", "made_by", "author_id"), consultant)
    return {name: value for name, value in known.items() if name in values}
