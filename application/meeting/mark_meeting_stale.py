"""Marks a booking's meeting stale after a webhook event of its change or deletion."""

from dataclasses import dataclass

from domain.ports.clock import Clock
from domain.ports.unit_of_work import UnitOfWork
from domain.webhook_event import MeetingChanged


@dataclass(frozen=True)
class MarkMeetingStale:
    """Rules:

    - The event's content is not trusted: it makes the meeting stale, and the worker verifies the meeting later.
    - Events of Calendra's own calls, and of meetings that no booking has, are ignored.
    - A meeting is verified at most once a minute, however many events report changes of it.
    """

    clock: Clock

    async def __call__(self, work: UnitOfWork, provider: str, event: MeetingChanged) -> bool:
        """Runs within the given unit of work. True when the meeting became stale."""
        booking = await work.bookings.of_meeting(provider, event.meeting_id)
        now = self.clock.now()
        marked_stale = booking and booking.marked_stale(event.at, now=now)
        if marked_stale is None or marked_stale == booking:
            return False
        await work.bookings.save(marked_stale, now=now)
        return True
