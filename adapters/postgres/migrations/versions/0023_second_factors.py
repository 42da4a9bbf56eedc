"""People may have second factors: an authenticator app with recovery codes, and passkeys. A practice may demand one.

The previous release runs on: its login sessions do not say whether there was a second factor, which counts as none.
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE authenticator_apps (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    secret bytea NOT NULL,
    made_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_step bigint,
    CONSTRAINT authenticator_apps_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT authenticator_apps_accounts_fkey
        FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id)
);
CREATE INDEX authenticator_apps_by_account ON authenticator_apps (organization_id, account_id);
CREATE TABLE recovery_codes (
    organization_id uuid NOT NULL,
    account_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (organization_id, account_id, code_hash),
    CONSTRAINT recovery_codes_accounts_fkey
        FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id)
);
CREATE TABLE passkeys (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    credential_id bytea NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    name text NOT NULL,
    made_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT passkeys_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT passkeys_accounts_fkey
        FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id)
);
CREATE INDEX passkeys_by_account ON passkeys (organization_id, account_id);
CREATE UNIQUE INDEX passkeys_by_credential ON passkeys (organization_id, credential_id);
CREATE TABLE passkey_challenges (
    challenge_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    organization_id uuid,
    account_id uuid,
    CONSTRAINT passkey_challenges_pkey PRIMARY KEY (challenge_hash)
);
CREATE INDEX passkey_challenges_by_age ON passkey_challenges (made_at);
CREATE TABLE pending_logins (
    organization_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    made_at timestamptz NOT NULL,
    wrong_codes integer NOT NULL DEFAULT 0,
    CONSTRAINT pending_logins_pkey PRIMARY KEY (organization_id, token_hash),
    CONSTRAINT pending_logins_accounts_fkey
        FOREIGN KEY (organization_id, account_id) REFERENCES accounts (organization_id, id)
);
CREATE INDEX pending_logins_by_account ON pending_logins (organization_id, account_id);
CREATE INDEX pending_logins_by_age ON pending_logins (made_at);
"""

# Cached login sessions know since when a second factor is demanded.
_DEMAND = """
ALTER TABLE login_sessions ADD COLUMN two_factors boolean;
ALTER TABLE organizations ADD COLUMN second_factor_from timestamptz;
CREATE FUNCTION announce_demand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('calendra_logins', json_build_array(organization_id, id)::text)
        FROM accounts WHERE organization_id = NEW.organization_id;
    RETURN NULL;
END $$;
CREATE TRIGGER organizations_demand_changed AFTER UPDATE OF second_factor_from ON organizations FOR EACH ROW
    WHEN (OLD.second_factor_from IS DISTINCT FROM NEW.second_factor_from) EXECUTE FUNCTION announce_demand();
"""

_DOWN = """
DROP TRIGGER organizations_demand_changed ON organizations;
DROP FUNCTION announce_demand();
ALTER TABLE organizations DROP COLUMN second_factor_from;
ALTER TABLE login_sessions DROP COLUMN two_factors;
DROP TABLE pending_logins;
DROP TABLE passkey_challenges;
DROP TABLE passkeys;
DROP TABLE recovery_codes;
DROP TABLE authenticator_apps;
"""


def upgrade() -> None:
    op.execute(_TABLES)
    op.execute(_DEMAND)


def downgrade() -> None:
    op.execute(_DOWN)
