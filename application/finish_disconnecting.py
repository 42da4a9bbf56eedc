"""The last part of disconnecting, repeated until the provider confirms."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from application.fresh_access import FreshAccess
from domain.connection import Connection
from domain.errors import ProviderError
from domain.grant import Access
from domain.history import Entry
from domain.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.provider_errors import NeedsConsultant
from domain.providers import Providers


@dataclass(frozen=True)
class FinishDisconnecting:
    """Rules:

    - Revoked only when no meeting waits to be removed any more: without the authorization nobody could.
    - An authorization that is already gone counts as revoked.
    - Whoever connects again meanwhile stays connected: what is revoked is never the newer authorization.
    - After many tries the tokens are destroyed without the provider's word, and the history says so.
    """

    begin: Begin
    providers: Providers
    access: FreshAccess
    clock: Clock
    pause: timedelta = timedelta(minutes=1)
    longest_pause: timedelta = timedelta(hours=1)

    async def __call__(self) -> int:
        """The worker's part: everything that is on its way out. Answers how many were finished."""
        async with self.begin() as work:
            leaving = await work.connections.disconnecting(now=self.clock.now(), most=100)
        hosts = [Host(one.organization_id, one.consultant_id, one.provider) for one in leaving]
        return sum([await self._claimed(host) and await self.now(host) for host in hosts])

    def next_try(self, connection: Connection, now: datetime) -> datetime:
        """Twenty tries take more than half a day: meetings may have to wait that long for an ill provider."""
        return now + min(self.pause * int(2**connection.disconnect_tries), self.longest_pause)

    async def now(self, host: Host) -> bool:
        """One try; True when the connection is gone."""
        connection, meetings_remain = await self._look(host)
        if connection is None or not connection.leaving:
            return True
        if meetings_remain and not connection.tired:
            return False
        confirmed = connection.grant is None or await self._revoked(host)
        if not confirmed and not connection.tired:
            return False
        await self._destroy(host, confirmed)
        return True

    async def _claimed(self, host: Host) -> bool:
        now = self.clock.now()
        async with self.begin() as work:
            found = await work.connections.to_change(host.organization_id, host.consultant_id, host.provider)
            if found is None or found.retry_at is None or found.retry_at > now:
                return False
            await work.connections.save(found.disconnecting(retry_at=self.next_try(found, now)))
            await work.commit()
        return True

    async def _look(self, host: Host) -> tuple[Connection | None, bool]:
        async with self.begin() as work:
            found = await work.connections.find(host.organization_id, host.consultant_id, host.provider)
            bookings = await work.bookings.of_host(
                host.organization_id, host.consultant_id, host.provider, ending_after=None
            )
            return found, any(one.removal_pending_at(host) for one in bookings)

    async def _revoked(self, host: Host) -> bool:
        try:
            await self.access.use(host, partial(self._revoke, host), removing=True)
        except NeedsConsultant:
            return True
        except ProviderError:
            return False
        return True

    async def _revoke(self, host: Host, access: Access) -> None:
        async with self.begin() as work:
            found = await work.connections.find(host.organization_id, host.consultant_id, host.provider)
        if found and found.leaving:
            await self.providers.serving(host.provider).consent.revoke(access)

    async def _destroy(self, host: Host, confirmed: bool) -> None:
        async with self.begin() as work:
            found = await work.connections.to_change(host.organization_id, host.consultant_id, host.provider)
            if found is None or not found.leaving:
                return
            await work.connections.remove(found)
            entry = Entry(
                host.organization_id, host.consultant_id, self.clock.now(), "disconnected", provider=host.provider
            )
            await work.histories.add(entry.telling({"confirmed": "yes" if confirmed else "no"}))
            await work.commit()
