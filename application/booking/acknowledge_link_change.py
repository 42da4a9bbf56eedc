"""Acknowledges a link change: a person has passed on a booking's new join link, or dismissed the reminder."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.booking.edit_booking import booking_to_manage
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.meeting.link_change import Acknowledgement
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class AcknowledgeLinkChange:
    """Rules:

    - An account that may edit the booking may do this; other accounts get NotFound.
    - Only the link change that the person saw is acknowledged. A later one stays.
    - Acknowledging again changes nothing. The booking's version stays: no detail of it changes.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, actor: Account, booking_id: UUID, changed_at: datetime, how: Acknowledgement) -> None:
        """Raises NotFound."""
        now = self.clock.now()
        async with self.begin() as work:
            booking = await booking_to_manage(work, actor, booking_id)
            acknowledged = booking.link_change_acknowledged(changed_at)
            if acknowledged == booking:
                return
            await work.bookings.save(acknowledged, now=now)
            consultant_id = booking.details.consultant_id
            entry = AuditEntry(
                actor.organization_id, booking_id, now, Action.LINK_CHANGE_ACKNOWLEDGED, actor.id, consultant_id
            )
            await work.audit_log.add(entry.with_facts(Facts(acknowledgement=how)))
            await work.commit()
