"""Limits of time and size, on real sockets."""

import asyncio
import socket
import time
from datetime import timedelta

import pytest

from domain.provider_errors import TryLater
from tests.integration.zoom.slow_zoom import TOTAL, request_of, zoom_at, zoom_behind
from tests.integration.zoom.zoom_answers import TOKEN_SET
from tests.integration.zoom.zoom_calls import CALLS, WITH_EFFECT

HEAD = b"HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n"


async def _hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    await reader.read()


async def _close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)


async def _reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    writer.transport.abort()


async def _speak_otherwise(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    writer.write(b"220 mail.example ready\r\n")


async def _cut_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    writer.write(HEAD + b'content-length: 500\r\n\r\n{"id": 1')


async def _drip_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte now and then: no single read ever takes too long."""
    await request_of(reader)
    writer.write(HEAD + b"content-length: 1000\r\n\r\n")
    await _drip(writer)


async def _drip_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    writer.write(b"HTTP/1.1 201 Created\r\nx-slow: ")
    await _drip(writer)


async def _drip(writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"a")
        await asyncio.sleep(0.05)


async def _flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_of(reader)
    writer.write(HEAD + b"transfer-encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        await writer.drain()


@pytest.mark.parametrize("operation", list(CALLS))
@pytest.mark.parametrize(
    "behaviour", [_hang, _close, _reset, _speak_otherwise, _cut_off, _drip_body, _drip_head, _flood]
)
async def test_a_bad_answer_ends_in_time_and_is_unheard(behaviour, operation: str) -> None:
    async with zoom_behind(behaviour) as zoom:
        began = time.perf_counter()
        with pytest.raises(TryLater) as told:
            await CALLS[operation](zoom)
        assert time.perf_counter() - began < 2
    assert told.value.reason == "provider_down"
    assert told.value.unheard is (operation in WITH_EFFECT)


@pytest.mark.parametrize("operation", list(CALLS))
async def test_a_refused_connection_had_no_effect(operation: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but not listening
        async with zoom_at(taken.getsockname()[1]) as zoom:
            with pytest.raises(TryLater) as told:
                await CALLS[operation](zoom)
    assert not told.value.unheard


async def test_an_operation_of_many_calls_ends_in_time_as_well() -> None:
    pages = 0

    async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal pages
        while await request_of(reader):
            pages += 1
            await asyncio.sleep(0.12)
            body = b'{"meetings": [], "next_page_token": "more"}'
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body) + body)

    async with zoom_behind(page) as zoom:
        began = time.perf_counter()
        with pytest.raises(TryLater):
            await CALLS["find"](zoom)
        assert time.perf_counter() - began < 1.5
    assert 2 <= pages <= 4


async def test_a_cancelled_caller_is_cancelled_and_the_connection_freed() -> None:
    async with zoom_behind(_hang) as zoom:
        call = asyncio.ensure_future(CALLS["read"](zoom))
        await asyncio.sleep(0.1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call


async def test_sixty_four_calls_run_at_once() -> None:
    waiting = 0
    all_there = asyncio.Event()

    async def together(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal waiting
        await request_of(reader)
        waiting += 1
        if waiting == 64:
            all_there.set()
        await all_there.wait()
        writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")

    async with zoom_behind(together, total=10) as zoom:
        await asyncio.gather(*(CALLS["remove"](zoom) for _ in range(64)))
    assert waiting == 64


async def test_a_compressed_answer_is_neither_asked_for_nor_unfolded() -> None:
    asked: list[bytes] = []

    async def compressed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await request_of(reader))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\x8b\x08\x00")

    async with zoom_behind(compressed) as zoom:
        with pytest.raises(TryLater):
            await CALLS["read"](zoom)
    assert b"accept-encoding: identity\r\n" in asked[0].lower()


async def test_an_answer_without_end_is_left_long_before_the_time_is_up() -> None:
    async with zoom_behind(_flood, total=30) as zoom:
        began = time.perf_counter()
        with pytest.raises(TryLater) as told:
            await CALLS["create"](zoom)
        assert time.perf_counter() - began < 10
    assert told.value.answered == "no answer (TooLarge)"


TOKENS = b'{"access_token":"a","refresh_token":"r","expires_in":3599,"scope":"user:read:user"}'


async def _answer_late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """After more than the limits of a read and of a call."""
    await request_of(reader)
    await asyncio.sleep(2 * TOTAL)
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(TOKENS), TOKENS))


async def test_the_answer_to_a_refresh_is_waited_for_as_long_as_it_is_worth() -> None:
    async with zoom_behind(_answer_late) as zoom:
        with pytest.raises(TryLater) as told:
            await zoom.oauth.refresh(TOKEN_SET)
        assert told.value.unheard
        renewed = await zoom.oauth.refresh(TOKEN_SET, within=timedelta(seconds=10))
        assert renewed.refresh_token == "r"


async def test_that_wait_has_an_end_too() -> None:
    began = time.monotonic()
    async with zoom_behind(_hang) as zoom:
        with pytest.raises(TryLater) as told:
            await zoom.oauth.refresh(TOKEN_SET, within=timedelta(seconds=2 * TOTAL))
    assert told.value.unheard
    assert 2 * TOTAL <= time.monotonic() - began < 2 * TOTAL + 3
