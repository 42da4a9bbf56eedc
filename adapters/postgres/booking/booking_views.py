"""The read side of the calendar. PostgreSQL writes the answer as JSON: a third of the work of mapping rows."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

import msgspec

from adapters.postgres.engine.reader import Reader
from adapters.postgres.like_patterns import folded, patterns
from domain.booking.booking_views import BookingQuery, BookingView, ClientSessions, Only, Upcoming
from domain.ports.booking_views import BookingViews
from domain.slot import LONGEST

_one = msgspec.json.Decoder(BookingView)
_page = msgspec.json.Decoder(list[BookingView])
_upcoming = msgspec.json.Decoder(list[Upcoming])

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

# The index covers starts only. No session is longer than LONGEST.
_OVERLAPPING = """
AND b.starts_at < %(starts_before)s AND b.ends_at > %(starts_from)s AND b.starts_at > %(starts_from)s - %(longest)s
"""
# Each word must occur in one of the texts. Rows of earlier releases have no search key yet.
_NAMING = f"""
AND NOT EXISTS (
    SELECT FROM unnest(%(words)s::text[]) AS typed (word)
    WHERE NOT (
        coalesce(b.search_key, {folded("concat_ws(' ', b.title, b.notes)")}) LIKE word
        OR {folded("a.name")} LIKE word
        OR EXISTS (
            SELECT FROM clients c
            WHERE c.organization_id = b.organization_id AND c.id = ANY (b.client_ids)
                AND coalesce(c.search_key, {folded("concat_ws(' ', c.name, c.email)")}) LIKE word
        )
    )
)
"""  # noqa: S608 - constants of this module only

_COMING = "b.status = 'planned' AND b.online AND b.ends_at > %(now)s"
_UNSAFE = """
(b.meeting ->> 'status' <> 'ready' OR NOT EXISTS (
    SELECT FROM connections k
    WHERE k.organization_id = b.organization_id AND k.consultant_id = b.consultant_id AND k.provider = b.provider
        AND k.status = 'connected' AND b.ends_at - b.starts_at <= coalesce(k.longest_meeting, interval '1000 years')
))
"""
_ONLY = {
    None: "",
    Only.PLANNED: "AND b.status = 'planned'",
    Only.CANCELLED: "AND b.status = 'cancelled'",
    Only.ONLINE: "AND b.status = 'planned' AND b.online",
    Only.AT_RISK: f"AND {_COMING} AND {_UNSAFE}",
}
_UPCOMING = " ".join(
    [
        "SELECT json_agg(counted)::text FROM (",
        "SELECT b.consultant_id, b.provider, count(*) AS sessions, count(*) FILTER (WHERE",
        _UNSAFE,
        ") AS at_risk FROM bookings b WHERE b.organization_id = %(organization_id)s AND",
        _COMING,
        "AND b.starts_at > %(now)s - %(longest)s GROUP BY b.consultant_id, b.provider) counted",
    ]
).encode()


class PostgresBookingViews(BookingViews):
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def one(self, organization_id: UUID, booking_id: UUID) -> BookingView | None:
        row = await self._reader.first(_ONE, organization_id=organization_id, id=booking_id)
        return _one.decode(row[0]) if row else None

    async def page(self, organization_id: UUID, query: BookingQuery) -> Sequence[BookingView]:
        after_start, after_id = query.after or (None, None)
        row = await self._reader.first(
            page_statement(query),
            organization_id=organization_id,
            starts_from=query.starts_from,
            starts_before=query.starts_before,
            longest=LONGEST,
            consultant_id=query.consultant_id,
            words=patterns(query.text),
            after_start=after_start,
            after_id=after_id,
            most=query.most,
            now=query.now,
        )
        return _page.decode(row[0]) if row and row[0] else []

    async def of_client(self, organization_id: UUID, query: ClientSessions) -> Sequence[BookingView]:
        after_start, after_id = query.after or (None, None)
        row = await self._reader.first(
            _of_client(query.past, bool(query.consultant_id), bool(query.after)),
            organization_id=organization_id,
            client_id=query.client_id,
            consultant_id=query.consultant_id,
            now=query.now,
            after_start=after_start,
            after_id=after_id,
            most=query.most,
        )
        return _page.decode(row[0]) if row and row[0] else []

    async def upcoming(self, organization_id: UUID, *, now: datetime) -> Sequence[Upcoming]:
        row = await self._reader.first(_UPCOMING, organization_id=organization_id, now=now, longest=LONGEST)
        return _upcoming.decode(row[0]) if row and row[0] else []


def page_statement(query: BookingQuery) -> bytes:
    return _question(
        bool(query.consultant_id), bool(query.text.strip()), bool(query.after), query.descending, query.only
    )


@cache
def _question(of_consultant: bool, naming: bool, after: bool, descending: bool, only: Only | None) -> bytes:
    """One statement per combination, so that PostgreSQL prepares each once and uses its index."""
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
            _ONLY[only],
            f"AND (b.starts_at, b.id) {beyond} (%(after_start)s, %(after_id)s)" if after else "",
            f"ORDER BY b.starts_at {direction}, b.id {direction} LIMIT %(most)s) page",
        ]
    ).encode()


@cache
def _of_client(past: bool, of_consultant: bool, after: bool) -> bytes:
    """Uses the index of a client's sessions."""
    direction, beyond = ("DESC", "<") if past else ("ASC", ">")
    return " ".join(
        [
            "SELECT json_agg(page.view)::text FROM (SELECT",
            _VIEW,
            "AS view",
            _SHOWN,
            "AND b.id IN (SELECT i.booking_id FROM booking_clients i",
            "WHERE i.organization_id = %(organization_id)s AND i.client_id = %(client_id)s)",
            "AND b.ends_at <= %(now)s" if past else "AND b.ends_at > %(now)s",
            "AND b.consultant_id = %(consultant_id)s" if of_consultant else "",
            f"AND (b.starts_at, b.id) {beyond} (%(after_start)s, %(after_id)s)" if after else "",
            f"ORDER BY b.starts_at {direction}, b.id {direction} LIMIT %(most)s) page",
        ]
    ).encode()
