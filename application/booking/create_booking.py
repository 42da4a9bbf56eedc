"""Creates a booking and, when it is online, its meeting."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.booking.booking_preconditions import BookingPreconditions
from application.meeting.reconcile_promptly import ReconcilePromptly
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.booking.booking import Booking, BookingDetails
from domain.connection.errors import ConnectionNeeded
from domain.creation import Creation
from domain.errors import Invalid, ResultGone
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
    - A repeated request with the same key and content is the same booking; other content under the key is refused.
    - A repetition of a request whose booking was deleted since is refused: it never books a second time.
    """

    begin: Begin
    check: BookingPreconditions
    reconcile: ReconcilePromptly
    clock: Clock

    async def __call__(self, actor: Account, key: UUID, details: BookingDetails) -> UUID:
        """The booking's id. Raises Invalid, ConnectionNeeded, SlotTaken, KeyReused, ResultGone."""
        now = self.clock.now()
        creation = Creation.of(actor.organization_id, key, details.requested, at=now)
        try:
            earlier = await self._book(actor, creation, details, now)
        except (ConnectionNeeded, Invalid):
            # A request that succeeded succeeds when it is repeated, whatever has changed since.
            earlier = await self._earlier(creation)
            if earlier is None:
                raise
        return await self._booked_before(creation, earlier) if earlier else creation.object_id

    async def _book(
        self, actor: Account, creation: Creation, details: BookingDetails, now: datetime
    ) -> Creation | None:
        """Returns the earlier creation when the request is a repetition."""
        lease = self.reconcile.new_lease()
        booking = Booking.plan(actor.organization_id, creation.object_id, details, now=now)
        booking, step = booking.begin(lease, now)
        async with self.begin() as work:
            consultant = await self.check.consultant(work, actor, details)
            await self.check.new_clients(work, actor, details.client_ids)
            connection = await self.check.connection(work, consultant, details)
            booking, step = booking.in_account(step, connection.account_key if connection else "")
            if earlier := await work.bookings.add(booking, creation, now=now):
                return earlier
            await work.audit_log.add(_booked(actor, booking, now))
            await work.commit()
        await self.reconcile(booking, step, lease, connection)
        return None

    async def _earlier(self, creation: Creation) -> Creation | None:
        async with self.begin() as work:
            return await work.creations.find(creation.organization_id, creation.key)

    async def _booked_before(self, creation: Creation, earlier: Creation) -> UUID:
        """The id of the booking of the first request. Raises KeyReused, ResultGone."""
        creation.must_repeat(earlier)
        async with self.begin() as work:
            booking = await work.bookings.to_change(earlier.organization_id, earlier.object_id)
        if booking is None or booking.deleted:
            raise ResultGone
        return booking.id


def _booked(actor: Account, booking: Booking, now: datetime) -> AuditEntry:
    return AuditEntry(
        actor.organization_id,
        booking.id,
        now,
        Action.BOOKED,
        actor_id=actor.id,
        on_behalf_of=booking.details.consultant_id,
        provider=booking.details.provider,
    )
