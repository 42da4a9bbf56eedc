"""Practices may have an identity provider, accounts a link to an identity there, and a login session knows how the
person signed in.

The release before may run on: it signs in with passwords, also where the practice requires single sign-on.
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE identity_providers (
    organization_id uuid NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    client_secret bytea NOT NULL,
    domains text[] NOT NULL,
    required boolean NOT NULL,
    break_glass uuid[] NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT identity_providers_pkey PRIMARY KEY (organization_id),
    CONSTRAINT identity_providers_organizations_fkey
        FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
);
CREATE TABLE identity_links (
    organization_id uuid NOT NULL,
    account_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    linked_at timestamptz NOT NULL,
    CONSTRAINT identity_links_pkey PRIMARY KEY (organization_id, account_id),
    CONSTRAINT identity_links_accounts_fkey
        FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id)
);
CREATE UNIQUE INDEX identity_links_by_subject ON identity_links (organization_id, issuer, subject);
CREATE TABLE sign_in_requests (
    organization_id uuid NOT NULL,
    state_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    nonce_hash bytea NOT NULL,
    verifier bytea NOT NULL,
    issuer text NOT NULL,
    started_at timestamptz NOT NULL,
    confirms bytea,
    used_at timestamptz,
    CONSTRAINT sign_in_requests_pkey PRIMARY KEY (organization_id, state_hash),
    CONSTRAINT sign_in_requests_organizations_fkey
        FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
);
CREATE INDEX sign_in_requests_by_age ON sign_in_requests (started_at);
ALTER TABLE login_sessions ADD COLUMN method text;
"""

_DOWN = """
ALTER TABLE login_sessions DROP COLUMN method;
DROP TABLE sign_in_requests;
DROP TABLE identity_links;
DROP TABLE identity_providers;
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute(_DOWN)
