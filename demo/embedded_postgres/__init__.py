"""A PostgreSQL server that Calendra brings and starts itself, for machines where no server is set up."""

from demo.embedded_postgres.errors import (
    BinariesMissing,
    EmbeddedPostgresError,
    FolderInUse,
    FolderUnusable,
    ServerFailed,
)
from demo.embedded_postgres.server import EmbeddedPostgres

__all__ = [
    "BinariesMissing",
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "FolderInUse",
    "FolderUnusable",
    "ServerFailed",
]
