"""The filler of tables that the practice leaves empty."""

import psycopg

from tests.integration.data.made_up import fill_empty_tables
from tests.integration.data.rows import rows

_LATER = """
    CREATE TABLE later (
        organization_id uuid NOT NULL, account_id uuid NOT NULL, number bigint GENERATED ALWAYS AS IDENTITY,
        secret bytea NOT NULL, kinds text[] NOT NULL, tries integer NOT NULL, told jsonb NOT NULL,
        at timestamptz NOT NULL, done boolean NOT NULL, PRIMARY KEY (organization_id, account_id),
        FOREIGN KEY (organization_id, account_id) REFERENCES accounts
    )
"""


def test_a_table_of_a_later_migration_gets_a_row(copied: str) -> None:
    with psycopg.connect(copied) as connection:
        connection.execute(_LATER)
    fill_empty_tables(copied)
    found = rows(copied)
    assert len(found["later"]) == 1
    assert all(found.values())
