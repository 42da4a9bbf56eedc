"""The overlap finder looks up the overlapping booking after the database refused one: the failed transaction cannot."""

from adapters.postgres.engine.reader import Reader
from domain.booking.booking import Booking
from domain.booking.errors import SlotTaken
from domain.slot import rfc3339

_QUESTION = b"""
SELECT a.name, coalesce(n.starts_at, %(starts_at)s), coalesce(n.ends_at, %(ends_at)s)
FROM accounts a LEFT JOIN LATERAL (
    SELECT b.starts_at, b.ends_at FROM bookings b
    WHERE b.organization_id = a.organization_id AND b.consultant_id = a.id AND b.id <> %(id)s
      AND b.status = 'planned' AND tstzrange(b.starts_at, b.ends_at) && tstzrange(%(starts_at)s, %(ends_at)s)
    ORDER BY b.starts_at LIMIT 1
) n ON true
WHERE a.organization_id = %(organization_id)s AND a.id = %(consultant_id)s
"""


class OverlapFinder:
    """The lookup does not see a neighbour that the failed transaction itself wrote, or one that is gone by now. The
    error then carries the requested times."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def refusal(self, booking: Booking) -> SlotTaken:
        details = booking.details
        row = await self._reader.first(
            _QUESTION,
            organization_id=booking.organization_id,
            id=booking.id,
            consultant_id=details.consultant_id,
            starts_at=details.slot.starts_at,
            ends_at=details.slot.ends_at,
        )
        consultant, starts_at, ends_at = row or ("", details.slot.starts_at, details.slot.ends_at)
        return SlotTaken(consultant=consultant, starts_at=rfc3339(starts_at), ends_at=rfc3339(ends_at))
