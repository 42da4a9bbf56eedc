"""The marker that Calendra puts into a meeting, to find it when an answer is lost. Every create has its own."""

from uuid import UUID, uuid5


def marker_of(booking_id: UUID, create: int) -> UUID:
    """The marker of the booking's create number `create`, counted from 0."""
    return uuid5(booking_id, str(create))


def markers_of(booking_id: UUID, creates: int) -> tuple[UUID, ...]:
    return tuple(marker_of(booking_id, create) for create in range(creates))
