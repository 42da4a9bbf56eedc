"""All tables: importing this module completes the metadata."""

from adapters.postgres.schema import (
    booking_tables,
    client_tables,
    connection_tables,
    identity_tables,
    joining_tables,
    people_tables,
    rate_limit_tables,
    record_tables,
    second_factor_tables,
)
from adapters.postgres.schema.metadata import metadata

__all__ = [
    "booking_tables",
    "client_tables",
    "connection_tables",
    "identity_tables",
    "joining_tables",
    "metadata",
    "people_tables",
    "rate_limit_tables",
    "record_tables",
    "second_factor_tables",
]
