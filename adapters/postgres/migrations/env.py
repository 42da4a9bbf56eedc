"""Alembic runs this for every command: the caller's connection, one transaction, one process at a time."""

from typing import cast

from alembic import context
from sqlalchemy import Connection, text

from adapters.postgres.schema.tables import metadata

# The number is arbitrary, but every process must use the same one.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4170923117)")
# A migration that waits for a table behind a backup or a long query blocks all later statements on it, so it gives up
# soon.
_NOT_FOR_LONG = text("SET LOCAL lock_timeout = '3s'")


def _run(connection: Connection) -> None:
    with connection.begin():
        connection.execute(_ONE_AT_A_TIME)
        connection.execute(_NOT_FOR_LONG)
        context.configure(connection=connection, target_metadata=metadata)
        context.run_migrations()


_run(cast(Connection, context.config.attributes["connection"]))
