"""The rate limits of provider accounts. Unlogged: the state covers seconds, and the limiter learns it again after a
loss."""

from sqlalchemy import Column, Double, Index, PrimaryKeyConstraint, Table

from adapters.postgres.schema.metadata import BYTES, INSTANT, metadata

# A rate limit belongs to a provider account, whichever organizations use it: a registry, deleted by age.
rate_limits = Table(
    "rate_limits",
    metadata,
    Column("key", BYTES, nullable=False),
    Column("free_at", INSTANT, nullable=False),
    Column("queued_until", INSTANT, nullable=False),
    Column("rate", Double, nullable=False),
    Column("steady_until", INSTANT, nullable=False),
    Column("refused_at", INSTANT),
    Column("reserved_at", INSTANT),
    PrimaryKeyConstraint("key"),
    prefixes=["UNLOGGED"],
)
Index("rate_limits_by_age", rate_limits.c.free_at)
