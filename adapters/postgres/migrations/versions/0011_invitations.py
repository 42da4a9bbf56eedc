"""People join by one-time links, practices are founded by one, and a practice has a language.

The release before may run on: it adds people by a first password, and knows no language of the practice.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_UP = """
ALTER TABLE organizations ADD COLUMN language text;

CREATE TABLE invitations (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    roles text[] NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    revoked_at timestamptz,
    accepted_at timestamptz,
    CONSTRAINT invitations_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT invitations_accounts_fkey
        FOREIGN KEY (organization_id, made_by) REFERENCES accounts (organization_id, id)
);
CREATE UNIQUE INDEX invitations_by_token ON invitations (organization_id, token_hash);
CREATE INDEX invitations_by_age ON invitations (made_at);

CREATE TABLE foundings (
    organization_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    only_first boolean NOT NULL,
    practice text NOT NULL,
    zone text NOT NULL,
    language text,
    name text NOT NULL,
    email text NOT NULL,
    consultant boolean NOT NULL,
    CONSTRAINT foundings_pkey PRIMARY KEY (organization_id)
);
CREATE INDEX foundings_by_age ON foundings (made_at);
"""

_DOWN = """
DROP TABLE foundings;
DROP TABLE invitations;
ALTER TABLE organizations DROP COLUMN language;
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute(_DOWN)
