"""One-time links to join a practice, to found one, or to choose a new password."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table

from adapters.postgres.schema.metadata import BYTES, INSTANT, TEXT, TEXTS, UUID_, metadata

invitations = Table(
    "invitations",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("token_hash", BYTES, nullable=False),
    Column("email", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("roles", TEXTS, nullable=False),
    Column("made_by", UUID_, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("revoked_at", INSTANT),
    Column("accepted_at", INSTANT),
    PrimaryKeyConstraint("organization_id", "id"),
    ForeignKeyConstraint(["organization_id", "made_by"], ["accounts.organization_id", "accounts.id"]),
)
Index("invitations_by_token", invitations.c.organization_id, invitations.c.token_hash, unique=True)
Index("invitations_by_age", invitations.c.made_at)

# No foreign key: the organization exists only after the link is used.
foundings = Table(
    "foundings",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("token_hash", BYTES, nullable=False),
    Column("made_at", INSTANT, nullable=False),
    Column("only_first", Boolean, nullable=False),
    Column("practice", TEXT, nullable=False),
    Column("zone", TEXT, nullable=False),
    Column("language", TEXT),
    Column("name", TEXT, nullable=False),
    Column("email", TEXT, nullable=False),
    Column("consultant", Boolean, nullable=False),
    PrimaryKeyConstraint("organization_id"),
)
Index("foundings_by_age", foundings.c.made_at)

reset_links = Table(
    "reset_links",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("account_id", UUID_, nullable=False),
    Column("token_hash", BYTES, nullable=False),
    Column("made_by", UUID_),
    Column("made_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("organization_id", "account_id"),
    ForeignKeyConstraint(["organization_id", "account_id"], ["accounts.organization_id", "accounts.id"]),
    ForeignKeyConstraint(
        ["organization_id", "made_by"], ["accounts.organization_id", "accounts.id"], name="reset_links_made_by_fkey"
    ),
)
Index("reset_links_by_token", reset_links.c.organization_id, reset_links.c.token_hash, unique=True)
Index("reset_links_by_age", reset_links.c.made_at)
