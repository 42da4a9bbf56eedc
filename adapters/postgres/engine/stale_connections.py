"""Replaces a pooled connection that the server has ended, without a round trip per checkout."""

import select
from typing import Any

from psycopg.pq import ConnStatus
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine


def watch(engine: AsyncEngine) -> None:
    event.listen(engine.sync_engine, "checkout", _must_be_alive)


def _must_be_alive(dbapi_connection: Any, record: object, lent: object) -> None:
    """An idle connection has nothing to read, unless the server closed it or disappeared."""
    pgconn = dbapi_connection.driver_connection.pgconn
    if pgconn.status != ConnStatus.OK or _readable(pgconn.socket):
        raise DisconnectionError("The server has closed this connection.")


def _readable(socket: int) -> bool:
    poll = select.poll()  # select() is limited to descriptors below 1024
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
