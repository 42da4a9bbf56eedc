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
    """A server on which databases may be made, and the name of a migrated one to copy."""

    address: str
    template: str

    def address_of(self, name: str) -> str:
        return urlunsplit(urlsplit(self.address)._replace(path=f"/{name}"))


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
    from adapters.postgres.operations.migrate import upgrade  # here, so that unit tests start without SQLAlchemy

    with _server() as address:
        server = DatabaseServer(address, f"calendra_template_{uuid4().hex[:12]}")
        _run(address, "CREATE DATABASE {}", server.template)
        try:
            upgrade(server.address_of(server.template))
            yield server
        finally:
            drop_database(server, server.address_of(server.template))


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
