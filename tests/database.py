"""A real PostgreSQL for tests, and a database of its own for each of them."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from demo.embedded_postgres import EmbeddedPostgres
from tests import docker_database

_VARIABLE = "TEST_DATABASE_URL"


@dataclass(frozen=True)
class DatabaseServer:
    """A server on which databases may be made, the name of a migrated one to copy, and a role that serves without
    owning the tables; its name is its password."""

    address: str
    template: str
    serving_role: str

    def address_of(self, name: str) -> str:
        return urlunsplit(urlsplit(self.address)._replace(path=f"/{name}"))

    def for_serving(self, address: str) -> str:
        """The address of the same database for the role that owns no table."""
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{self.serving_role}:{self.serving_role}@{host}"))


@contextmanager
def fresh_database(server: DatabaseServer) -> Iterator[str]:
    """A new migrated and empty database: its address."""
    name = f"calendra_test_{uuid4().hex[:12]}"
    _run(server.address, "CREATE DATABASE {} TEMPLATE {}", name, server.template)
    try:
        yield server.address_of(name)
    finally:
        drop_database(server, server.address_of(name))


def drop_database(server: DatabaseServer, address: str) -> None:
    _run(server.address, "DROP DATABASE {} WITH (FORCE)", urlsplit(address).path.lstrip("/"))


@contextmanager
def migrated_server() -> Iterator[DatabaseServer]:
    # Here, so that unit tests start without SQLAlchemy
    from adapters.postgres.operations.migrate import upgrade
    from adapters.postgres.operations.serving_role import let_serve

    with _server() as address:
        one = uuid4().hex[:12]
        server = DatabaseServer(address, f"calendra_template_{one}", f"calendra_serving_{one}")
        _run(address, "CREATE DATABASE {}", server.template)
        _run(address, f"CREATE ROLE {{}} LOGIN PASSWORD '{server.serving_role}'", server.serving_role)
        try:
            upgrade(server.address_of(server.template))
            let_serve(server.address_of(server.template), server.serving_role)
            yield server
        finally:
            drop_database(server, server.address_of(server.template))
            _run(address, "DROP ROLE {}", server.serving_role)


def which_server() -> str:
    """For the first lines of a test run."""
    if os.environ.get(_VARIABLE):
        return f"the server of {_VARIABLE}"
    return f"{docker_database.IMAGE} in Docker" if docker_database.docker_answers() else "embedded"


def _server() -> AbstractContextManager[str]:
    if os.environ.get(_VARIABLE):
        return _given()
    return docker_database.container() if docker_database.docker_answers() else _embedded()


@contextmanager
def _given() -> Iterator[str]:
    yield os.environ[_VARIABLE].replace("postgresql+psycopg://", "postgresql://", 1)


@contextmanager
def _embedded() -> Iterator[str]:
    with (
        TemporaryDirectory(prefix="calendra-tests-") as folder,
        EmbeddedPostgres(Path(folder), fast=True) as postgres,
    ):
        yield postgres.address


def _run(address: str, statement: str, *names: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
