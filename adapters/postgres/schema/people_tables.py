"""Organizations and accounts. Only `login_addresses` finds an email address without an organization."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint, Table, text

from adapters.postgres.schema.metadata import BYTES, INSTANT, TEXT, TEXTS, UUID_, metadata

organizations = Table(
    "organizations",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("zone", TEXT, nullable=False),
    Column("language", TEXT),
    Column("idle_minutes", Integer, nullable=False, server_default=text("10080")),
    Column("second_factor_from", INSTANT),
    PrimaryKeyConstraint("organization_id"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("email", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("roles", TEXTS, nullable=False),
    Column("zone", TEXT, nullable=False),
    Column("password_hash", TEXT, nullable=False),
    Column("language", TEXT),
    Column("ended_at", INSTANT),
    Column("last_login_at", INSTANT),
    PrimaryKeyConstraint("organization_id", "id"),
    ForeignKeyConstraint(["organization_id"], ["organizations.organization_id"]),
)

# A registry across all organizations: small, and without foreign keys, so that accounts can be sharded.
login_addresses = Table(
    "login_addresses",
    metadata,
    Column("email", TEXT, nullable=False),
    Column("organization_id", UUID_, nullable=False),
    Column("account_id", UUID_, nullable=False),
    PrimaryKeyConstraint("email"),
)

login_sessions = Table(
    "login_sessions",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("token_hash", BYTES, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("used_at", INSTANT, nullable=False, server_default=text("now()")),
    Column("proved_at", INSTANT),
    Column("browser", TEXT),
    Column("system", TEXT),
    Column("network", TEXT),
    Column("new_browser", Boolean),
    Column("method", TEXT),
    Column("two_factors", Boolean),
    PrimaryKeyConstraint("organization_id", "token_hash"),
    ForeignKeyConstraint(["organization_id", "account_id"], ["accounts.organization_id", "accounts.id"]),
)
Index("login_sessions_by_age", login_sessions.c.made_at)
Index("login_sessions_by_use", login_sessions.c.used_at)

known_browsers = Table(
    "known_browsers",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("token_hash", BYTES, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("used_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("organization_id", "token_hash", "account_id"),
    ForeignKeyConstraint(["organization_id", "account_id"], ["accounts.organization_id", "accounts.id"]),
)
Index("known_browsers_by_age", known_browsers.c.used_at)

# A login attempt has no organization yet: a registry, deleted by age.
login_attempts = Table(
    "login_attempts",
    metadata,
    Column("key", BYTES, nullable=False),
    Column("forgotten_at", INSTANT),
    PrimaryKeyConstraint("key"),
)
Index("login_attempts_by_age", login_attempts.c.forgotten_at)
