"""The cursor of a page of sessions."""

from datetime import datetime
from uuid import UUID

from domain.booking.booking_views import BookingView
from entrypoints.http.cursors import cursor_at, place_of


def cursor_after(view: BookingView) -> str:
    return cursor_at(view.starts_at, view.id)


def read_cursor(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Raises Invalid."""
    return place_of(cursor, UUID) if cursor is not None else None
