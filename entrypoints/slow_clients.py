"""Aborts connections of clients that never finish a request or never read the response, and refuses connections before
the process runs out of file descriptors.

No server that we tried has these limits (docs/adr/0023-slow-clients-are-cut-off-by-our-own-protocol-class.md).
"""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from entrypoints.descriptors import left_for_clients
from entrypoints.settings import settings_from

_log = logging.getLogger("calendra.http")

_SAYS = b"Calendra has too many open connections. Try again in 5 seconds.\n"
_REFUSAL = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nretry-after: 5\r\n"
    b"content-length: %d\r\nconnection: close\r\n\r\n%b" % (len(_SAYS), _SAYS)
)
_REFUSED_STAYS = 1.0  # seconds, in which the client can read the refusal
_LOGGED_EVERY = 60.0

LARGEST_HEAD = 64 * 1024  # bytes before the body: the request line and all headers


@cache
def patience() -> float:
    """Seconds, the same for all connections of this process."""
    return settings_from().client_seconds


@cache
def most_descriptors() -> int:
    """The same for all connections of this process."""
    return left_for_clients(settings_from().database_connections)


class _RefusedConnections:
    """Counts refused connections, and logs them at most once a minute."""

    def __init__(self) -> None:
        self._unlogged = 0
        self._logged_at = -_LOGGED_EVERY

    def count(self) -> None:
        self._unlogged += 1
        now = time.monotonic()
        if now >= self._logged_at + _LOGGED_EVERY:
            _log.error(
                "refused %d connections: the process would run out of file descriptors. Raise its limit (LimitNOFILE)",
                self._unlogged,
            )
            self._unlogged, self._logged_at = 0, now


_refused_connections = _RefusedConnections()


class _Deadline:
    """Calls `passed` when the time is over. A second `begin` has no effect."""

    def __init__(self, passed: Callable[[], None]) -> None:
        self._passed = passed
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        self._timer = self._timer or asyncio.get_running_loop().call_later(patience(), self._passed)

    def end(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None


def _descriptor_of(transport: asyncio.Transport) -> int:
    """The system gives the lowest free number, so this many are in use. -1 when the connection ended already."""
    accepted = transport.get_extra_info("socket")
    return accepted.fileno() if accepted else -1


class BoundedProtocol(HttpToolsProtocol):
    """Rules:

    - From the first byte, or from the connection, to the end of the body a request has `patience` seconds.
    - The connection ends if the client reads nothing of a response for that time.
    - The connection ends when the head exceeds its limit.
    - A connection that leaves too few file descriptors for the rest of the process is answered with 503.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._request = _Deadline(self._cut_off)
        self._answer = _Deadline(self._cut_off)
        self._head = 0
        self._in_head = True
        self._refused = False

    # The server's own method narrows the type in the same way.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if _descriptor_of(transport) >= most_descriptors():
            self._refuse()
        else:
            self._request.begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._request.end()
        self._answer.end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head > LARGEST_HEAD:
            self._cut_off()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._request.begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._request.end()
        self._head, self._in_head = 0, True
        super().on_message_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._answer.begin()

    def resume_writing(self) -> None:
        self._answer.end()
        super().resume_writing()

    def _refuse(self) -> None:
        self._refused = True
        _refused_connections.count()
        self.transport.write(_REFUSAL)
        asyncio.get_running_loop().call_later(_REFUSED_STAYS, self.transport.abort)

    def _cut_off(self) -> None:
        """Aborts without waiting for unsent data."""
        self.transport.abort()
