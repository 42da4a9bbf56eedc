"""Tries of passwords are counted, browsers become known, and a sign-in that is not used ends.

The release before may run on: it makes sign-ins without the moment of their last use.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_UP = """
ALTER TABLE sign_ins ADD COLUMN used_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX sign_ins_by_use ON sign_ins (used_at);

CREATE TABLE known_browsers (
    organization_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    used_at timestamptz NOT NULL,
    CONSTRAINT known_browsers_pkey PRIMARY KEY (organization_id, token_hash, account_id),
    CONSTRAINT known_browsers_accounts_fkey
        FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id)
);
CREATE INDEX known_browsers_by_age ON known_browsers (used_at);

CREATE TABLE password_tries (
    place bytea NOT NULL,
    forgotten_at timestamptz,
    CONSTRAINT password_tries_pkey PRIMARY KEY (place)
);
CREATE INDEX password_tries_by_age ON password_tries (forgotten_at);
"""

_DOWN = """
DROP TABLE password_tries;
DROP TABLE known_browsers;
DROP INDEX sign_ins_by_use;
ALTER TABLE sign_ins DROP COLUMN used_at;
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute(_DOWN)
