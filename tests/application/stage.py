"""A practice on the in-memory adapters; tests call its use cases directly, without HTTP and without waiting."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.provider_faults import Hold
from adapters.in_memory.provider.provider_world import KeptMeeting, ProviderWorld
from application.connection.complete_connection import AuthorizationResponse, Connected
from application.connection.connect_provider import AuthorizationRedirect, UnfinishedForm
from application.read_history import History
from domain.accounts.account import Account, Role
from domain.accounts.organization import Organization
from domain.audit.entry import AuditEntry
from domain.booking.booking import BookingDetails
from domain.booking.booking_views import BookingView
from domain.clients.client import Client
from domain.connection.connection import Connection, ProviderAccount
from domain.meeting.host import Host
from domain.provider import Provider
from domain.providers import Providers
from domain.slot import Slot
from entrypoints.container import Container
from entrypoints.settings import Settings
from entrypoints.storage import Storage
from tests.in_memory_app import NOON, SETTINGS, InMemoryApp, in_memory_app

Result = TypeVar("Result")
BROWSER = b"browser"
NORTH, SOUTH = "north", "south"
HOUR = timedelta(hours=1)
CONFIRMED = timedelta(seconds=6)  # after a provider's first report that a meeting does not exist


@dataclass
class Stage:
    harness: InMemoryApp
    organization: Organization
    admin: Account
    ana: Account
    bor: Account
    client: Client

    @property
    def use(self) -> Container:
        return self.harness.container

    @property
    def world(self) -> ProviderWorld:
        return self.harness.worlds[NORTH]

    def move(self, by: timedelta) -> None:
        self.harness.clock.move(by)

    # --- connecting --------------------------------------------------------------------------------------------

    def at_provider(self, name: str, provider: str = NORTH) -> ProviderAccount:
        return self.harness.worlds[provider].add_person(name, f"{name.lower()}@{provider}.example")

    async def depart(
        self, who: Account, provider: str = NORTH, form: UnfinishedForm | None = None
    ) -> AuthorizationRedirect:
        return await self.use.connect_provider()(who, BROWSER, provider, form)

    async def back(
        self, who: Account, returned: AuthorizationResponse, provider: str = NORTH, browser: bytes = BROWSER
    ) -> Connected:
        return await self.use.complete_connection()(who, browser, provider, returned)

    def approved(
        self, redirect: AuthorizationRedirect, user: ProviderAccount, without: str = "", provider: str = NORTH
    ) -> AuthorizationResponse:
        scopes = frozenset(one.name for one in self.provider(provider).scopes if one.name != without)
        code = self.harness.worlds[provider].approve(redirect.address, user.user_id, scopes)
        return AuthorizationResponse(state_of(redirect), code)

    async def connect(
        self, who: Account, provider: str = NORTH, user: ProviderAccount | None = None
    ) -> ProviderAccount:
        user = user or self.at_provider(who.name, provider)
        redirect = await self.depart(who, provider)
        await self.back(who, self.approved(redirect, user, provider=provider), provider)
        return user

    def provider(self, name: str) -> Provider:
        offered: Providers = self.use.meeting_providers()
        return offered[name]

    async def connection(self, who: Account, provider: str = NORTH) -> Connection | None:
        async with self.use.begin()() as work:
            found: Connection | None = await work.connections.find(Host(who.organization_id, who.id, provider))
        return found

    async def whose_access(self) -> ProviderAccount:
        """Makes a call with Ana's access token that changes nothing."""
        access = self.use.access_tokens()
        account: ProviderAccount = await access.use(self.host(self.ana), self.provider(NORTH).oauth.current_user)
        return account

    def host(self, who: Account, provider: str = NORTH) -> Host:
        return Host(who.organization_id, who.id, provider)

    async def paused(
        self, operation: str, work: Coroutine[Any, Any, Result], how: Fault = Fault.SLOW
    ) -> tuple[Hold, asyncio.Task[Result]]:
        """Begins the work, which pauses in this call until the hold is released."""
        faults = self.world.faults
        hold = faults.hold_answer(operation) if how is Fault.LATE else faults.hold_next(operation)
        task = asyncio.create_task(work)
        await asyncio.wait_for(hold.reached.wait(), 10)
        return hold, task

    # --- sessions ----------------------------------------------------------------------------------------------

    def details(
        self, who: Account, *, hours: float = 24, provider: str | None = NORTH, title: str = "Talk", notes: str = ""
    ) -> BookingDetails:
        starts_at = NOON + timedelta(hours=hours)
        slot = Slot(starts_at, starts_at + HOUR, "Europe/Ljubljana")
        return BookingDetails(who.id, (self.client.id,), slot, title, notes, provider is not None, provider)

    async def book(self, actor: Account, details: BookingDetails | None = None, key: UUID | None = None) -> UUID:
        booking_id: UUID = await self.use.create_booking()(actor, key or uuid4(), details or self.details(actor))
        return booking_id

    async def view(self, booking_id: UUID) -> BookingView:
        return await self.use.list_bookings().one(self.admin, booking_id)

    async def history(self, booking_id: UUID) -> Sequence[AuditEntry]:
        told: History = await self.use.list_bookings().history(self.admin, booking_id)
        return told.entries

    async def actions(self, booking_id: UUID) -> list[str]:
        return [entry.action for entry in await self.history(booking_id)]

    def meetings(self, user: ProviderAccount, provider: str = NORTH) -> tuple[KeptMeeting, ...]:
        return self.harness.worlds[provider].meetings_of(user.user_id)

    async def stored(self) -> int:
        """The number of bookings, in any status."""
        async with self.use.begin()() as work:
            everybody = [self.ana, self.bor]
            found = [
                await work.bookings.of_host(Host(self.organization.id, who.id, provider), ending_after=None)
                for who in everybody
                for provider in (NORTH, SOUTH)
            ]
        return len({one.id for bookings in found for one in bookings})

    async def work(self, after: timedelta = timedelta(0)) -> None:
        self.move(after)
        await self.harness.work()


def state_of(redirect: AuthorizationRedirect) -> str:
    return redirect.address.split("state=")[1].split("&")[0]


@asynccontextmanager
async def staged(settings: Settings = SETTINGS, storage: Storage | None = None) -> AsyncIterator[Stage]:
    async with in_memory_app(settings, storage) as one:
        organization, admin = await one.found("Practice", "Zala")
        ana = await one.add_people("Ana", Role.CONSULTANT, organization=organization)
        bor = await one.add_people("Bor", Role.CONSULTANT, organization=organization)
        client = await one.container.manage_clients().add(admin, uuid4(), "Cene", "cene@example.com")
        yield Stage(one, organization, admin, ana, bor, client)
        await asyncio.sleep(0)
