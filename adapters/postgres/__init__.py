"""All stored data, in PostgreSQL 15 to 18."""

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.token_cipher import DecryptionFailed, TokenCipher
from adapters.postgres.unit_of_work import PostgresUnitOfWork

__all__ = ["DecryptionFailed", "PostgresDatabase", "PostgresUnitOfWork", "TokenCipher"]
