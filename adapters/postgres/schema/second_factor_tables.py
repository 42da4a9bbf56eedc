"""Second factors, and logins that still need one."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint, Table, text

from adapters.postgres.schema.metadata import BYTES, INSTANT, TEXT, UUID_, metadata

_ACCOUNT = (["organization_id", "account_id"], ["accounts.organization_id", "accounts.id"])

authenticator_apps = Table(
    "authenticator_apps",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("secret", BYTES, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("confirmed_at", INSTANT),
    Column("last_step", BigInteger),
    PrimaryKeyConstraint("organization_id", "id"),
    ForeignKeyConstraint(*_ACCOUNT),
)
Index("authenticator_apps_by_account", authenticator_apps.c.organization_id, authenticator_apps.c.account_id)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("code_hash", BYTES, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("organization_id", "account_id", "code_hash"),
    ForeignKeyConstraint(*_ACCOUNT),
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("credential_id", BYTES, nullable=False),
    Column("public_key", BYTES, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("used_at", INSTANT),
    PrimaryKeyConstraint("organization_id", "id"),
    ForeignKeyConstraint(*_ACCOUNT),
)
Index("passkeys_by_account", passkeys.c.organization_id, passkeys.c.account_id)
Index("passkeys_by_credential", passkeys.c.organization_id, passkeys.c.credential_id, unique=True)

# A sign-in with a passkey names no organization: a registry, deleted by age.
passkey_challenges = Table(
    "passkey_challenges",
    metadata,
    Column("challenge_hash", BYTES, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("organization_id", UUID_),
    Column("account_id", UUID_),
    PrimaryKeyConstraint("challenge_hash"),
)
Index("passkey_challenges_by_age", passkey_challenges.c.made_at)

pending_logins = Table(
    "pending_logins",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("token_hash", BYTES, nullable=False),
    Column("browser_hash", BYTES, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("wrong_codes", Integer, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("organization_id", "token_hash"),
    ForeignKeyConstraint(*_ACCOUNT),
)
Index("pending_logins_by_account", pending_logins.c.organization_id, pending_logins.c.account_id)
Index("pending_logins_by_age", pending_logins.c.made_at)
