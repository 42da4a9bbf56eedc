"""Completes disconnecting: revokes the authorization, with retries until the provider confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from application.access_tokens import AccessTokens
from application.security_events import record
from domain.audit.action import Action
from domain.audit.endings import recorded_endings
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.booking.booking import Booking
from domain.connection.connection import Connection
from domain.connection.revocation import Ending, Revocation, revocation_after
from domain.connection.token_set import AccessToken
from domain.errors import ProviderError
from domain.meeting.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.providers import Providers
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class FinishDisconnecting:
    """Rules:

    - The authorization is revoked only when no removal is pending any more: removals need it.
    - Only the provider's answer confirms the revocation. A final refusal ends the connection here as well, and is
      recorded as what it is: an authorization that had ended before, or one that is still valid because a permission is
      missing.
    - A consultant who connects again meanwhile stays connected: the newer authorization is never revoked.
    - A provider that is no longer set up cannot be asked: the tokens are destroyed at once, and the ending says so.
    - With retries exhausted the tokens are destroyed without confirmation. The history records that, and how many
      meetings remain at the provider.
    """

    begin: Begin
    providers: Providers
    access_tokens: AccessTokens
    clock: Clock
    pause: timedelta = timedelta(seconds=20)  # longer than an attempt takes, so that no two processes make it at once
    longest_pause: timedelta = timedelta(hours=1)

    async def __call__(self) -> int:
        """Runs in the worker, for all connections that are due. Returns how many were finished."""
        async with self.begin() as work:
            leaving = await work.connections.disconnecting(now=self.clock.now(), most=100)
        hosts = [one.host for one in leaving]
        return sum([await self._leased(host) and (await self.now(host)).revocation.final for host in hosts])

    def next_try(self, connection: Connection, now: datetime) -> datetime:
        """Twenty attempts take more than half a day: pending removals may wait that long for a provider that is
        down."""
        return now + min(self.pause * int(2**connection.disconnect_attempts), self.longest_pause)

    async def now(self, host: Host) -> Ending:
        """Makes one attempt. Returns a pending ending while the connection remains."""
        connection, bookings = await self._look(host)
        if connection is None or not connection.leaving:
            return await self._recorded(host)
        if host.provider not in self.providers:
            return await self._end(host, Revocation.NOT_SET_UP, bookings)
        pending = Ending(Revocation.PENDING, sum(one.meetings_left_at(host, stuck=True) for one in bookings))
        if any(one.removal_pending_at(host) for one in bookings) and not connection.retries_exhausted:
            return pending
        revocation = await self._revoked(host)
        if revocation.worth_another_try and not connection.retries_exhausted:
            return pending
        return await self._end(host, revocation, bookings)

    async def _end(self, host: Host, revocation: Revocation, bookings: Sequence[Booking]) -> Ending:
        ending = Ending(revocation, sum(one.meetings_left_at(host) for one in bookings))
        return ending if await self._destroy(host, ending) else await self._recorded(host)

    async def _leased(self, host: Host) -> bool:
        now = self.clock.now()
        async with self.begin() as work:
            found = await work.connections.to_change(host)
            if found is None or found.retry_at is None or found.retry_at > now:
                return False
            await work.connections.save(found.disconnecting(retry_at=self.next_try(found, now)))
            await work.commit()
        return True

    async def _look(self, host: Host) -> tuple[Connection | None, Sequence[Booking]]:
        async with self.begin() as work:
            found = await work.connections.find(host)
            return found, await work.bookings.of_host(host, ending_after=None)

    async def _recorded(self, host: Host) -> Ending:
        """The ending that another process, or the provider's own webhook event, recorded."""
        async with self.begin() as work:
            entries = await work.audit_log.of(host.organization_id, host.consultant_id)
        return recorded_endings(entries).get(host.provider) or Ending(Revocation.ENDED_BEFORE)

    async def _revoked(self, host: Host) -> Revocation:
        try:
            await self.access_tokens.use(host, partial(self._revoke, host), removing=True)
        except ProviderError as error:
            return revocation_after(error)
        return Revocation.CONFIRMED

    async def _revoke(self, host: Host, access: AccessToken) -> None:
        async with self.begin() as work:
            found = await work.connections.find(host)
        if found and found.leaving:
            await self.providers.serving(host.provider).oauth.revoke(access)

    async def _destroy(self, host: Host, ending: Ending) -> bool:
        """False when the connection was ended, or renewed, meanwhile."""
        async with self.begin() as work:
            found = await work.connections.to_change(host)
            if found is None or not found.leaving:
                return False
            await work.connections.remove(found)
            now = self.clock.now()
            entry = AuditEntry(
                host.organization_id, host.consultant_id, now, Action.DISCONNECTED, provider=host.provider
            )
            await work.audit_log.add(entry.with_facts(Facts(ending=ending)))
            event = SecurityEvent(EventKind.DISCONNECTED, now, host.organization_id, None, host.consultant_id)
            await record(work, event.at_provider(host.provider))
            await work.commit()
            return True
