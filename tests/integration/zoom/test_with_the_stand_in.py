"""The adapter against the sandbox: what only a Zoom that remembers can show. Every fault of it, in every call:
tests/chaos/faults/test_matrix.py."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from adapters.zoom.http import zoom_http
from demo.sandbox.run import SandboxProcess
from domain.failure_reason import FailureReason
from domain.provider_errors import Refused, TryLater
from domain.webhook_event import Deauthorized, IgnoredEvent, UrlValidation, WebhookEvent
from tests.contract.meeting_provider_stage import SignedEvent, access_of, details, new_marker
from tests.contract.meeting_provider_zoom import PEOPLE, ZoomStage, sandbox_config, settings_for
from tests.integration.zoom.slow_zoom import request_of

ANA = PEOPLE[0]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess(sandbox_config()) as running:
        yield running


@pytest.fixture
async def stage(sandbox: SandboxProcess) -> AsyncIterator[ZoomStage]:
    settings = settings_for(sandbox.address, sandbox.config, read_seconds=0.8, total_seconds=1.6)
    async with zoom_http(settings) as http, httpx.AsyncClient(base_url=sandbox.address) as control:
        stage = ZoomStage(sandbox.config, settings, http, control)
        await stage.ask("POST", "reset")
        yield stage


async def test_a_meeting_in_progress_is_removed_later(stage: ZoomStage) -> None:
    access = await access_of(stage)
    held = await stage.provider.meetings.create(access, new_marker(), details(stage))
    await stage.ask("PATCH", f"meetings/{held.id}", {"status": "started"})
    with pytest.raises(TryLater):
        await stage.provider.meetings.remove(access, held.id)
    await stage.ask("PATCH", f"meetings/{held.id}", {"status": "waiting"})
    await stage.provider.meetings.remove(access, held.id)
    assert not await stage.seen()


async def test_a_new_passcode_at_zoom_comes_with_the_next_answer(stage: ZoomStage) -> None:
    access, marker = await access_of(stage), new_marker()
    held = await stage.provider.meetings.create(access, marker, details(stage))
    await stage.ask("PATCH", f"meetings/{held.id}", {"password": "N0vo_geslo"})
    now = await stage.provider.meetings.change(access, held.id, marker, details(stage, days=3))
    assert now.join_link != held.join_link
    assert (await stage.provider.meetings.read(access, held.id, details(stage))).held == now


async def test_a_change_that_zoom_drops_in_silence_is_noticed(stage: ZoomStage) -> None:
    """The stand-in's clock is ahead of ours, so what lies in our future is in its past."""
    access, marker = await access_of(stage), new_marker()
    held = await stage.provider.meetings.create(access, marker, details(stage, days=30))
    await stage.ask("PATCH", "config", {"access_token_seconds": 30 * 86400})
    await stage.ask("POST", "clock", {"advance_seconds": 5 * 86400})
    access = await access_of(stage)
    with pytest.raises(Refused) as refusal:
        await stage.provider.meetings.change(access, held.id, marker, details(stage, days=2))
    assert refusal.value.reason is FailureReason.TIME_KEPT


@asynccontextmanager
async def _mailbox() -> AsyncIterator[tuple[str, "asyncio.Queue[SignedEvent]"]]:
    """An address that takes webhook events as they come over the wire."""
    box: asyncio.Queue[SignedEvent] = asyncio.Queue()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, _, body = (await request_of(reader)).partition(b"\r\n\r\n")
        lines = [line.partition(":") for line in head.decode().split("\r\n")[1:]]
        box.put_nowait(({name.lower(): value.strip() for name, _, value in lines}, body))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/notices", box
    server.close()
    await server.wait_closed()


async def _next(stage: ZoomStage, box: "asyncio.Queue[SignedEvent]") -> WebhookEvent:
    async with asyncio.timeout(5):
        headers, body = await box.get()
    return stage.provider.webhook_events.read(headers, body, now=datetime.now(UTC))


async def test_the_events_that_really_come_are_understood(stage: ZoomStage) -> None:
    account = await stage.provider.oauth.current_user(await access_of(stage))
    access = await access_of(stage)
    async with _mailbox() as (address, box):
        await stage.ask("PATCH", "config", {"webhook_url": address, "deauthorization_url": address})
        try:
            await stage.ask("POST", "webhooks", {"event": "endpoint.url_validation"})
            assert isinstance(await _next(stage, box), UrlValidation)
            await stage.provider.meetings.create(access, new_marker(), details(stage))
            assert await _next(stage, box) == IgnoredEvent("meeting.created")
            await stage.remove_app()
            removal = await _next(stage, box)
        finally:
            await stage.ask("PATCH", "config", {"webhook_url": "", "deauthorization_url": ""})
    assert isinstance(removal, Deauthorized)
    assert (removal.user_id, removal.account_id) == (account.user_id, account.account_id)
    assert abs(removal.at - datetime.now(UTC)) < timedelta(seconds=10)
