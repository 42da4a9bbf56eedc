"""Clients are found and sorted by keys of our own, can be archived and erased, and have notes of contact.

The release before may run on: it knows none of the columns, and what it stores gets its keys from a worker of this one.
"""

from alembic import op

from adapters.postgres.operations.extensions import create_extension

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_UP = """
ALTER TABLE clients
    ADD COLUMN phone text NOT NULL DEFAULT '',
    ADD COLUMN archived_at timestamptz,
    ADD COLUMN erased_at timestamptz,
    ADD COLUMN search_key text,
    ADD COLUMN sort_en text COLLATE "C",
    ADD COLUMN sort_sl text COLLATE "C";
CREATE INDEX clients_by_email ON clients (organization_id, email);
CREATE INDEX clients_sorted_en ON clients (organization_id, sort_en, id);
CREATE INDEX clients_sorted_sl ON clients (organization_id, sort_sl, id);
CREATE INDEX clients_searched ON clients USING gin (search_key gin_trgm_ops);
CREATE INDEX clients_without_keys ON clients (organization_id, id) WHERE search_key IS NULL;

ALTER TABLE bookings ADD COLUMN search_key text;

CREATE TABLE contact_notes (
    organization_id uuid NOT NULL,
    client_id uuid NOT NULL,
    id uuid NOT NULL,
    day date NOT NULL,
    text text NOT NULL,
    author_id uuid NOT NULL,
    written_at timestamptz NOT NULL,
    CONSTRAINT contact_notes_pkey PRIMARY KEY (organization_id, client_id, id),
    CONSTRAINT contact_notes_clients_fkey
        FOREIGN KEY (organization_id, client_id) REFERENCES clients (organization_id, id),
    CONSTRAINT contact_notes_accounts_fkey
        FOREIGN KEY (organization_id, author_id) REFERENCES accounts (organization_id, id)
);
"""

_DOWN = """
DROP TABLE contact_notes;
ALTER TABLE bookings DROP COLUMN search_key;
DROP INDEX clients_without_keys;
DROP INDEX clients_searched;
DROP INDEX clients_sorted_sl;
DROP INDEX clients_sorted_en;
DROP INDEX clients_by_email;
ALTER TABLE clients
    DROP COLUMN phone,
    DROP COLUMN archived_at,
    DROP COLUMN erased_at,
    DROP COLUMN search_key,
    DROP COLUMN sort_en,
    DROP COLUMN sort_sl;
"""


def upgrade() -> None:
    create_extension("pg_trgm")  # parts of words, found by an index
    op.execute(_UP)


def downgrade() -> None:
    """The extension stays: others may use it."""
    op.execute(_DOWN)
