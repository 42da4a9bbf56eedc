"""Aborts connections of clients that never finish a request or never read the response.

No server that we tried has these limits (docs/adr/0023-slow-clients-are-cut-off-by-our-own-protocol-class.md).
"""

import asyncio
from collections.abc import Callable
from functools import cache
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from entrypoints.settings import settings_from

LARGEST_HEAD = 64 * 1024  # bytes before the body: the request line and all headers


@cache
def patience() -> float:
    """Seconds, the same for all connections of this process."""
    return settings_from().client_seconds


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


class BoundedProtocol(HttpToolsProtocol):
    """Rules:

    - From the first byte, or from the connection, to the end of the body a request has `patience` seconds.
    - The connection ends if the client reads nothing of a response for that time.
    - The connection ends when the head exceeds its limit.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._request = _Deadline(self._cut_off)
        self._answer = _Deadline(self._cut_off)
        self._head = 0
        self._in_head = True

    # The server's own method narrows the type in the same way.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._request.begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._request.end()
        self._answer.end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
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

    def _cut_off(self) -> None:
        """Aborts without waiting for unsent data."""
        self.transport.abort()
