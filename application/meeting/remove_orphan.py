"""Removes one orphaned meeting from its host's account, if a last check confirms that no booking has it."""

from collections.abc import Callable
from dataclasses import dataclass

from application.access_tokens import AccessTokens
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts, RemovedOrphan
from domain.audit.outcome import Outcome
from domain.connection.connection import Connection
from domain.connection.token_set import AccessToken
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.orphans import OrphanedMeeting, OrphanSweep
from domain.meeting.reason import Reason
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.provider_errors import Gone, NeedsConsultant, Refused
from domain.providers import Providers


async def keep_sweep(
    work: UnitOfWork, connection: Connection, change: Callable[[OrphanSweep], OrphanSweep]
) -> OrphanSweep | None:
    """Runs within the given unit of work. None when this connection, and its sweep with it, is gone."""
    found = await work.connections.to_change(connection.host)
    if found is None or found.id != connection.id:
        return None
    sweep = change(found.sweep)
    await work.connections.save(found.with_sweep(sweep))
    return sweep


@dataclass(frozen=True)
class RemoveOrphan:
    """Rules:

    - The database is checked just before the removal: a meeting that a booking holds, or may hold, stays. While the
      booking awaits its meeting, people may rely on this one, so it stays until a later sweep.
    - The removal is recorded in the histories of the booking that created the meeting and of the consultant, a failed
      one in that of the booking.
    - A refusal is final for this meeting; any other failure ends the sweep.
    """

    begin: Begin
    providers: Providers
    access_tokens: AccessTokens
    clock: Clock

    async def __call__(self, connection: Connection, orphan: OrphanedMeeting) -> bool:
        """True when the meeting was removed. Raises the provider errors that would affect other removals as well."""
        if not await self._still_given_up(connection, orphan):
            return False
        failure = await self._failure(connection, orphan)
        async with self.begin() as work:
            if failure is None:
                await keep_sweep(work, connection, lambda sweep: sweep.without(orphan))
            await work.audit_log.add(*self._entries(connection, orphan, failure))
            await work.commit()
        if failure and not isinstance(failure, Refused):
            raise failure
        return failure is None

    async def _still_given_up(self, connection: Connection, orphan: OrphanedMeeting) -> bool:
        async with self.begin() as work:
            known = await work.bookings.meetings_like(connection.host, [orphan.meeting])
            booking = orphan.booking_id and await work.bookings.to_change(connection.organization_id, orphan.booking_id)
            if not orphan.meeting.is_one_of(known) and (not booking or booking.gave_up(orphan.meeting.marker)):
                return not (booking and booking.awaits_meeting)
            await keep_sweep(work, connection, lambda sweep: sweep.spared(orphan))
            await work.commit()
        return False

    async def _failure(self, connection: Connection, orphan: OrphanedMeeting) -> ProviderError | None:
        meetings = self.providers.serving(connection.provider).meetings

        async def call(access: AccessToken) -> None:
            if access.account != connection.account_key:  # another account would report the meeting gone
                raise NeedsConsultant(reason=FailureReason.OTHER_ACCOUNT)
            await meetings.remove(access, orphan.meeting.id)

        try:
            await self.access_tokens.use(connection.host, call)
        except Gone:
            return None  # if the report was wrong, the next sweep finds the meeting again
        except ProviderError as error:
            return error
        return None

    def _entries(
        self, connection: Connection, orphan: OrphanedMeeting, failure: ProviderError | None
    ) -> list[AuditEntry]:
        host, now = connection.host, self.clock.now()
        entries = []
        if orphan.booking_id:
            removal = AuditEntry(
                host.organization_id, orphan.booking_id, now, Action.REMOVE, provider=host.provider,
                host_id=host.consultant_id, reason=Reason.ORPHANED, outcome=Outcome.DONE,
            )  # fmt: skip
            entries.append(removal.failed(failure) if failure else removal)
        if failure is None:
            facts = Facts(orphan=RemovedOrphan(orphan.meeting.id, orphan.meeting.starts_at))
            removed = AuditEntry(
                host.organization_id, host.consultant_id, now, Action.ORPHAN_REMOVED, provider=host.provider
            )
            entries.append(removed.with_facts(facts))
        return entries
