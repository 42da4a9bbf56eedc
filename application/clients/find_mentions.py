"""Finds the bookings whose texts name a client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from domain.booking.booking import Booking
from domain.booking.booking_views import BookingQuery, BookingView
from domain.clients.client import Client
from domain.clients.mention import hints_at, mentions
from domain.erasure import Mention
from domain.ports.booking_views import BookingViews

_AT_ONCE = 500
_EVER = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NamingSession:
    """`alone`: the booking has no other client, so its texts can be erased with the client."""

    id: UUID
    title: str
    starts_at: datetime
    alone: bool

    @property
    def mention(self) -> Mention:
        return Mention(self.id, self.starts_at)


@dataclass(frozen=True)
class FindMentions:
    """Rules:

    - In a booking of the client, any part of the name is a mention. In other bookings only the full name is.
    - Accents, case and the usual endings are ignored. Nicknames and abbreviations are not found.
    """

    views: BookingViews

    async def __call__(self, client: Client, sessions: Sequence[Booking]) -> Sequence[NamingSession]:
        """Oldest first. `sessions` are all bookings of the client."""
        own = [_own(one, client) for one in sessions if not one.deleted and _hinted(one, client)]
        known = {one.id for one in sessions}
        others = [
            NamingSession(one.id, one.title, one.starts_at, alone=False)
            for one in await self._searched(client)
            if one.id not in known and mentions(client.name, one.title, one.notes)
        ]
        return sorted(own + others, key=lambda one: (one.starts_at, one.id))

    async def _searched(self, client: Client) -> Sequence[BookingView]:
        found: list[BookingView] = []
        after = None
        while client.name:
            query = BookingQuery(*_EVER, text=client.name, after=after, most=_AT_ONCE)
            page = await self.views.page(client.organization_id, query)
            found += page
            if len(page) < _AT_ONCE:
                break
            after = (page[-1].starts_at, page[-1].id)
        return found


def _hinted(booking: Booking, client: Client) -> bool:
    return hints_at(client.name, booking.details.title, booking.details.notes)


def _own(booking: Booking, client: Client) -> NamingSession:
    details = booking.details
    return NamingSession(booking.id, details.title, details.slot.starts_at, alone=details.client_ids == (client.id,))
