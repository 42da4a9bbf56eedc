"""Cancels or deletes a session, and has its meeting removed."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from application.booking.edit_booking import booking_to_manage
from application.meeting.reconcile_promptly import ReconcilePromptly
from domain.accounts.account import Account
from domain.audit_log import AuditEntry
from domain.booking.booking import Booking
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class CloseBooking:
    """Rules:

    - Cancelling keeps the session in the calendar's history, without a link; deleting takes it out of it.
    - Either removes the meeting at the provider, now or, when the provider is ill, as soon as it is well.
    - A deleted session's row is destroyed when no provider holds anything of it any more.
    """

    begin: Begin
    reconcile: ReconcilePromptly
    clock: Clock

    async def cancel(self, actor: Account, booking_id: UUID, *, expected_version: int | None) -> None:
        """Cancelling twice is the same as once. Raises NotFound, ChangedMeanwhile."""
        await self._close(
            actor, booking_id, "cancelled", lambda booking: booking.cancel(expected_version=expected_version)
        )

    async def delete(self, actor: Account, booking_id: UUID, *, expected_version: int | None) -> None:
        """Raises NotFound, ChangedMeanwhile."""
        await self._close(
            actor, booking_id, "deleted", lambda booking: booking.delete(expected_version=expected_version)
        )

    async def _close(self, actor: Account, booking_id: UUID, action: str, close: Callable[[Booking], Booking]) -> None:
        now = self.clock.now()
        lease = self.reconcile.new_lease()
        async with self.begin() as work:
            before = await booking_to_manage(work, actor, booking_id)
            closed = close(before)
            if closed is before:
                return
            after, step = closed.begin(lease, now)
            entry = AuditEntry(actor.organization_id, booking_id, now, action, actor.id, after.details.consultant_id)
            await work.audit_log.add(entry.with_facts({"meeting": closed.verdict(before, now)}))
            await work.bookings.save(after, now=now)
            await work.commit()
        await self.reconcile(after, step, lease)
