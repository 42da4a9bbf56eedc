"""The checks before a booking is saved: its consultant, its clients, and the connection of its host."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.accounts.account import Account
from domain.booking.booking import BookingDetails
from domain.clients.client import Client
from domain.connection.connection import Connection, ConnectionStatus
from domain.connection.errors import ConnectionNeed, ConnectionNeeded
from domain.errors import Invalid
from domain.ports.unit_of_work import UnitOfWork
from domain.provider import Provider
from domain.providers import Providers
from domain.rule import Rule

_NEEDS = {
    None: ConnectionNeed.NOT_CONNECTED,
    ConnectionStatus.CONNECTED: ConnectionNeed.NEEDS_RECONNECTING,
    ConnectionStatus.NEEDS_RECONNECTING: ConnectionNeed.NEEDS_RECONNECTING,
    ConnectionStatus.DISCONNECTING: ConnectionNeed.DISCONNECTING,
}


@dataclass(frozen=True)
class BookingPreconditions:
    providers: Providers

    async def consultant(self, work: UnitOfWork, actor: Account, details: BookingDetails) -> Account:
        """The assigned consultant. Raises Invalid when there is none, or when the actor may not book for them."""
        known = actor.may_manage(details.consultant_id)
        found = await self._account(work, actor, details) if known else None
        if found is None or not found.is_consultant:
            if actor.is_admin and not await work.people.consultants(actor.organization_id):
                raise Invalid("consultant_id", Rule.NO_CONSULTANTS)
            raise Invalid("consultant_id", Rule.UNKNOWN_CONSULTANT)
        return found

    async def _account(self, work: UnitOfWork, actor: Account, details: BookingDetails) -> Account | None:
        """Locks the roles until the booking is stored: a simultaneous request may change them."""
        return await work.people.account_to_assign(actor.organization_id, details.consultant_id)

    async def new_clients(self, work: UnitOfWork, actor: Account, client_ids: tuple[UUID, ...]) -> None:
        """Requires clients who exist and are neither erased nor archived, for clients added to a booking. Raises
        Invalid."""
        for client in await self.clients(work, actor, client_ids):
            client.must_be_offered()

    async def clients(self, work: UnitOfWork, actor: Account, client_ids: tuple[UUID, ...]) -> Sequence[Client]:
        """The clients. Raises Invalid when one does not exist or was erased."""
        known = await work.clients.known(actor.organization_id, client_ids)
        if len(known) < len(client_ids):
            raise Invalid("client_ids", Rule.UNKNOWN_CLIENT)
        return known

    async def connection(self, work: UnitOfWork, consultant: Account, details: BookingDetails) -> Connection | None:
        """The connection that the booking needs, if any. Raises ConnectionNeeded, with the alternatives, before
        anything is stored."""
        if details.provider is None:
            return None
        provider = self.providers.must_offer(details.provider)
        connection = await work.connections.find(consultant.host_at(provider.name))
        if connection is None or not connection.usable:
            raise await self._refusal(work, consultant, provider, connection)
        return connection

    async def _refusal(
        self, work: UnitOfWork, consultant: Account, provider: Provider, connection: Connection | None
    ) -> ConnectionNeeded:
        everyone = await work.connections.of_organization(consultant.organization_id)
        names = {one.id: one.name for one in await work.people.consultants(consultant.organization_id)}
        usable: list[Connection] = [one for one in everyone if one.usable]
        theirs = {one.provider for one in usable if one.consultant_id == consultant.id}
        return ConnectionNeeded(
            provider=provider.name,
            label=provider.label,
            need=_NEEDS[connection.status if connection else None],
            consultant_id=str(consultant.id),
            consultant=consultant.name,
            connected=[
                {"id": str(one.consultant_id), "name": names[one.consultant_id]}
                for one in usable
                if one.provider == provider.name and one.consultant_id in names
            ],
            other_providers=[{"name": one.name, "label": one.label} for one in self.providers if one.name in theirs],
        )
