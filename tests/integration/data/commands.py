"""The `calendra` command on some database, as an operator types it; and empty databases to type it for."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from click.testing import CliRunner, Result
from psycopg import sql

from entrypoints.cli import main
from tests.database import DatabaseServer, drop_database


def calendra(environment: dict[str, str], *words: str) -> Result:
    """In this process, which is faster."""
    return CliRunner().invoke(main, words, env=environment)


@contextmanager
def empty_database(server: DatabaseServer) -> Iterator[str]:
    """As `createdb` makes it: without any table."""
    address = server.address_of(f"calendra_empty_{uuid4().hex[:12]}")
    name = urlsplit(address).path.lstrip("/")
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield address
    finally:
        drop_database(server, address)
