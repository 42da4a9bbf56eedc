"""Works below HTTP: breaks, drops or starves a connection as a failing network does."""

import asyncio
import socket
import struct
from typing import Any

from litestar.types import Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from demo.sandbox.spoil import Answer

LONGEST_HANG = 300.0
DRIPS = 20
_KEY = "sandbox.transport"


class OpenTransport(HttpToolsProtocol):
    """uvicorn's protocol, which also exposes the connection to the application."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        scope: Any = self.scope
        scope[_KEY] = self.transport


def reachable(scope: Scope) -> bool:
    return _KEY in scope


async def reset(scope: Scope, receive: Receive) -> None:
    """Sends RST to the peer."""
    transport = _transport(scope)
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await _gone(receive, LONGEST_HANG)


async def drop(scope: Scope, receive: Receive) -> None:
    """Closes the connection in order, without a response."""
    _transport(scope).close()
    await _gone(receive, LONGEST_HANG)


async def hang(scope: Scope, receive: Receive, delay_ms: float) -> None:
    """Sends nothing until the caller gives up or the time is over, then drops the connection."""
    if not await _gone(receive, delay_ms / 1000 or LONGEST_HANG):
        await drop(scope, receive)


async def cut_off(scope: Scope, receive: Receive, send: Send, answer: Answer) -> None:
    """Announces the whole body and closes the connection in the middle of it."""
    status, headers, body = answer
    await send(_start(status, headers, len(body)))
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    await drop(scope, receive)


async def drip(send: Send, answer: Answer, delay_ms: float) -> None:
    """Sends a correct response in small pieces."""
    status, headers, body = answer
    await send(_start(status, headers, len(body)))
    size = max(1, len(body) // DRIPS)
    for at in range(0, len(body), size):
        await asyncio.sleep(delay_ms / 1000 / DRIPS)
        await send({"type": "http.response.body", "body": body[at : at + size], "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def answer_with(send: Send, answer: Answer) -> None:
    status, headers, body = answer
    await send(_start(status, headers, len(body)))
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _start(status: int, headers: list[tuple[bytes, bytes]], length: int) -> Message:
    kept = [(name, value) for name, value in headers if name != b"content-length"]
    if status != 204:
        kept.append((b"content-length", str(length).encode()))
    return {"type": "http.response.start", "status": status, "headers": kept}


def _transport(scope: Any) -> Any:
    return scope[_KEY]


async def _gone(receive: Receive, seconds: float) -> bool:
    """Waits until the peer has disconnected, so that the server does not send a response of its own."""
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        return False
    return True
