"""Clients and contact notes."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table, text

from adapters.postgres.schema.metadata import INSTANT, KEY, TEXT, UUID_, metadata

# The domain computes the keys, so that matches and order do not depend on the server's locale. They are NULL if an
# earlier release wrote the row.
clients = Table(
    "clients",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("email", TEXT, nullable=False),
    Column("phone", TEXT, nullable=False, server_default=text("''")),
    Column("archived_at", INSTANT),
    Column("erased_at", INSTANT),
    Column("search_key", TEXT),
    Column("sort_en", KEY),
    Column("sort_sl", KEY),
    PrimaryKeyConstraint("organization_id", "id"),
    ForeignKeyConstraint(["organization_id"], ["organizations.organization_id"]),
)
Index("clients_by_name", clients.c.organization_id, clients.c.name)  # the previous release uses it
Index("clients_by_email", clients.c.organization_id, clients.c.email)
Index("clients_sorted_en", clients.c.organization_id, clients.c.sort_en, clients.c.id)
Index("clients_sorted_sl", clients.c.organization_id, clients.c.sort_sl, clients.c.id)
Index(
    "clients_searched",
    clients.c.search_key,
    postgresql_using="gin",
    postgresql_ops={"search_key": "gin_trgm_ops"},
)
Index(
    "clients_without_keys",
    clients.c.organization_id,
    clients.c.id,
    postgresql_where=text("search_key IS NULL"),
)

contact_notes = Table(
    "contact_notes",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("client_id", UUID_, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("day", Date, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("author_id", UUID_, nullable=False),
    Column("written_at", INSTANT, nullable=False),
    PrimaryKeyConstraint("organization_id", "client_id", "id"),
    ForeignKeyConstraint(["organization_id", "client_id"], ["clients.organization_id", "clients.id"]),
    ForeignKeyConstraint(["organization_id", "author_id"], ["accounts.organization_id", "accounts.id"]),
)
