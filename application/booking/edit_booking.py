"""Edits a booking, and keeps, changes, moves or removes its meeting accordingly."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.booking.booking_preconditions import BookingPreconditions
from application.meeting.reconcile_promptly import ReconcilePromptly
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts, changed_fields
from domain.booking.booking import Booking, BookingDetails
from domain.booking.edits import Edits
from domain.connection.connection import Connection
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork


@dataclass(frozen=True)
class EditBooking:
    """Rules:

    - Consultants edit their own bookings, admins all in the organization; other accounts get NotFound.
    - A change of time, title or clients keeps the link; a change of consultant moves the meeting to the new
      host; switching online off, or to another provider, removes the meeting and the link.
    - When the meeting is in another account than the one that is connected now, a change of time or title creates a
      new meeting; the old one stays there, and the history says so.
    - An archived client cannot be added; one that the booking already has stays.
    - Only an edit that needs a new link needs a connected consultant; any other is saved without one.
    - An edit of a version that is no longer the present one is refused.
    """

    begin: Begin
    check: BookingPreconditions
    reconcile: ReconcilePromptly
    clock: Clock

    async def __call__(self, actor: Account, booking_id: UUID, edits: Edits, *, expected_version: int | None) -> None:
        """Raises NotFound, Invalid, ConnectionNeeded, SlotTaken, ChangedMeanwhile, BookingClosed."""
        now = self.clock.now()
        lease = self.reconcile.new_lease()
        async with self.begin() as work:
            before = await booking_to_manage(work, actor, booking_id)
            edited = before.edit(edits.apply(before.details), expected_version=expected_version, now=now)
            if edited is before:
                return
            connection = await self._check(work, actor, before, edited.details, now)
            after, step = edited.begin(lease, now)
            after, step = after.in_account(step, connection.account_key if connection else "")
            await work.bookings.save(after, now=now)
            facts = Facts(changed=changed_fields(edits.named), verdict=edited.verdict(before, now))
            entry = AuditEntry(
                actor.organization_id, booking_id, now, Action.EDITED, actor.id, after.details.consultant_id
            )
            await work.audit_log.add(entry.with_facts(facts))
            await work.commit()
        await self.reconcile(after, step, lease)

    async def _check(
        self, work: UnitOfWork, actor: Account, before: Booking, details: BookingDetails, now: datetime
    ) -> Connection | None:
        """The connection that a create will use, when the edit needs a new meeting."""
        if added := tuple(one for one in details.client_ids if one not in before.details.client_ids):
            await self.check.new_clients(work, actor, added)
        moved = details.consultant_id != before.details.consultant_id
        if not (moved or before.needs_fresh_link(details) or before.leaves_meeting_behind(details, now)):
            return None
        consultant = await self.check.consultant(work, actor, details)
        return await self.check.connection(work, consultant, details)


async def booking_to_manage(work: UnitOfWork, actor: Account, booking_id: UUID) -> Booking:
    """The booking. Raises NotFound when it does not exist, is deleted, or is not the actor's to manage."""
    booking = await work.bookings.to_change(actor.organization_id, booking_id)
    if booking is None or booking.deleted:
        raise NotFound(ObjectKind.SESSION)
    actor.must_manage(booking.details.consultant_id, ObjectKind.SESSION)
    return booking
