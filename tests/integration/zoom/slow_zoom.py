"""A server on a real socket that behaves as badly as a test wants."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from msgspec.structs import replace

from adapters.zoom.http import zoom_http
from adapters.zoom.provider import zoom_provider
from domain.provider import Provider
from tests.integration.zoom.zoom_answers import CALLBACK, SETTINGS, FixedClock

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

READ, TOTAL = 0.2, 0.4


@asynccontextmanager
async def zoom_behind(behaviour: Behaviour, *, total: float = TOTAL) -> AsyncIterator[Provider]:
    """The provider with short limits; `behaviour` meets each connection and is ended with the test."""
    met: set[asyncio.Task[None]] = set()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await behaviour(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.add(asyncio.create_task(meet(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0, backlog=128)
    try:
        async with zoom_at(server.sockets[0].getsockname()[1], total=total) as zoom:
            yield zoom
    finally:
        server.close()
        for task in met:
            task.cancel()
        await asyncio.gather(*met, return_exceptions=True)
        await server.wait_closed()


@asynccontextmanager
async def zoom_at(port: int, *, total: float = TOTAL) -> AsyncIterator[Provider]:
    address = f"http://127.0.0.1:{port}"
    settings = replace(
        SETTINGS,
        oauth_address=f"{address}/oauth",
        api_address=f"{address}/v2",
        connect_seconds=2.0,
        read_seconds=max(READ, total / 2),
        total_seconds=total,
    )
    async with zoom_http(settings) as http:
        yield zoom_provider(settings, CALLBACK, http, FixedClock())


async def request_of(reader: asyncio.StreamReader) -> bytes:
    """Head and body of one request."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0]) if lengths else 0)
