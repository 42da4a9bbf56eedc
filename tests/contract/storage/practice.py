"""A practice with people in it, and values that belong to it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from adapters.in_memory.database import InMemoryDatabase
from adapters.postgres import PostgresDatabase
from domain.accounts.account import Account, Role
from domain.accounts.organization import Organization
from domain.booking.booking import Booking, BookingDetails
from domain.clients.client import Client
from domain.connection.connection import Connection, ProviderAccount
from domain.connection.token_set import TokenSet
from domain.meeting.host import Host
from domain.slot import Slot
from tests.creations import creation_of

Storage = InMemoryDatabase | PostgresDatabase

NOW = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
ZONE = "Europe/Ljubljana"
HOUR = timedelta(hours=1)
PROVIDER = "meetwell"


@dataclass(frozen=True)
class Practice:
    organization: Organization
    ana: Account
    bor: Account
    admin: Account
    clients: tuple[Client, ...]

    @property
    def id(self) -> UUID:
        return self.organization.id

    def details(
        self,
        *,
        hours: float = 24,
        length: timedelta = HOUR,
        consultant: Account | None = None,
        clients: tuple[Client, ...] = (),
        title: str = "Session",
        notes: str = "",
        provider: str | None = None,
    ) -> BookingDetails:
        """`hours` after NOW."""
        starts_at = NOW + timedelta(hours=hours)
        return BookingDetails(
            consultant_id=(consultant or self.ana).id,
            client_ids=tuple(one.id for one in clients or self.clients[:1]),
            slot=Slot(starts_at, starts_at + length, ZONE),
            title=title,
            notes=notes,
            online=provider is not None,
            provider=provider,
        )

    def booking(self, details: BookingDetails | None = None) -> Booking:
        return Booking.plan(self.id, uuid4(), details or self.details(), now=NOW)

    def connection(self, consultant: Account | None = None, *, user_id: str | None = None) -> Connection:
        account = ProviderAccount(user_id or uuid4().hex, "acc", "host@example.com", "Host", "basic", 1.5 * HOUR)
        token_set = TokenSet(
            "access-" + uuid4().hex, "refresh-" + uuid4().hex, NOW + HOUR, frozenset({"read", "write"})
        )
        who = (consultant or self.ana).id
        return Connection.agree(Host(self.id, who, PROVIDER), uuid4(), account, token_set, now=NOW)


async def new_practice(storage: Storage) -> Practice:
    organization = Organization(uuid4(), "Practice", ZONE)
    here = organization.id
    ana, bor = (_account(here, name, Role.CONSULTANT) for name in ("Ana", "Bor"))
    admin = _account(here, "Zala", Role.ADMIN)
    clients = tuple(Client(here, uuid4(), f"Client {number}", f"c{number}@example.com") for number in range(4))
    async with storage.begin() as work:
        await work.people.add_organization(organization)
        for account in (bor, ana, admin):
            await work.people.add_account(account, "a hash")
        for client in clients:
            await work.clients.add(client)
        await work.commit()
    return Practice(organization, ana, bor, admin, clients)


def _account(organization_id: UUID, name: str, *roles: Role) -> Account:
    return Account(organization_id, uuid4(), f"{name.lower()}-{uuid4().hex}@example.com", name, frozenset(roles), ZONE)


async def stored(storage: Storage, *bookings: Booking) -> None:
    async with storage.begin() as work:
        for booking in bookings:
            await work.bookings.add(booking, creation_of(booking, at=NOW), now=NOW)
        await work.commit()


async def saved(storage: Storage, booking: Booking, *, now: datetime = NOW) -> None:
    async with storage.begin() as work:
        await work.bookings.save(booking, now=now)
        await work.commit()


async def read(storage: Storage, booking: Booking) -> Booking | None:
    async with storage.begin() as work:
        return await work.bookings.to_change(booking.organization_id, booking.id)


async def connected(storage: Storage, *connections: Connection) -> None:
    async with storage.begin() as work:
        for connection in connections:
            await work.connections.save(connection)
        await work.commit()


def edited(booking: Booking, details: BookingDetails) -> Booking:
    return booking.edit(details, expected_version=None, now=NOW)


def with_user(connection: Connection, user_id: str) -> Connection:
    return replace(connection, account=replace(connection.account, user_id=user_id))
