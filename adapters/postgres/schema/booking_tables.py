"""Bookings. A booking's row is its own durable job: `due_at` is the time when the worker must process it."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from adapters.postgres.schema.metadata import INSTANT, JSON_TEXT, TEXT, TEXTS, UUID_, UUIDS, metadata

NO_DOUBLE_BOOKING = "bookings_no_double_booking"

# The domain reads `client_ids`: it keeps the order and comes with the locked row. (A joined table would show its state
# from before the wait for the lock.) `booking_clients` guarantees that each of these clients exists. `meeting` is the
# MeetingState at the last save, so that reads need no domain rules. `hosts` lists every "provider:host" that holds, or
# shall hold, a meeting of this booking. `search_key` is NULL if an earlier release wrote the row last.
bookings = Table(
    "bookings",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("id", UUID_, nullable=False),
    Column("consultant_id", UUID_, nullable=False),
    Column("client_ids", UUIDS, nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("zone", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("notes", TEXT, nullable=False),
    Column("online", Boolean, nullable=False),
    Column("provider", TEXT),
    Column("status", TEXT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("reconciliation", JSON_TEXT, nullable=False),
    Column("meeting", JSON_TEXT, nullable=False),
    Column("hosts", TEXTS, nullable=False),
    Column("due_at", INSTANT),
    Column("lease_token", UUID_),
    Column("lease_until", INSTANT),
    Column("search_key", TEXT),
    PrimaryKeyConstraint("organization_id", "id"),
    ForeignKeyConstraint(["organization_id", "consultant_id"], ["accounts.organization_id", "accounts.id"]),
    CheckConstraint("starts_at < ends_at", name="slot"),
    CheckConstraint("online = (provider IS NOT NULL)", name="online"),
    CheckConstraint("(lease_token IS NULL) = (lease_until IS NULL)", name="lease"),
    ExcludeConstraint(
        ("organization_id", "="),
        ("consultant_id", "="),
        (func.tstzrange(text("starts_at"), text("ends_at")), "&&"),
        name=NO_DOUBLE_BOOKING,
        using="gist",
        where=text("status = 'planned'"),
    ),
)
_SHOWN = text("status <> 'deleted'")
Index("bookings_of_organization", "organization_id", "starts_at", "id", postgresql_where=_SHOWN, _table=bookings)
Index(
    "bookings_of_consultant",
    "organization_id",
    "consultant_id",
    "starts_at",
    "id",
    postgresql_where=_SHOWN,
    _table=bookings,
)
Index("bookings_due", bookings.c.due_at, postgresql_where=text("due_at IS NOT NULL"))
# A webhook event names a meeting but no organization.
Index(
    "bookings_of_meeting",
    text("((reconciliation -> 'meeting'::text) ->> 'id'::text)"),
    postgresql_where=text("reconciliation -> 'meeting' ->> 'id' IS NOT NULL"),
    _table=bookings,
)
Index("bookings_hosts", bookings.c.hosts, postgresql_using="gin", postgresql_where=text("hosts <> '{}'"))

booking_clients = Table(
    "booking_clients",
    metadata,
    Column("organization_id", UUID_, nullable=False),
    Column("booking_id", UUID_, nullable=False),
    Column("client_id", UUID_, nullable=False),
    PrimaryKeyConstraint("organization_id", "booking_id", "client_id"),
    ForeignKeyConstraint(
        ["organization_id", "booking_id"], ["bookings.organization_id", "bookings.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(["organization_id", "client_id"], ["clients.organization_id", "clients.id"]),
)
Index("booking_clients_of_client", "organization_id", "client_id", _table=booking_clients)
