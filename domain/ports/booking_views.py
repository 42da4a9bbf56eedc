"""The read side of the calendar."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.booking.booking_views import BookingQuery, BookingView, ClientSessions, Upcoming


class BookingViews(Protocol):
    """The read side of the calendar: one round trip per query, outside any unit of work."""

    @abstractmethod
    async def one(self, organization_id: UUID, booking_id: UUID) -> BookingView | None: ...

    @abstractmethod
    async def page(self, organization_id: UUID, query: BookingQuery) -> Sequence[BookingView]: ...

    @abstractmethod
    async def of_client(self, organization_id: UUID, query: ClientSessions) -> Sequence[BookingView]: ...

    @abstractmethod
    async def upcoming(self, organization_id: UUID, *, now: datetime) -> Sequence[Upcoming]:
        """One for each consultant and provider that have any, in any order."""
