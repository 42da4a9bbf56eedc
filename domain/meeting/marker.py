"""Our mark inside a meeting, by which a lost one is found: every create has one of its own."""

from uuid import UUID, uuid5


def marker_of(booking_id: UUID, create: int) -> UUID:
    """Of the booking's first, second, … create, counted from 0."""
    return uuid5(booking_id, str(create))


def markers_of(booking_id: UUID, creates: int) -> tuple[UUID, ...]:
    return tuple(marker_of(booking_id, create) for create in range(creates))
