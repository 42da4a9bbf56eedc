"""Creations of bookings that a test stores itself."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from domain.booking.booking import Booking
from domain.creation import Creation


def creation_of(booking: Booking, key: UUID | None = None, *, at: datetime | None = None) -> Creation:
    """The creation of a request to book, with a key of its own unless one is given."""
    requested = booking.details.requested
    creation = Creation.of(booking.organization_id, key or uuid4(), requested, at=at or datetime.now(UTC))
    return replace(creation, object_id=booking.id)
