"""Many concurrent connections without a scan of all of them on each call."""

from collections.abc import AsyncIterator, Callable
from ssl import SSLContext
from typing import cast

import httpx


class Lanes(httpx.AsyncBaseTransport):
    """Several small pools. The first pool with room takes the call, so a low load keeps few connections open. A
    single large pool compares each idle connection with all others, twice per call: that took a third of a busy
    worker's time."""

    def __init__(self, lanes: int, limits: httpx.Limits) -> None:
        """`limits` apply to each lane."""
        trusted = httpx.create_ssl_context()
        self._lanes = [_Lane(limits, trusted) for _ in range(lanes)]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        lane = next((lane for lane in self._lanes if lane.has_room), self._lanes[-1])
        return await lane.carry(request)

    async def aclose(self) -> None:
        for lane in self._lanes:
            await lane.pool.aclose()


class _Lane:
    def __init__(self, limits: httpx.Limits, trusted: SSLContext) -> None:
        self.pool = httpx.AsyncHTTPTransport(verify=trusted, limits=limits)
        self._most = limits.max_connections or 1
        self._under_way = 0

    @property
    def has_room(self) -> bool:
        return self._under_way < self._most

    async def carry(self, request: httpx.Request) -> httpx.Response:
        self._under_way += 1
        try:
            response = await self.pool.handle_async_request(request)
        except BaseException:
            self._ended()
            raise
        response.stream = _UntilClosed(cast(httpx.AsyncByteStream, response.stream), self._ended)
        return response

    def _ended(self) -> None:
        self._under_way -= 1


class _UntilClosed(httpx.AsyncByteStream):
    """A call ends when its body has been read or the caller closes it."""

    def __init__(self, stream: httpx.AsyncByteStream, ended: Callable[[], None]) -> None:
        self._stream = stream
        self._ended = ended

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            self._ended()
