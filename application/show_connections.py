"""Who is connected where, as whom, and how it fares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.account import Account
from domain.connection import Connection
from domain.errors import NotFound
from domain.history import Entry
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Provider
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.providers import Providers


@dataclass(frozen=True, slots=True)
class ProviderStanding:
    """A consultant at one provider. `connection` None: never connected, or removed.

    `calls_left` of the provider's daily limit today, None where it has none.
    """

    provider: Provider
    connection: Connection | None
    calls_left: int | None


@dataclass(frozen=True, slots=True)
class ConsultantStanding:
    consultant: Account
    providers: tuple[ProviderStanding, ...]


@dataclass(frozen=True)
class ShowConnections:
    """Rules: admins see every consultant of the organization, consultants themselves. Tokens are never shown."""

    begin: Begin
    providers: Providers
    clock: Clock

    async def __call__(self, actor: Account) -> Sequence[ConsultantStanding]:
        async with self.begin() as work:
            people = await work.people.consultants(actor.organization_id)
            visible = [one for one in people if actor.may_manage(one.id)]
            found = await work.connections.of_organization(actor.organization_id)
            by_host = {(one.consultant_id, one.provider): one for one in found}
            return [await self._standing(work, one, by_host) for one in visible]

    async def history(self, actor: Account, consultant_id: UUID) -> Sequence[Entry]:
        """Raises NotFound, also for a consultant of another practice."""
        actor.must_manage(consultant_id, "consultant")
        async with self.begin() as work:
            if await work.people.account(actor.organization_id, consultant_id) is None:
                raise NotFound("consultant")
            return await work.histories.of(actor.organization_id, consultant_id)

    async def _standing(
        self, work: UnitOfWork, consultant: Account, by_host: dict[tuple[UUID, str], Connection]
    ) -> ConsultantStanding:
        standings = [
            ProviderStanding(provider, connection, await self._left(work, consultant, provider) if connection else None)
            for provider in self.providers
            for connection in [by_host.get((consultant.id, provider.name))]
        ]
        return ConsultantStanding(consultant, tuple(standings))

    async def _left(self, work: UnitOfWork, consultant: Account, provider: Provider) -> int | None:
        if provider.daily_calls is None:
            return None
        used = await work.histories.calls_of_host(
            consultant.organization_id,
            consultant.id,
            provider.name,
            actions=("create", "change"),
            since=_start_of_day(self.clock.now()),
        )
        return max(provider.daily_calls - used, 0)


def _start_of_day(now: datetime) -> datetime:
    """Providers count by the UTC day."""
    return now - timedelta(hours=now.hour, minutes=now.minute, seconds=now.second, microseconds=now.microsecond)
