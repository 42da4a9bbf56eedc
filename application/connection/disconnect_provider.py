"""Disconnects a consultant from a provider."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.connection.finish_disconnecting import FinishDisconnecting
from application.meeting.reconcile_promptly import ReconcilePromptly
from application.security_events import record
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.booking.booking import Booking
from domain.connection.connection import Connection
from domain.connection.errors import NotConnected
from domain.connection.meetings_on_disconnect import AfterDisconnect, MeetingsOnDisconnect
from domain.connection.revocation import Ending
from domain.errors import NotFound, ObjectKind
from domain.lease import Lease
from domain.meeting.host import Host
from domain.meeting.steps import Step
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.providers import Providers
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class DisconnectPreview:
    """An upcoming booking with a meeting, and the effect of each choice on it."""

    booking: Booking
    on_remove: AfterDisconnect = AfterDisconnect.REMOVED
    on_keep: AfterDisconnect = AfterDisconnect.KEPT


@dataclass(frozen=True, slots=True)
class Leaving:
    """A connection that is asked to end, and the bookings whose meetings are to be removed before."""

    host: Host
    bookings: Sequence[tuple[Booking, Step | None, Lease]]


@dataclass(frozen=True)
class DisconnectProvider:
    """Rules:

    - Only the consultant, or an admin of the practice, disconnects.
    - Meetings are handled first, as chosen; then the authorization is revoked; then the tokens are destroyed.
    - When the authorization has already ended, meetings cannot be removed: they are kept, as the preview says.
    - Meetings that were created as another user of the provider are out of reach and stay, whatever the choice.
    - For meetings that stay, the account's e-mail address is stored until the meeting is over.
    - A provider that is no longer set up cannot be asked: meetings are kept, and the tokens are destroyed at once.
    - When the provider is down, the connection is no longer used, and the worker completes the rest.
    """

    begin: Begin
    providers: Providers
    reconcile: ReconcilePromptly
    finish: FinishDisconnecting
    clock: Clock

    async def preview(self, actor: Account, consultant_id: UUID, provider_name: str) -> Sequence[DisconnectPreview]:
        """The bookings that disconnecting affects, soonest first. Raises NotFound, NotConnected."""
        actor.must_manage(consultant_id, ObjectKind.CONSULTANT)
        host = Host(actor.organization_id, consultant_id, provider_name)
        async with self.begin() as work:
            found = await work.connections.find(host)
            if found is None:
                raise await self._refusal(work, host)
            return await self.preview_within(work, found)

    async def preview_within(self, work: UnitOfWork, found: Connection) -> Sequence[DisconnectPreview]:
        """The same for a connection that the caller has read."""
        return [self._preview(booking, found) for booking in await self._upcoming(work, found.host)]

    async def __call__(
        self, actor: Account, consultant_id: UUID, provider_name: str, meetings: MeetingsOnDisconnect
    ) -> Ending:
        """Returns the result at the provider; pending while the worker completes it. Raises NotFound, NotConnected."""
        actor.must_manage(consultant_id, ObjectKind.CONSULTANT)
        host = Host(actor.organization_id, consultant_id, provider_name)
        async with self.begin() as work:
            found = await work.connections.to_change(host)
            if found is None:
                raise await self._refusal(work, host)
            leaving = await self.ask(work, actor.id, found, meetings)
            await work.commit()
        return await self.complete(leaving)

    async def ask(
        self, work: UnitOfWork, actor_id: UUID | None, found: Connection, meetings: MeetingsOnDisconnect
    ) -> Leaving:
        """Asks the connection to end, within the given unit of work. Call `complete` after its commit."""
        host, now = found.host, self.clock.now()
        here, who = host.organization_id, host.consultant_id
        leaving = found.asked_to_end(retry_at=self.finish.next_try(found, now))
        await work.connections.save(leaving)
        removes = meetings is MeetingsOnDisconnect.REMOVE and self._removable(found)
        await self._remember_account(work, found, now)
        changed = await self._withdraw(work, host) if removes else []
        entry = AuditEntry(here, who, now, Action.DISCONNECT_ASKED, actor_id, who, host.provider)
        await work.audit_log.add(entry.with_facts(Facts(meetings=meetings)))
        event = SecurityEvent(EventKind.DISCONNECT_ASKED, now, here, actor_id, who)
        await record(work, event.at_provider(host.provider))
        return Leaving(host, changed)

    async def complete(self, leaving: Leaving) -> Ending:
        """Removes the meetings and ends the authorization, as far as the provider responds."""
        await self.reconcile.all_of(list(leaving.bookings))
        return await self.finish.now(leaving.host)

    async def _remember_account(self, work: UnitOfWork, ending: Connection, now: datetime) -> None:
        host, key, email = ending.host, ending.account_key, ending.account.email
        for booking in await work.bookings.of_host(host, ending_after=None):
            left = booking.left(host, key, email, now=now)
            if left != booking:
                await work.bookings.save(left, now=now)

    async def _refusal(self, work: UnitOfWork, host: Host) -> NotFound | NotConnected:
        """Why there is nothing to disconnect."""
        if await work.people.account(host.organization_id, host.consultant_id) is None:
            return NotFound(ObjectKind.CONSULTANT)
        return NotConnected(label=self.providers[host.provider].label)

    def _removable(self, connection: Connection) -> bool:
        return connection.provider in self.providers and connection.usable_for_removal

    async def _withdraw(self, work: UnitOfWork, host: Host) -> list[tuple[Booking, Step | None, Lease]]:
        """Leases the bookings as it saves them, so that no worker takes them from the waiting request."""
        now = self.clock.now()
        begun = []
        for booking in await self._upcoming(work, host):
            if booking.out_of_reach:
                continue
            lease = self.reconcile.new_lease()
            withdrawn, step = booking.withdrawn().begin(lease, now)
            await work.bookings.save(withdrawn, now=now)
            begun.append((withdrawn, step, lease))
        return begun

    async def _upcoming(self, work: UnitOfWork, host: Host) -> list[Booking]:
        now = self.clock.now()
        bookings = await work.bookings.of_host(host, ending_after=now)
        upcoming = (one for one in bookings if one.holds_meeting_of(host) and not one.details.slot.begun(now))
        return sorted(upcoming, key=lambda booking: booking.details.slot.starts_at)

    def _preview(self, booking: Booking, connection: Connection) -> DisconnectPreview:
        if booking.out_of_reach:
            stays = AfterDisconnect.IN_EARLIER_ACCOUNT
            return DisconnectPreview(booking, on_remove=stays, on_keep=stays)
        if self._removable(connection):
            return DisconnectPreview(booking)
        return DisconnectPreview(booking, on_remove=AfterDisconnect.OUT_OF_REACH)
