"""The running application in memory, with a provider that is Zoom in its webhook events and in memory otherwise."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

import httpx
from dependency_injector import providers

from adapters.in_memory.provider.meeting_provider import in_memory_provider
from adapters.in_memory.provider.provider_world import ProviderWorld
from adapters.zoom.webhook_events import ZoomWebhookEvents
from domain.accounts.account import Account, Role
from domain.connection.connection import ProviderAccount
from domain.providers import Providers
from tests.application.stage import Stage, staged
from tests.integration.webhooks.samples import ACCOUNT, CLIENT, EVENT_TS, MEETING, REMOVED_AT, USER
from tests.integration.webhooks.sending import signed

ZOOM = "zoom"
NEW, OLD = "webhook-secret-new-81", "webhook-secret-old-17"
SECRETS = {"present": NEW, "old during rotation": OLD, "wrong": "webhook-secret-of-nobody"}
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Host:
    """A consultant who is connected and has one online session, made an hour ago."""

    account: Account
    user: ProviderAccount
    booking_id: UUID
    meeting_id: str
    link: str


@dataclass
class ZoomStage:
    stage: Stage
    world: ProviderWorld
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def now(self) -> datetime:
        return self.stage.harness.clock.now()

    async def host(self) -> Host:
        number = next(self._numbers)
        add_people = self.stage.harness.add_people
        account = await add_people(f"Host{number}", Role.CONSULTANT, organization=self.stage.organization)
        user = ProviderAccount(str(44_170_000 + number), str(90_210_000 + number), account.email, "Host", "licensed")
        self.world.people[user.user_id] = user
        await self.stage.connect(account, ZOOM, user)
        booking_id = await self.stage.book(account, self.stage.details(account, hours=24 * 30, provider=ZOOM))
        [kept] = self.world.meetings_of(user.user_id)
        self.stage.move(HOUR)
        return Host(account, user, booking_id, kept.id, kept.join_link)

    def values(self, host: Host, at: datetime) -> dict[str, object]:
        return {
            MEETING: host.meeting_id,
            USER: host.user.user_id,
            ACCOUNT: host.user.account_id,
            str(EVENT_TS): int(at.timestamp() * 1000),
            REMOVED_AT: at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }

    async def deliver(self, body: bytes, secret: str = NEW, **headers: str) -> httpx.Response:
        sent = signed(body, secret, self.now().timestamp()) | headers
        return await self.stage.harness.http.post(f"/webhooks/{ZOOM}", content=body, headers=sent)

    async def looks(self, host: Host) -> int:
        return sum(one.action == "verify" for one in await self.stage.history(host.booking_id))

    async def removals(self, host: Host) -> int:
        told = await self.stage.use.show_connections().history(self.stage.admin, host.account.id)
        return sum(one.action == "removed_at_provider" for one in told.entries)


@asynccontextmanager
async def zoom_staged() -> AsyncIterator[ZoomStage]:
    async with staged() as stage:
        provider, world = in_memory_provider(ZOOM, "Zoom", stage.harness.clock)
        world._numbers = 81_236_549_000  # meetings' numbers are longer than 32 bits
        noticing = replace(provider, webhook_events=ZoomWebhookEvents(CLIENT, (NEW, OLD)))
        stage.use.meeting_providers.override(providers.Object(Providers([noticing])))
        stage.harness.worlds[ZOOM] = world
        yield ZoomStage(stage, world)
