"""Connections in memory, unencrypted: no data leaves the process."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from adapters.in_memory.state import State
from domain.connection.connection import Connection, ConnectionStatus
from domain.connection.errors import ProviderAccountTaken
from domain.errors import ObjectKind
from domain.meeting.host import Host
from domain.meeting.orphans import EVERY
from domain.ports.connections import Connections


class InMemoryConnections(Connections):
    def __init__(self, state: State) -> None:
        self._state = state
        self._connections = state.connections

    async def find(self, host: Host) -> Connection | None:
        return self._connections.get(host)

    async def to_change(self, host: Host) -> Connection | None:
        return await self.find(host)

    async def of_provider_user(self, provider: str, user_id: str) -> Connection | None:
        everybody = self._connections.values()
        return next((it for it in everybody if (it.provider, it.account.user_id) == (provider, user_id)), None)

    async def of_organization(self, organization_id: UUID) -> Sequence[Connection]:
        theirs = [it for it in self._connections.values() if it.organization_id == organization_id]
        return sorted(theirs, key=lambda it: (it.consultant_id, it.provider))

    async def of_consultant(self, organization_id: UUID, consultant_id: UUID) -> Sequence[Connection]:
        return [it for it in await self.of_organization(organization_id) if it.consultant_id == consultant_id]

    async def save(self, connection: Connection) -> None:
        self._state.must_have_account(connection.organization_id, connection.consultant_id, ObjectKind.CONSULTANT)
        holder = await self.of_provider_user(connection.provider, connection.account.user_id)
        if holder and holder.host != connection.host:
            raise ProviderAccountTaken(label=connection.provider, email=connection.account.email)
        self._connections[connection.host] = connection

    async def remove(self, connection: Connection) -> None:
        self._connections.pop(connection.host, None)

    async def idle(
        self, *, refreshed_before: datetime, most: int, after: Connection | None = None
    ) -> Sequence[Connection]:
        idle = [it for it in self._connections.values() if it.usable and it.refreshed_at < refreshed_before]
        return sorted((it for it in idle if after is None or _age(it) > _age(after)), key=_age)[:most]

    async def disconnecting(self, *, now: datetime, most: int) -> Sequence[Connection]:
        leaving = [it for it in self._connections.values() if it.status is ConnectionStatus.DISCONNECTING]
        return sorted((it for it in leaving if _retry_at(it) <= now), key=_retry_at)[:most]

    async def to_be_swept(self, providers: Collection[str], *, now: datetime, most: int) -> Sequence[Connection]:
        due = [it for it in self._connections.values() if it.provider in providers and it.to_be_swept(now)]
        return sorted(due, key=lambda it: it.sweep.due_at or it.connected_at + EVERY)[:most]

    async def with_unverified_removals(self, *, now: datetime, most: int) -> Sequence[Connection]:
        with_unverified_removals = [it for it in self._connections.values() if it.unverified_removal.due(now)]
        return sorted(with_unverified_removals, key=lambda it: it.unverified_removal.ask_at or now)[:most]


def _age(it: Connection) -> tuple[datetime, UUID]:
    return it.refreshed_at, it.id


def _retry_at(connection: Connection) -> datetime:
    return connection.retry_at or connection.connected_at
