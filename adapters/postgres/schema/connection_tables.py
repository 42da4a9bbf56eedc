"""Connections, authorization requests, connect links and drafts. Secrets are encrypted. `provider_users` finds a
connection without an organization and prevents that a provider's user is connected twice."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Interval, PrimaryKeyConstraint, Table, text

from adapters.postgres.schema.metadata import BYTES, INSTANT, OPTIONAL_JSON, TEXT, TEXTS, UUID_, metadata

_ACCOUNT = ["accounts.organization_id", "accounts.id"]

connections = Table(
    "connections",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("consultant_id", UUID_, nullable=False),
    Column("provider", TEXT, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("user_id", TEXT, nullable=False),
    Column("account_id", TEXT, nullable=False),
    Column("email", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("plan", TEXT, nullable=False),
    Column("longest_meeting", Interval),
    Column("access_token", BYTES),
    Column("refresh_token", BYTES),
    Column("expires_at", INSTANT),
    Column("scopes", TEXTS),
    Column("status", TEXT, nullable=False),
    Column("connected_at", INSTANT, nullable=False),
    Column("refreshed_at", INSTANT, nullable=False),
    Column("refresh_failure", TEXT, nullable=False),
    Column("lease_token", UUID_),
    Column("lease_until", INSTANT),
    Column("disconnect_attempts", Integer, nullable=False),
    Column("retry_at", INSTANT),
    Column("sweep_at", INSTANT),
    Column("sweep", OPTIONAL_JSON),
    Column("removal_reported_at", INSTANT),
    Column("ask_at", INSTANT),
    PrimaryKeyConstraint("organization_id", "consultant_id", "provider"),
    ForeignKeyConstraint(["organization_id", "consultant_id"], _ACCOUNT),
)
Index("connections_by_refresh", connections.c.refreshed_at, postgresql_where=text("status = 'connected'"))
Index("connections_disconnecting", connections.c.retry_at, postgresql_where=text("status = 'disconnecting'"))
Index(
    "connections_with_unverified_removals",
    connections.c.ask_at,
    postgresql_where=text("removal_reported_at IS NOT NULL"),
)

# A registry across all organizations: small, and without foreign keys, so that connections can be sharded.
provider_users = Table(
    "provider_users",
    metadata,
    Column("provider", TEXT, nullable=False),
    Column("user_id", TEXT, nullable=False),
    Column("organization_id", UUID_, nullable=False),
    Column("consultant_id", UUID_, nullable=False),
    PrimaryKeyConstraint("provider", "user_id"),
)
Index("provider_users_of_consultant", "organization_id", "consultant_id", _table=provider_users)

authorization_requests = Table(
    "authorization_requests",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("state_hash", BYTES, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("login_id", BYTES, nullable=False),
    Column("provider", TEXT, nullable=False),
    Column("verifier", BYTES, nullable=False),
    Column("started_at", INSTANT, nullable=False),
    Column("draft_id", UUID_),
    Column("used_at", INSTANT),
    PrimaryKeyConstraint("organization_id", "state_hash"),
    ForeignKeyConstraint(["organization_id", "account_id"], _ACCOUNT),
)
Index("authorization_requests_by_age", authorization_requests.c.started_at)
Index("authorization_requests_of_account", "organization_id", "account_id", _table=authorization_requests)

drafts = Table(
    "drafts",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("form", TEXT, nullable=False),
    Column("saved_at", INSTANT, nullable=False),
    Column("booking_id", UUID_),
    PrimaryKeyConstraint("organization_id", "account_id", "id"),
    ForeignKeyConstraint(["organization_id", "account_id"], _ACCOUNT),
)
Index("drafts_by_age", drafts.c.saved_at)

connect_links = Table(
    "connect_links",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("token_hash", BYTES, nullable=False),
    Column("consultant_id", UUID_, nullable=False),
    Column("provider", TEXT, nullable=False),
    Column("made_by", UUID_, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("used_at", INSTANT),
    PrimaryKeyConstraint("organization_id", "token_hash"),
    ForeignKeyConstraint(["organization_id", "consultant_id"], _ACCOUNT),
    ForeignKeyConstraint(["organization_id", "made_by"], _ACCOUNT, name="connect_links_made_by_fkey"),
)
Index("connect_links_by_age", connect_links.c.made_at)
Index("connect_links_of_consultant", "organization_id", "consultant_id", _table=connect_links)
