"""Creates a booking and, when it is online, its meeting."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.booking.booking_preconditions import BookingPreconditions
from application.meeting.reconcile_promptly import ReconcilePromptly
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.booking.booking import Booking, BookingDetails
from domain.connection.connection import Connection
from domain.errors import ConnectionNeeded, Invalid, KeyReused
from domain.meeting.steps import Step
from domain.ports.bookings import AlreadyStored
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class CreateBooking:
    """Rules:

    - A consultant creates their own bookings, an admin those of every consultant.
    - An online booking needs a provider and a consultant who is connected there; otherwise nothing is stored.
    - An archived client cannot be booked; restore the client first.
    - The booking is stored before the provider is called, together with the first step of reconciliation. A provider
      that is down, slow or limited never loses or refuses a booking.
    - A repeated request with the same id and content is the same booking; other content under the id is refused.
    """

    begin: Begin
    check: BookingPreconditions
    reconcile: ReconcilePromptly
    clock: Clock

    async def __call__(self, actor: Account, booking_id: UUID, details: BookingDetails) -> None:
        """Raises Invalid, ConnectionNeeded, SlotTaken, KeyReused."""
        try:
            await self._book(actor, booking_id, details)
        except AlreadyStored:
            if not await self._booked_before(actor, booking_id, details):
                raise KeyReused from None
        except (ConnectionNeeded, Invalid):
            # A request that succeeded succeeds when it is repeated, whatever has changed since.
            if not await self._booked_before(actor, booking_id, details):
                raise

    async def _book(self, actor: Account, booking_id: UUID, details: BookingDetails) -> None:
        now = self.clock.now()
        lease = self.reconcile.new_lease()
        booking, step = Booking.plan(actor.organization_id, booking_id, details, now=now).begin(lease, now)
        booking, step, connection = await self._store(actor, booking, step, now)
        await self.reconcile(booking, step, lease, connection)

    async def _store(
        self, actor: Account, booking: Booking, step: Step | None, now: datetime
    ) -> tuple[Booking, Step | None, Connection | None]:
        """Returns the connection that a create will use as well."""
        async with self.begin() as work:
            consultant = await self.check.consultant(work, actor, booking.details)
            await self.check.new_clients(work, actor, booking.details.client_ids)
            connection = await self.check.connection(work, consultant, booking.details)
            booking, step = booking.in_account(step, connection.account_key if connection else "")
            await work.bookings.add(booking, now=now)
            await work.audit_log.add(_booked(actor, booking, now))
            await work.commit()
            return booking, step, connection

    async def _booked_before(self, actor: Account, booking_id: UUID, details: BookingDetails) -> bool:
        """Compares with the stored request, not with the booking's present details."""
        async with self.begin() as work:
            entries = await work.audit_log.of(actor.organization_id, booking_id)
        return any(entry.facts.content == _content(details) for entry in entries)


def _booked(actor: Account, booking: Booking, now: datetime) -> AuditEntry:
    return AuditEntry(
        actor.organization_id,
        booking.id,
        now,
        Action.BOOKED,
        actor_id=actor.id,
        on_behalf_of=booking.details.consultant_id,
        provider=booking.details.provider,
        facts=Facts(content=_content(booking.details)),
    )


def _content(details: BookingDetails) -> str:
    """A hash that tells repetitions from different requests without storing their data."""
    return hashlib.sha256(repr(details).encode()).hexdigest()[:32]
