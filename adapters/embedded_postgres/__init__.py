"""A PostgreSQL server of our own, so that Calendra runs on a machine where nobody has set one up."""

from adapters.embedded_postgres.errors import (
    BinariesMissing,
    EmbeddedPostgresError,
    FolderInUse,
    FolderUnusable,
    ServerFailed,
)
from adapters.embedded_postgres.server import EmbeddedPostgres

__all__ = [
    "BinariesMissing",
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "FolderInUse",
    "FolderUnusable",
    "ServerFailed",
]
