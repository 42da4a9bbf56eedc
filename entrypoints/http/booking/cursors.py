"""The end of a page of sessions as an opaque cursor."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from domain.booking.booking_views import BookingView
from domain.errors import Invalid
from domain.rule import Rule


def cursor_after(view: BookingView) -> str:
    return base64.urlsafe_b64encode(f"{view.starts_at.isoformat()}|{view.id}".encode()).decode().rstrip("=")


def read_cursor(cursor: str | None) -> tuple[datetime, UUID] | None:
    if cursor is None:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, _, booking_id = text.partition("|")
        place = datetime.fromisoformat(moment), UUID(booking_id)
    except (binascii.Error, UnicodeError, ValueError):
        place = None
    if place is None or place[0].tzinfo is None:
        raise Invalid("cursor", Rule.NOT_A_CURSOR)
    return place
