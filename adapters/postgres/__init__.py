"""Everything that is stored, in PostgreSQL 15 to 18."""

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.sealer import SealBroken, Sealer
from adapters.postgres.unit_of_work import PostgresUnitOfWork

__all__ = ["PostgresDatabase", "PostgresUnitOfWork", "SealBroken", "Sealer"]
