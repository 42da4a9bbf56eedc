"""The version of a booking as an ETag."""

import hashlib

import msgspec

from domain.booking.booking_views import BookingView
from domain.errors import Invalid
from domain.rule import Rule


def etag_of(view: BookingView) -> str:
    """The version of people's edits comes first, then the state of the reconciliation. Edits compare the first part
    only, so a link that arrives while a form is open causes no conflict."""
    meeting = hashlib.sha256(msgspec.json.encode(view.meeting)).hexdigest()[:12]
    return f'"{view.version}-{meeting}"'


def version_in(if_match: str | None) -> int | None:
    """None when the caller names no version: `If-Match` is missing or `*`."""
    if if_match is None or if_match.strip() == "*":
        return None
    version, _, _ = if_match.strip().removeprefix("W/").strip('"').partition("-")
    if not version.isdecimal() or len(version) > 9:
        raise Invalid("If-Match", Rule.NOT_AN_ETAG)
    return int(version)
