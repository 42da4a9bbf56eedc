"""A pooled connection that the server has ended meanwhile is replaced, without asking the server each time."""

import select
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine


def watch(engine: AsyncEngine) -> None:
    event.listen(engine.sync_engine, "checkout", _must_be_alive)


def _must_be_alive(dbapi_connection: Any, record: object, lent: object) -> None:
    """An idle connection has nothing to read, unless the server said goodbye or vanished."""
    pgconn = dbapi_connection.driver_connection.pgconn
    try:
        poll = select.poll()
        poll.register(pgconn.socket, select.POLLIN)
        if poll.poll(0):
            pgconn.consume_input()
        if pgconn.status != psycopg.pq.ConnStatus.OK:
            raise DisconnectionError("The server has closed this connection.")
    except psycopg.OperationalError as error:
        raise DisconnectionError("The server has closed this connection.") from error
