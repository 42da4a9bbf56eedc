"""Identity providers of practices, the links of accounts to identities, and sign-ins that are under way. Secrets are
encrypted."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table

from adapters.postgres.schema.metadata import BYTES, INSTANT, TEXT, TEXTS, UUID_, UUIDS, metadata

_ORGANIZATION = ["organizations.organization_id"]

identity_providers = Table(
    "identity_providers",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("issuer", TEXT, nullable=False),
    Column("client_id", TEXT, nullable=False),
    Column("client_secret", BYTES, nullable=False),
    Column("domains", TEXTS, nullable=False),
    Column("required", Boolean, nullable=False),
    Column("break_glass", UUIDS, nullable=False),
    Column("set_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("organization_id"),
    ForeignKeyConstraint(["organization_id"], _ORGANIZATION),
)

identity_links = Table(
    "identity_links",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("issuer", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False),
    Column("linked_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("organization_id", "account_id"),
    ForeignKeyConstraint(["organization_id", "account_id"], ["accounts.organization_id", "accounts.id"]),
)
Index(
    "identity_links_by_subject",
    identity_links.c.organization_id,
    identity_links.c.issuer,
    identity_links.c.subject,
    unique=True,
)

sign_in_requests = Table(
    "sign_in_requests",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("state_hash", BYTES, nullable=False),
    Column("browser_hash", BYTES, nullable=False),
    Column("nonce_hash", BYTES, nullable=False),
    Column("verifier", BYTES, nullable=False),
    Column("issuer", TEXT, nullable=False),
    Column("started_at", INSTANT, nullable=False),
    Column("confirms", BYTES),
    Column("used_at", INSTANT),
    PrimaryKeyConstraint("organization_id", "state_hash"),
    ForeignKeyConstraint(["organization_id"], _ORGANIZATION),
)
Index("sign_in_requests_by_age", sign_in_requests.c.started_at)
