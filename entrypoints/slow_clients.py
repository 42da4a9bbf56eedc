"""Whoever sends a request forever, or never reads the answer, is cut off; the server itself would wait for ever."""

import asyncio
from collections.abc import Callable
from functools import cache
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from entrypoints.settings import settings_from

LARGEST_HEAD = 64 * 1024  # bytes before the body: the address and all headers


@cache
def patience() -> float:
    """Seconds, the same for all connections of this process."""
    return settings_from().client_seconds


class _Deadline:
    """Something happens when it passes; beginning twice is the same as once."""

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
    - An answer that nobody takes off our hands is given up after as long.
    - A head that does not end is not stored any further.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._request = _Deadline(self._cut_off)
        self._answer = _Deadline(self._cut_off)
        self._head = 0
        self._in_head = True

    # The server's own narrows the type in the same way.
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
        self._head, self._in_head = 0, True
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
        """Nothing that was still to be written is waited for."""
        self.transport.abort()
