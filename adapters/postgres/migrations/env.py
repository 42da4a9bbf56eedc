"""What Alembic runs for every command: the caller's connection, one transaction, one process at a time."""

from typing import cast

from alembic import context
from sqlalchemy import Connection, text

from adapters.postgres.schema.tables import metadata

# Any constant will do, as long as every process uses the same one.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4170923117)")
# Who waits for a table that a backup or a long question holds makes everybody else wait behind: rather give up soon.
_NOT_FOR_LONG = text("SET LOCAL lock_timeout = '3s'")


def _run(connection: Connection) -> None:
    with connection.begin():
        connection.execute(_ONE_AT_A_TIME)
        connection.execute(_NOT_FOR_LONG)
        context.configure(connection=connection, target_metadata=metadata)
        context.run_migrations()


_run(cast(Connection, context.config.attributes["connection"]))
