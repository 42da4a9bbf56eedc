"""A role that serves without owning the tables: it reads and writes rows, and changes no table or trigger."""

from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.errors import UndefinedObject

from adapters.postgres.engine.address import limited_parameters, parameters
from adapters.postgres.engine.error_translation import FAILURES, translated

_ROWS = "SELECT, INSERT, UPDATE, DELETE"
_STATEMENTS = (
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",  # granted in databases older than PostgreSQL 15
    "GRANT USAGE ON SCHEMA public TO {role}",
    f"GRANT {_ROWS} ON ALL TABLES IN SCHEMA public TO {{role}}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    # The tables of later migrations
    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {_ROWS} ON TABLES TO {{role}}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {role}",
)
_OWNS = """
    SELECT count(*) FILTER (WHERE pg_has_role(relowner, 'USAGE')),
        count(*) FILTER (WHERE NOT has_table_privilege(oid, 'SELECT'))
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


class NoSuchRole(Exception):
    """The server has no role of this name."""


@dataclass(frozen=True, slots=True)
class Rights:
    """`owned`: the number of tables that the role owns, or could as a superuser. `unreadable`: the number of tables
    that it may not read."""

    owned: int
    unreadable: int


def let_serve(address: str, role: str) -> None:
    """Grants the role the rights to serve; `address` is that of the owner. Safe to repeat. Raises NoSuchRole,
    StorageUnavailable."""
    try:
        with psycopg.connect(**parameters(address, "calendra migrations")) as connection:
            for statement in _STATEMENTS:
                connection.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
    except UndefinedObject as error:
        raise NoSuchRole(role) from error
    except FAILURES as error:
        raise translated(error) from error


async def rights(address: str) -> Rights:
    """Raises StorageUnavailable."""
    try:
        async with await psycopg.AsyncConnection.connect(**limited_parameters(address, "calendra check")) as connection:
            row = await (await connection.execute(_OWNS)).fetchone()
    except FAILURES as error:
        raise translated(error) from error
    owned, unreadable = row or (0, 0)
    return Rights(owned, unreadable)
