"""The adapter against the stand-in for Zoom: every fault it knows, and the webhook events it really sends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from adapters.zoom.http import zoom_http
from demo.sandbox.run import SandboxProcess
from domain.connection.token_set import AccessToken, TokenSet
from domain.meeting.meeting import HeldMeeting, MeetingDetails
from domain.provider_errors import Misconfigured, NeedsConsultant, Refused, TryLater
from domain.webhook_event import Deauthorized, IgnoredEvent, UrlValidation, WebhookEvent
from tests.contract.meeting_provider_stage import VERIFIER, SignedEvent, access_of, consented, details, new_marker
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


ON_THE_WIRE = ("reset", "drop", "hang", "slow", "drip", "cut_off")
BAD_BODIES = ("empty", "truncated", "wrong_types")


@pytest.mark.parametrize(
    ("kind", "after"),
    [(kind, False) for kind in (*ON_THE_WIRE, "status", "html", "empty")]
    + [(kind, True) for kind in (*ON_THE_WIRE, "status", "html", *BAD_BODIES, "missing_join_url")],
)
async def test_after_a_bad_create_a_look_tells_the_truth(stage: ZoomStage, kind: str, after: bool) -> None:
    access, marker, wanted = await access_of(stage), new_marker(), details(stage)
    await stage.fault("create", kind, after=after, delay_ms=3000)
    with pytest.raises(TryLater) as told:
        await stage.provider.meetings.create(access, marker, wanted)
    assert told.value.unheard
    found = await looked_for(stage, access, marker, wanted)
    assert [held.id for held in found] == [seen.id for seen in await stage.seen()]


async def looked_for(
    stage: ZoomStage, access: AccessToken, marker: UUID, wanted: MeetingDetails
) -> tuple[HeldMeeting, ...]:
    """As the reconciliation does: a connection that was just cut may be the one that the next call is sent on."""
    try:
        return await stage.provider.meetings.find(access, marker, wanted)
    except TryLater:
        return await stage.provider.meetings.find(access, marker, wanted)


Asked = Callable[[ZoomStage, TokenSet, str, UUID], Awaitable[Any]]
OPERATIONS: dict[str, Asked] = {
    "exchange": lambda stage, token_set, meeting_id, marker: consented(stage),
    "refresh": lambda stage, token_set, meeting_id, marker: stage.provider.oauth.refresh(token_set),
    "revoke": lambda stage, token_set, meeting_id, marker: stage.provider.oauth.revoke(
        AccessToken(token_set.access_token)
    ),
    "current_user": lambda stage, token_set, meeting_id, marker: stage.provider.oauth.current_user(
        AccessToken(token_set.access_token)
    ),
    "read": lambda stage, token_set, meeting_id, marker: stage.provider.meetings.read(
        AccessToken(token_set.access_token), meeting_id, details(stage)
    ),
    "find": lambda stage, token_set, meeting_id, marker: stage.provider.meetings.find(
        AccessToken(token_set.access_token), marker, details(stage)
    ),
    "change": lambda stage, token_set, meeting_id, marker: stage.provider.meetings.change(
        AccessToken(token_set.access_token), meeting_id, marker, details(stage)
    ),
    "remove": lambda stage, token_set, meeting_id, marker: stage.provider.meetings.remove(
        AccessToken(token_set.access_token), meeting_id
    ),
}
EMPTY_BY_NATURE = ("change", "remove")


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        (operation, kind)
        for operation in OPERATIONS
        for kind in ("drop", "reset", "html", "status", *(() if operation in EMPTY_BY_NATURE else BAD_BODIES))
    ],
)
async def test_every_fault_is_told_as_one_that_passes(stage: ZoomStage, operation: str, kind: str) -> None:
    token_set, marker = await consented(stage), new_marker()
    held = await stage.provider.meetings.create(AccessToken(token_set.access_token), marker, details(stage))
    await stage.fault(operation, kind)
    with pytest.raises(TryLater):
        await OPERATIONS[operation](stage, token_set, held.id, marker)


async def test_who_may_not_host_is_told_in_zooms_words(stage: ZoomStage) -> None:
    access = await access_of(stage)
    await stage.ask("PATCH", f"accounts/{ANA}", {"may_host": False})
    with pytest.raises(Refused, match="not allowed meeting hosting"):
        await stage.provider.meetings.create(access, new_marker(), details(stage))


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
    with pytest.raises(Refused, match="old time"):
        await stage.provider.meetings.change(access, held.id, marker, details(stage, days=2))


async def test_three_pages_of_meetings_are_searched(stage: ZoomStage) -> None:
    access, marker = await access_of(stage), new_marker()
    await stage.ask("PATCH", "config", {"daily_limit": 1000})
    soon = details(stage, "Team", days=1)
    for _ in range(13):
        await asyncio.gather(*(stage.provider.meetings.create(access, new_marker(), soon) for _ in range(24)))
    held = await stage.provider.meetings.create(access, marker, details(stage, days=300))
    assert await stage.provider.meetings.find(access, marker, details(stage)) == (held,)


async def test_wrong_credentials_are_our_own_fault(stage: ZoomStage, sandbox: SandboxProcess) -> None:
    token_set = await consented(stage)
    await stage.ask("PATCH", "config", {"client_secret": "regenerated"})
    try:
        with pytest.raises(Misconfigured):
            await stage.provider.oauth.refresh(token_set)
        with pytest.raises(Misconfigured):
            await stage.provider.oauth.revoke(AccessToken(token_set.access_token))
    finally:
        await stage.ask("PATCH", "config", {"client_secret": sandbox.config.client_secret})
    assert (await stage.provider.oauth.refresh(token_set)).access_token


async def test_looking_without_its_permission_names_it(stage: ZoomStage) -> None:
    token_set = await consented(stage, without="meeting:read:list_meetings")
    with pytest.raises(NeedsConsultant) as told:
        await stage.provider.meetings.find(AccessToken(token_set.access_token), new_marker(), details(stage))
    assert told.value.scopes == ("meeting:read:list_meetings",)


async def test_an_expired_code_is_dead(stage: ZoomStage) -> None:
    code = await stage.approve(stage.provider.oauth.authorize_address("late", VERIFIER))
    await stage.ask("POST", "clock", {"advance_seconds": 301})
    with pytest.raises(Exception, match="Invalid authorization code"):
        await stage.provider.oauth.exchange(code, VERIFIER)


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
