"""What entrypoints/slow_clients.py overrides in uvicorn's protocol class. An upgrade that changes it fails here."""

import asyncio
import inspect
import re
import tomllib
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from entrypoints import slow_clients
from entrypoints.slow_clients import LARGEST_HEAD, BoundedProtocol
from tests.unit.architecture.imports import ROOT

OVERRIDDEN = (
    "connection_made",
    "connection_lost",
    "data_received",
    "pause_writing",
    "resume_writing",
    "on_message_begin",
    "on_headers_complete",
    "on_message_complete",
)


MOST = 100


class Socket(asyncio.Transport):
    """Records whether the connection was aborted."""

    aborted = False
    written = b""
    descriptor = 7

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        here = ("127.0.0.1", 1)
        known = {"getpeername": lambda: here, "getsockname": lambda: here, "fileno": lambda: self.descriptor}
        return SimpleNamespace(**known) if name == "socket" else default

    def abort(self) -> None:
        self.aborted = True

    def is_closing(self) -> bool:
        return self.aborted

    def close(self) -> None: ...

    def write(self, data: Any) -> None:
        self.written += data

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


async def _app(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.sleep(60)


@pytest.fixture
async def connection(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[BoundedProtocol, Socket]]:
    monkeypatch.setattr(slow_clients, "patience", lambda: 0.05)
    monkeypatch.setattr(slow_clients, "most_descriptors", lambda: MOST)
    protocol, socket = BoundedProtocol(Config(_app, log_config=None), ServerState(), {}), Socket()
    protocol.connection_made(socket)
    yield protocol, socket
    protocol.connection_lost(None)


@pytest.mark.parametrize(("descriptor", "refused"), [(MOST - 1, False), (MOST, True)])
async def test_a_connection_that_leaves_too_few_descriptors_is_refused(
    monkeypatch: pytest.MonkeyPatch, descriptor: int, refused: bool
) -> None:
    monkeypatch.setattr(slow_clients, "patience", lambda: 60.0)
    monkeypatch.setattr(slow_clients, "most_descriptors", lambda: MOST)
    monkeypatch.setattr(slow_clients, "_REFUSED_STAYS", 0.01)
    protocol, socket = BoundedProtocol(Config(_app, log_config=None), ServerState(), {}), Socket()
    socket.descriptor = descriptor
    protocol.connection_made(socket)
    protocol.data_received(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
    await asyncio.sleep(0.1)
    assert (socket.aborted, socket.written.startswith(b"HTTP/1.1 503 ")) == (refused, refused)
    protocol.connection_lost(None)


def test_uvicorn_has_an_upper_bound() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert [one for one in wanted if re.fullmatch(r"uvicorn>=[\d.]+,<[\d.]+", one)]


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_the_server_has_each_method_that_is_overridden(name: str) -> None:
    assert name in vars(BoundedProtocol)
    known, ours = (inspect.signature(getattr(one, name)) for one in (HttpToolsProtocol, BoundedProtocol))
    assert list(known.parameters) == list(ours.parameters)


def test_no_other_method_of_the_server_is_overridden() -> None:
    assert {name for name in vars(BoundedProtocol) if name in vars(HttpToolsProtocol)} == {
        *OVERRIDDEN,
        "__init__",
        "__module__",
        "__doc__",
    }


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nabc"])
async def test_an_unfinished_request_is_aborted(connection: tuple[BoundedProtocol, Socket], sent: bytes) -> None:
    protocol, socket = connection
    if sent:
        protocol.data_received(sent)
    await asyncio.sleep(0.1)
    assert socket.aborted


async def test_a_complete_request_may_take_its_time(connection: tuple[BoundedProtocol, Socket]) -> None:
    protocol, socket = connection
    protocol.data_received(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc")
    await asyncio.sleep(0.1)
    assert not socket.aborted


async def test_a_client_that_reads_nothing_is_aborted(connection: tuple[BoundedProtocol, Socket]) -> None:
    protocol, socket = connection
    protocol.data_received(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
    protocol.pause_writing()
    protocol.resume_writing()
    await asyncio.sleep(0.1)
    assert not socket.aborted
    protocol.pause_writing()
    await asyncio.sleep(0.1)
    assert socket.aborted


async def test_a_head_over_the_limit_is_aborted(connection: tuple[BoundedProtocol, Socket]) -> None:
    protocol, socket = connection
    protocol.data_received(b"GET / HTTP/1.1\r\nx-long: " + b"a" * (LARGEST_HEAD - 100))
    assert not socket.aborted
    protocol.data_received(b"a" * 200)
    assert socket.aborted
