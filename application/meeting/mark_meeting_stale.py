"""A provider tells that somebody changed or deleted a meeting: its booking is to be looked at."""

from dataclasses import dataclass

from domain.ports.clock import Clock
from domain.ports.meeting_provider import MeetingChanged
from domain.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MarkMeetingStale:
    """Rules:

    - Nothing is believed but that something happened: whoever reconciles what is due asks the provider, later.
    - What we did ourselves is told to us as well, and is no news. Meetings of nobody here are none of ours.
    - However many webhook events come about one meeting, it is looked at once a minute at most.
    """

    clock: Clock

    async def __call__(self, work: UnitOfWork, provider: str, event: MeetingChanged) -> bool:
        """Within the given unit of work; True when there is something to be looked at."""
        booking = await work.bookings.of_meeting(provider, event.meeting_id)
        now = self.clock.now()
        marked_stale = booking and booking.marked_stale(event.at, now=now)
        if marked_stale is None or marked_stale == booking:
            return False
        await work.bookings.save(marked_stale, now=now)
        return True
