"""The calendar's read side. PostgreSQL writes the whole answer as JSON: a third of the work of mapping rows."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

import msgspec

from adapters.postgres.patterns import containing
from adapters.postgres.reader import Reader
from domain.ports.bookings import BookingQuery, BookingView, BookingViews
from domain.slot import LONGEST

_one = msgspec.json.Decoder(BookingView)
_page = msgspec.json.Decoder(list[BookingView])

_VIEW = """
json_build_object(
    'id', b.id,
    'consultant_id', b.consultant_id,
    'consultant', a.name,
    'clients', (
        SELECT json_agg(json_build_object('id', c.id, 'name', c.name, 'email', c.email) ORDER BY invited.place)
        FROM unnest(b.client_ids) WITH ORDINALITY invited (id, place)
        JOIN clients c ON c.organization_id = b.organization_id AND c.id = invited.id
    ),
    'starts_at', b.starts_at,
    'ends_at', b.ends_at,
    'zone', b.zone,
    'title', b.title,
    'notes', b.notes,
    'online', b.online,
    'provider', b.provider,
    'status', b.status,
    'version', b.version,
    'meeting', b.meeting
)
"""
_SHOWN = """
FROM bookings b
JOIN accounts a ON a.organization_id = b.organization_id AND a.id = b.consultant_id
WHERE b.organization_id = %(organization_id)s AND b.status <> 'deleted'
"""
_ONE = " ".join(["SELECT", _VIEW, "::text", _SHOWN, "AND b.id = %(id)s"]).encode()

# The index knows starts only; no session is longer than LONGEST.
_OVERLAPPING = """
AND b.starts_at < %(starts_before)s AND b.ends_at > %(starts_from)s AND b.starts_at > %(starts_from)s - %(longest)s
"""
_NAMING = """
AND (b.title ILIKE %(text)s OR b.notes ILIKE %(text)s OR EXISTS (
    SELECT FROM clients c
    WHERE c.organization_id = b.organization_id AND c.id = ANY (b.client_ids) AND c.name ILIKE %(text)s
))
"""


class PostgresBookingViews(BookingViews):
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def one(self, organization_id: UUID, booking_id: UUID) -> BookingView | None:
        row = await self._reader.first(_ONE, organization_id=organization_id, id=booking_id)
        return _one.decode(row[0]) if row else None

    async def page(self, organization_id: UUID, query: BookingQuery) -> Sequence[BookingView]:
        question = _question(bool(query.consultant_id), bool(query.text), bool(query.after), query.descending)
        after_start, after_id = query.after or (None, None)
        row = await self._reader.first(
            question,
            organization_id=organization_id,
            starts_from=query.starts_from,
            starts_before=query.starts_before,
            longest=LONGEST,
            consultant_id=query.consultant_id,
            text=containing(query.text),
            after_start=after_start,
            after_id=after_id,
            most=query.most,
        )
        return _page.decode(row[0]) if row and row[0] else []


@cache
def _question(of_consultant: bool, naming: bool, after: bool, descending: bool) -> bytes:
    """A statement for each shape, so that each is prepared once and uses its index."""
    direction, beyond = ("DESC", "<") if descending else ("ASC", ">")
    return " ".join(
        [
            "SELECT json_agg(page.view)::text FROM (SELECT",
            _VIEW,
            "AS view",
            _SHOWN,
            _OVERLAPPING,
            "AND b.consultant_id = %(consultant_id)s" if of_consultant else "",
            _NAMING if naming else "",
            f"AND (b.starts_at, b.id) {beyond} (%(after_start)s, %(after_id)s)" if after else "",
            f"ORDER BY b.starts_at {direction}, b.id {direction} LIMIT %(most)s) page",
        ]
    ).encode()
