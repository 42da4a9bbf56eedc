"""Restores a cancelled booking and, when it is online, creates a new meeting."""

from dataclasses import dataclass
from uuid import UUID

from application.booking.booking_preconditions import BookingPreconditions
from application.booking.edit_booking import booking_to_manage
from application.meeting.reconcile_promptly import ReconcilePromptly
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.booking.verdict import Verdict
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class RestoreBooking:
    """Rules:

    - An account that may edit a booking may restore it while it is cancelled; a deleted booking cannot be restored.
    - Its slot has to be free, and its consultant still a consultant.
    - Clients who were archived since stay in the booking.
    - The previous link is gone: an online booking gets a new meeting, for which the consultant must be connected.
      After its start no meeting can be created; the booking is restored without one.
    """

    begin: Begin
    check: BookingPreconditions
    reconcile: ReconcilePromptly
    clock: Clock

    async def __call__(self, actor: Account, booking_id: UUID, *, expected_version: int | None) -> None:
        """Restoring again changes nothing. Raises NotFound, Invalid, ConnectionNeeded, SlotTaken, ChangedMeanwhile."""
        now = self.clock.now()
        lease = self.reconcile.new_lease()
        async with self.begin() as work:
            before = await booking_to_manage(work, actor, booking_id)
            restored = before.restore(expected_version=expected_version)
            if restored is before:
                return
            verdict = restored.verdict(before, now)
            consultant = await self.check.consultant(work, actor, restored.details)
            await self.check.clients(work, actor, restored.details.client_ids)
            connection = None
            if verdict is Verdict.MADE:
                connection = await self.check.connection(work, consultant, restored.details)
            after, step = restored.begin(lease, now)
            after, step = after.in_account(step, connection.account_key if connection else "")
            await work.bookings.save(after, now=now)
            entry = AuditEntry(
                actor.organization_id, booking_id, now, Action.RESTORED, actor.id, after.details.consultant_id
            )
            await work.audit_log.add(entry.with_facts(Facts(verdict=verdict)))
            await work.commit()
        await self.reconcile(after, step, lease)
