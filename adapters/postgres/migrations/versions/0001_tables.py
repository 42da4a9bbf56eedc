"""All tables."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE organizations (
    organization_id uuid CONSTRAINT organizations_pkey PRIMARY KEY,
    name text NOT NULL,
    zone text NOT NULL
);

CREATE TABLE accounts (
    organization_id uuid NOT NULL CONSTRAINT accounts_organizations_fkey REFERENCES organizations,
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    roles text[] NOT NULL,
    zone text NOT NULL,
    password_hash text NOT NULL,
    CONSTRAINT accounts_pkey PRIMARY KEY (organization_id, id)
);

CREATE TABLE sign_in_addresses (
    email text CONSTRAINT sign_in_addresses_pkey PRIMARY KEY,
    organization_id uuid NOT NULL,
    account_id uuid NOT NULL
);

CREATE TABLE clients (
    organization_id uuid NOT NULL CONSTRAINT clients_organizations_fkey REFERENCES organizations,
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    CONSTRAINT clients_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX clients_by_name ON clients (organization_id, name);

CREATE TABLE sign_ins (
    organization_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT sign_ins_pkey PRIMARY KEY (organization_id, token_hash),
    CONSTRAINT sign_ins_accounts_fkey FOREIGN KEY (organization_id, account_id) REFERENCES accounts
);
CREATE INDEX sign_ins_by_age ON sign_ins (made_at);

CREATE TABLE bookings (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    consultant_id uuid NOT NULL,
    client_ids uuid[] NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    zone text NOT NULL,
    title text NOT NULL,
    notes text NOT NULL,
    online boolean NOT NULL,
    provider text,
    status text NOT NULL,
    version integer NOT NULL,
    settlement jsonb NOT NULL,
    meeting jsonb NOT NULL,
    hosts text[] NOT NULL,
    due_at timestamptz,
    claim_token uuid,
    claim_until timestamptz,
    CONSTRAINT bookings_pkey PRIMARY KEY (organization_id, id),
    CONSTRAINT bookings_accounts_fkey FOREIGN KEY (organization_id, consultant_id) REFERENCES accounts,
    CONSTRAINT bookings_slot_check CHECK (starts_at < ends_at),
    CONSTRAINT bookings_online_check CHECK (online = (provider IS NOT NULL)),
    CONSTRAINT bookings_claim_check CHECK ((claim_token IS NULL) = (claim_until IS NULL))
);
CREATE INDEX bookings_of_organization ON bookings (organization_id, starts_at, id) WHERE status <> 'deleted';
CREATE INDEX bookings_of_consultant ON bookings (organization_id, consultant_id, starts_at, id)
    WHERE status <> 'deleted';
CREATE INDEX bookings_due ON bookings (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX bookings_hosts ON bookings USING gin (hosts) WHERE hosts <> '{}';

CREATE TABLE booking_clients (
    organization_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    client_id uuid NOT NULL,
    CONSTRAINT booking_clients_pkey PRIMARY KEY (organization_id, booking_id, client_id),
    CONSTRAINT booking_clients_bookings_fkey FOREIGN KEY (organization_id, booking_id)
        REFERENCES bookings ON DELETE CASCADE,
    CONSTRAINT booking_clients_clients_fkey FOREIGN KEY (organization_id, client_id) REFERENCES clients
);
CREATE INDEX booking_clients_of_client ON booking_clients (organization_id, client_id);

CREATE TABLE connections (
    organization_id uuid NOT NULL,
    consultant_id uuid NOT NULL,
    provider text NOT NULL,
    id uuid NOT NULL,
    user_id text NOT NULL,
    account_id text NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    plan text NOT NULL,
    access_token bytea,
    refresh_token bytea,
    expires_at timestamptz,
    scopes text[],
    standing text NOT NULL,
    connected_at timestamptz NOT NULL,
    refreshed_at timestamptz NOT NULL,
    trouble text NOT NULL,
    claim_token uuid,
    claim_until timestamptz,
    disconnect_tries integer NOT NULL,
    retry_at timestamptz,
    CONSTRAINT connections_pkey PRIMARY KEY (organization_id, consultant_id, provider),
    CONSTRAINT connections_accounts_fkey FOREIGN KEY (organization_id, consultant_id) REFERENCES accounts
);
CREATE INDEX connections_by_refresh ON connections (refreshed_at) WHERE standing = 'connected';
CREATE INDEX connections_disconnecting ON connections (retry_at) WHERE standing = 'disconnecting';

CREATE TABLE provider_users (
    provider text NOT NULL,
    user_id text NOT NULL,
    organization_id uuid NOT NULL,
    consultant_id uuid NOT NULL,
    CONSTRAINT provider_users_pkey PRIMARY KEY (provider, user_id)
);
CREATE INDEX provider_users_of_consultant ON provider_users (organization_id, consultant_id);

CREATE TABLE attempts (
    organization_id uuid NOT NULL,
    state_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    session_id bytea NOT NULL,
    provider text NOT NULL,
    verifier bytea NOT NULL,
    started_at timestamptz NOT NULL,
    draft_id uuid,
    used_at timestamptz,
    CONSTRAINT attempts_pkey PRIMARY KEY (organization_id, state_hash),
    CONSTRAINT attempts_accounts_fkey FOREIGN KEY (organization_id, account_id) REFERENCES accounts
);
CREATE INDEX attempts_by_age ON attempts (started_at);
CREATE INDEX attempts_of_account ON attempts (organization_id, account_id);

CREATE TABLE drafts (
    organization_id uuid NOT NULL,
    account_id uuid NOT NULL,
    id uuid NOT NULL,
    form text NOT NULL,
    saved_at timestamptz NOT NULL,
    booking_id uuid,
    CONSTRAINT drafts_pkey PRIMARY KEY (organization_id, account_id, id),
    CONSTRAINT drafts_accounts_fkey FOREIGN KEY (organization_id, account_id) REFERENCES accounts
);
CREATE INDEX drafts_by_age ON drafts (saved_at);

CREATE TABLE connect_links (
    organization_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    consultant_id uuid NOT NULL,
    provider text NOT NULL,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT connect_links_pkey PRIMARY KEY (organization_id, token_hash),
    CONSTRAINT connect_links_accounts_fkey FOREIGN KEY (organization_id, consultant_id) REFERENCES accounts,
    CONSTRAINT connect_links_made_by_fkey FOREIGN KEY (organization_id, made_by) REFERENCES accounts
);
CREATE INDEX connect_links_by_age ON connect_links (made_at);
CREATE INDEX connect_links_of_consultant ON connect_links (organization_id, consultant_id);

CREATE TABLE histories (
    organization_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    action text NOT NULL,
    actor_id uuid,
    on_behalf_of uuid,
    provider text,
    host_id uuid,
    reason text NOT NULL,
    outcome text NOT NULL,
    facts jsonb NOT NULL,
    CONSTRAINT histories_pkey PRIMARY KEY (organization_id, subject_id, number)
);
CREATE INDEX histories_of_host ON histories (organization_id, host_id, provider, at);

CREATE TABLE receipts (
    organization_id uuid NOT NULL CONSTRAINT receipts_organizations_fkey REFERENCES organizations,
    id uuid NOT NULL,
    email_hash text NOT NULL,
    erased_at timestamptz NOT NULL,
    asked_by text NOT NULL,
    erased jsonb NOT NULL,
    revoked jsonb NOT NULL,
    CONSTRAINT receipts_pkey PRIMARY KEY (organization_id, id)
);

CREATE TABLE seen_notices (
    provider text NOT NULL,
    identity text NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT seen_notices_pkey PRIMARY KEY (provider, identity)
);
CREATE INDEX seen_notices_by_age ON seen_notices (seen_at);
"""

_NEWEST_FIRST = [
    "seen_notices",
    "receipts",
    "histories",
    "connect_links",
    "drafts",
    "attempts",
    "provider_users",
    "connections",
    "booking_clients",
    "bookings",
    "sign_ins",
    "clients",
    "sign_in_addresses",
    "accounts",
    "organizations",
]


def upgrade() -> None:
    op.execute(_TABLES)


def downgrade() -> None:
    for table in _NEWEST_FIRST:
        op.execute(f"DROP TABLE {table}")
