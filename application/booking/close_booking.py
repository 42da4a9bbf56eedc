"""Cancels or deletes a booking, and removes its meeting."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from application.booking.edit_booking import booking_to_manage
from application.meeting.reconcile_promptly import ReconcilePromptly
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.booking.booking import Booking
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class CloseBooking:
    """Rules:

    - A cancelled booking stays in the calendar's history, without a link; a deleted one does not.
    - Either removes the meeting at the provider, at once or, when the provider is down, as soon as it responds.
    - A deleted booking is erased when no provider holds a meeting for it.
    """

    begin: Begin
    reconcile: ReconcilePromptly
    clock: Clock

    async def cancel(self, actor: Account, booking_id: UUID, *, expected_version: int | None) -> None:
        """Cancelling again changes nothing. Raises NotFound, ChangedMeanwhile."""
        await self._close(
            actor, booking_id, Action.CANCELLED, lambda booking: booking.cancel(expected_version=expected_version)
        )

    async def delete(self, actor: Account, booking_id: UUID, *, expected_version: int | None) -> None:
        """Raises NotFound, ChangedMeanwhile."""
        await self._close(
            actor, booking_id, Action.DELETED, lambda booking: booking.delete(expected_version=expected_version)
        )

    async def _close(
        self, actor: Account, booking_id: UUID, action: Action, close: Callable[[Booking], Booking]
    ) -> None:
        now = self.clock.now()
        lease = self.reconcile.new_lease()
        async with self.begin() as work:
            before = await booking_to_manage(work, actor, booking_id)
            closed = close(before)
            if closed is before:
                return
            after, step = closed.begin(lease, now)
            entry = AuditEntry(actor.organization_id, booking_id, now, action, actor.id, after.details.consultant_id)
            await work.audit_log.add(entry.with_facts(Facts(verdict=closed.verdict(before, now))))
            await work.bookings.save(after, now=now)
            await work.commit()
        await self.reconcile(after, step, lease)
