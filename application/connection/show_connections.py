"""Shows who is connected at which provider, as which user, and whether calls succeed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.read_history import History, history_of
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import Failure
from domain.audit.host_calls import HostCalls
from domain.booking.booking_views import Upcoming
from domain.connection.connection import Connection
from domain.errors import NotFound, ObjectKind
from domain.meeting.host import Host
from domain.ports.booking_views import BookingViews
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.provider import Provider
from domain.providers import Providers


@dataclass(frozen=True, slots=True)
class ProviderStatus:
    """A consultant at one provider. `connection` None: never connected, or removed; then there are no `calls`.

    `provider` None: it is no longer set up here, and its connection or upcoming bookings are still stored.
    `upcoming` None: there are no upcoming online bookings at this provider.
    """

    name: str
    label: str
    provider: Provider | None
    connection: Connection | None
    calls: HostCalls | None
    upcoming: Upcoming | None

    @property
    def calls_left(self) -> int | None:
        """The rest of the provider's daily limit today, None without a limit."""
        if self.calls is None or self.provider is None or self.provider.daily_calls is None:
            return None
        return max(self.provider.daily_calls - self.calls.counted, 0)

    @property
    def last_success_at(self) -> datetime | None:
        """The latest of the last successful call, the last refresh and the last authorization."""
        if self.connection is None:
            return None
        heard = [self.connection.connected_at, self.connection.refreshed_at]
        called = self.calls.last_success_at if self.calls else None
        return max([*heard, called] if called else heard)

    @property
    def last_failure(self) -> Failure | None:
        """A failed call, or the end of the authorization, if it came after the last success."""
        failure, success = self.calls.last_failure if self.calls else None, self.last_success_at
        return failure if failure and success and failure.at >= success else None


@dataclass(frozen=True, slots=True)
class ConsultantStatus:
    consultant: Account
    providers: tuple[ProviderStatus, ...]


@dataclass(frozen=True)
class ShowConnections:
    """Rules:

    - Admins see every consultant of the organization, consultants themselves. Tokens are never shown.
    - A connection, or upcoming bookings, at a provider that is no longer set up are shown too, after the others.
    """

    begin: Begin
    views: BookingViews
    providers: Providers
    clock: Clock

    async def __call__(self, actor: Account) -> Sequence[ConsultantStatus]:
        """The number of statements does not depend on the number of consultants."""
        here, now = actor.organization_id, self.clock.now()
        async with self.begin() as work:
            people = [one for one in await work.people.consultants(here) if actor.may_manage(one.id)]
            visible = {one.id for one in people}
            found = [one for one in await work.connections.of_organization(here) if one.consultant_id in visible]
            hosts = [one.host for one in found]
            calls = await work.audit_log.calls_of_hosts(here, hosts, counted=_LIMITED, since=_start_of_day(now))
        upcoming = await self.views.upcoming(here, now=now)
        known = _Known(
            self.providers,
            {one.host: one for one in found},
            {one.host: one for one in calls},
            {Host(here, one.consultant_id, one.provider): one for one in upcoming},
        )
        return [ConsultantStatus(one, tuple(known.of(one))) for one in people]

    async def history(self, actor: Account, consultant_id: UUID) -> History:
        """Raises NotFound, also for a consultant of another practice."""
        actor.must_manage(consultant_id, ObjectKind.CONSULTANT)
        async with self.begin() as work:
            if await work.people.account(actor.organization_id, consultant_id) is None:
                raise NotFound(ObjectKind.CONSULTANT)
            return await history_of(work, actor.organization_id, consultant_id)


_LIMITED = (Action.CREATE, Action.CHANGE)


@dataclass(frozen=True, slots=True)
class _Known:
    providers: Providers
    connections: dict[Host, Connection]
    calls: dict[Host, HostCalls]
    upcoming: dict[Host, Upcoming]

    def of(self, consultant: Account) -> Iterator[ProviderStatus]:
        stored = {one.provider for one in {*self.connections, *self.upcoming} if one.consultant_id == consultant.id}
        set_up = [provider.name for provider in self.providers]
        for name in [*set_up, *sorted(stored.difference(set_up))]:
            yield self._at(consultant.host_at(name))

    def _at(self, host: Host) -> ProviderStatus:
        name, connection, upcoming = host.provider, self.connections.get(host), self.upcoming.get(host)
        if upcoming and not (connection and connection.usable):  # the views do not know whether tokens can be read
            upcoming = replace(upcoming, at_risk=upcoming.sessions)
        provider = self.providers.find(name)
        return ProviderStatus(name, self.providers.label(name), provider, connection, self.calls.get(host), upcoming)


def _start_of_day(now: datetime) -> datetime:
    """Providers count by the UTC day."""
    return now - timedelta(hours=now.hour, minutes=now.minute, seconds=now.second, microseconds=now.microsecond)
