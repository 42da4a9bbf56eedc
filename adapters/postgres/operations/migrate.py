"""Migrates a database to the tables of this version, and back. Several processes may start at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from adapters.postgres.engine.address import parameters
from adapters.postgres.engine.error_translation import translated

_SCRIPTS = Path(__file__).parents[1] / "migrations"


def upgrade(address: str, revision: str = "head") -> None:
    with _connected(address) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(address: str, revision: str) -> None:
    """`revision` is a revision id such as 0002, or base for an empty database."""
    with _connected(address) as connection:
        command.downgrade(_config(connection), revision)


def current(address: str) -> str | None:
    """The revision of the database, or None when it is empty."""
    with _connected(address) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def pending(address: str) -> tuple[str, ...]:
    """The revisions that `upgrade` would run, in order."""
    scripts = ScriptDirectory.from_config(_config(None))
    at = current(address) or "base"
    if at != "base" and at not in {script.revision for script in scripts.walk_revisions()}:
        return ()  # a newer version has migrated already; this version works with its tables
    return tuple(script.revision for script in reversed(list(scripts.iterate_revisions("head", at))))


@contextmanager
def _connected(address: str) -> Iterator[Connection]:
    known = parameters(address, "calendra migrations")
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(**known), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise translated(error) from error
    finally:
        engine.dispose()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
