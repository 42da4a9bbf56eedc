"""Accounts may end, and a one-time link leads to a new password.

The previous release runs on: it finds the password of an ended account void. A sign-in announces nothing, so the
trigger names the columns whose changes pages and caches need.
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_UP = """
ALTER TABLE accounts ADD COLUMN ended_at timestamptz, ADD COLUMN last_login_at timestamptz;
CREATE TABLE reset_links (
    organization_id uuid NOT NULL,
    account_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    made_by uuid,
    made_at timestamptz NOT NULL,
    CONSTRAINT reset_links_pkey PRIMARY KEY (organization_id, account_id),
    CONSTRAINT reset_links_accounts_fkey
        FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id),
    CONSTRAINT reset_links_made_by_fkey
        FOREIGN KEY (organization_id, made_by) REFERENCES accounts (organization_id, id)
);
CREATE UNIQUE INDEX reset_links_by_token ON reset_links (organization_id, token_hash);
CREATE INDEX reset_links_by_age ON reset_links (made_at);
DROP TRIGGER accounts_changed ON accounts;
CREATE TRIGGER accounts_changed
    AFTER UPDATE OF email, name, roles, zone, password_hash, language, ended_at OR DELETE ON accounts
    FOR EACH ROW EXECUTE FUNCTION announce_account();
"""

_DOWN = """
DROP TRIGGER accounts_changed ON accounts;
CREATE TRIGGER accounts_changed AFTER UPDATE OR DELETE ON accounts
    FOR EACH ROW EXECUTE FUNCTION announce_account();
DROP TABLE reset_links;
ALTER TABLE accounts DROP COLUMN last_login_at, DROP COLUMN ended_at;
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute(_DOWN)
