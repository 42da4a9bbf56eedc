"""Records: audit log, security log, receipts, create requests and processed events."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Identity, Index, PrimaryKeyConstraint, Table

from adapters.postgres.schema.metadata import INSTANT, JSON_TEXT, TEXT, UUID_, metadata

# `number` orders entries of the same instant.
audit_log = Table(
    "audit_log",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("subject_id", UUID_, nullable=False),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("action", TEXT, nullable=False),
    Column("actor_id", UUID_),
    Column("on_behalf_of", UUID_),
    Column("provider", TEXT),
    Column("host_id", UUID_),
    Column("reason", TEXT),
    Column("outcome", TEXT),
    Column("answer", TEXT, nullable=False),
    Column("facts", JSON_TEXT, nullable=False),
    PrimaryKeyConstraint("organization_id", "subject_id", "number"),
)
Index("audit_log_of_host", "organization_id", "host_id", "provider", "at", _table=audit_log)

# Append-only: a trigger refuses updates. No foreign keys: events outlive the people whom they are about.
security_log = Table(
    "security_log",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("outcome", TEXT, nullable=False),
    Column("actor_id", UUID_),
    Column("subject_id", UUID_),
    Column("network", TEXT),
    Column("request_id", TEXT),
    Column("facts", JSON_TEXT, nullable=False),
    PrimaryKeyConstraint("organization_id", "at", "number"),
)
Index("security_log_by_age", security_log.c.at)

receipts = Table(
    "receipts",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("email_hash", TEXT, nullable=False),
    Column("erased_at", INSTANT, nullable=False),
    Column("asked_by", TEXT, nullable=False),
    Column("erased", JSON_TEXT, nullable=False),
    Column("revoked", JSON_TEXT, nullable=False),
    Column("endings", JSON_TEXT),  # NULL in receipts of earlier releases
    Column("kept", JSON_TEXT),  # NULL in receipts of earlier releases
    PrimaryKeyConstraint("organization_id", "id"),
    ForeignKeyConstraint(["organization_id"], ["organizations.organization_id"]),
)

# No foreign keys: a creation outlives its object, and keeps the key used.
creations = Table(
    "creations",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("key", UUID_, nullable=False),
    Column("content", TEXT),
    Column("asked_at", INSTANT, nullable=False),
    Column("object_id", UUID_, nullable=False),
    PrimaryKeyConstraint("organization_id", "key"),
)
Index("creations_by_age", creations.c.asked_at)
Index("creations_by_object", creations.c.organization_id, creations.c.object_id)

# A webhook event comes without an organization: a registry, deleted by age.
processed_events = Table(
    "processed_events",
    metadata,
    Column("provider", TEXT, nullable=False),
    Column("deduplication_key", TEXT, nullable=False),
    Column("processed_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("provider", "deduplication_key"),
)
Index("processed_events_by_age", processed_events.c.processed_at)
