"""A proxy between a PostgreSQL server and its clients, which records every statement.

It misses none: from any library, on any connection, prepared or not.
"""

import asyncio
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict

_PROTOCOL = 196608  # 3.0
_ASKS_FOR_ENCRYPTION = (80877103, 80877104)


@dataclass(frozen=True)
class Said:
    application: str
    statement: str


@dataclass
class _Talk:
    """One client's messages: https://www.postgresql.org/docs/current/protocol-message-formats.html"""

    application: str
    heard: list[Said]
    _unread: bytearray = field(default_factory=bytearray)
    _prepared: dict[bytes, str] = field(default_factory=dict)
    _bound: dict[bytes, str] = field(default_factory=dict)

    def listen(self, data: bytes) -> None:
        self._unread += data
        while len(self._unread) >= 5:
            kind, length = struct.unpack_from("!cI", self._unread)
            if len(self._unread) < length + 1:
                return
            self._note(kind, bytes(self._unread[5 : length + 1]))
            del self._unread[: length + 1]

    def _note(self, kind: bytes, body: bytes) -> None:
        first, _, rest = body.partition(b"\0")
        second = rest.partition(b"\0")[0]
        if kind == b"Q":
            self.heard.append(Said(self.application, first.decode()))
        elif kind == b"P":
            self._prepared[first] = second.decode()
        elif kind == b"B":
            self._bound[first] = self._prepared[second]
        elif kind == b"E":
            self.heard.append(Said(self.application, self._bound[first]))


class WireTap:
    """`with WireTap(address) as tap: … tap.address …`; runs in a thread."""

    def __init__(self, address: str) -> None:
        self._server = conninfo_to_dict(address)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._heard: list[Said] = []

    @property
    def address(self) -> str:
        user, password, name = (
            quote(str(self._server.get(part, "")), safe="") for part in ("user", "password", "dbname")
        )
        return f"postgresql://{user}:{password}@127.0.0.1:{self._port}/{name}"

    @contextmanager
    def hearing(self) -> Iterator[list[Said]]:
        """The statements within the block, to be read after it."""
        before, found = len(self._heard), list[Said]()
        yield found
        found += self._heard[before:]

    def __enter__(self) -> Self:
        self._thread.start()
        self._port = asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _open(self) -> int:
        self._listening = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return int(self._listening.sockets[0].getsockname()[1])

    async def _close(self) -> None:
        self._listening.close()
        talking = asyncio.all_tasks() - {asyncio.current_task()}
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)

    async def _connected(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        server, to_server = await self._to_server()
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                talk = await self._greeted(client, to_client, to_server)
                await asyncio.gather(_passed_on(client, to_server, talk), _passed_on(server, to_client, None))
        finally:
            to_client.close()
            to_server.close()

    async def _to_server(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = str(self._server.get("host") or "localhost"), int(self._server.get("port") or 5432)
        if host.startswith("/"):
            return await asyncio.open_unix_connection(Path(host) / f".s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)

    async def _greeted(
        self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter, to_server: asyncio.StreamWriter
    ) -> _Talk | None:
        """The name of the client; None for a request to cancel another client's statement."""
        while True:
            head = await client.readexactly(8)
            length, code = struct.unpack("!II", head)
            body = await client.readexactly(length - 8)
            if code not in _ASKS_FOR_ENCRYPTION:
                break
            to_client.write(b"N")
        to_server.write(head + body)
        words = [word.decode() for word in body.split(b"\0")]
        named = dict(zip(words[::2], words[1::2], strict=False))
        return _Talk(named.get("application_name", ""), self._heard) if code == _PROTOCOL else None


async def _passed_on(source: asyncio.StreamReader, target: asyncio.StreamWriter, talk: _Talk | None) -> None:
    """Records the statement before it passes it on, so that it is recorded when the answer arrives."""
    while data := await source.read(65536):
        if talk:
            talk.listen(data)
        target.write(data)
        await target.drain()
    target.close()
