"""The read side of the calendar in memory. It reads committed data only."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from adapters.in_memory.state import State
from domain.booking.booking import Booking, BookingStatus
from domain.booking.booking_views import BookingQuery, BookingView, ClientSessions, ClientView, Only, Upcoming
from domain.connection.connection import ConnectionStatus
from domain.meeting.host import Host
from domain.meeting.meeting_state import MeetingStatus
from domain.naming import found_in, search_key, search_words
from domain.ports.booking_views import BookingViews


class InMemoryBookingViews(BookingViews):
    def __init__(self, committed: Callable[[], State]) -> None:
        self._committed = committed

    async def one(self, organization_id: UUID, booking_id: UUID) -> BookingView | None:
        state = self._committed()
        stored = state.bookings.get((organization_id, booking_id))
        return _view(stored.booking, state) if stored and not stored.booking.deleted else None

    async def page(self, organization_id: UUID, query: BookingQuery) -> Sequence[BookingView]:
        views = [view for view in self._all(organization_id) if _wanted(view, query)]
        views = [view for view in views if self._named(organization_id, view, query.text)]
        views = [view for view in views if self._meant(organization_id, view, query)]
        return sorted(views, key=_place, reverse=query.descending)[: query.most]

    async def of_client(self, organization_id: UUID, query: ClientSessions) -> Sequence[BookingView]:
        def wanted(view: BookingView) -> bool:
            return (
                any(one.id == query.client_id for one in view.clients)
                and query.consultant_id in (None, view.consultant_id)
                and (view.ends_at <= query.now) == query.past
            )

        def beyond(view: BookingView) -> bool:
            place = _place(view)
            return query.after is None or (place < query.after if query.past else place > query.after)

        found = [view for view in self._all(organization_id) if wanted(view) and beyond(view)]
        return sorted(found, key=_place, reverse=query.past)[: query.most]

    async def upcoming(self, organization_id: UUID, *, now: datetime) -> Sequence[Upcoming]:
        sessions, at_risk = Counter[tuple[UUID, str]](), Counter[tuple[UUID, str]]()
        for view in self._all(organization_id):
            if view.provider and _coming(view, now):
                host = (view.consultant_id, view.provider)
                sessions[host] += 1
                at_risk[host] += self._unsafe(organization_id, view)
        return [Upcoming(*host, count, at_risk[host]) for host, count in sessions.items()]

    def _all(self, organization_id: UUID) -> list[BookingView]:
        state = self._committed()
        bookings = (stored.booking for (owner, _), stored in state.bookings.items() if owner == organization_id)
        return [_view(booking, state) for booking in bookings if not booking.deleted]

    def _meant(self, organization_id: UUID, view: BookingView, query: BookingQuery) -> bool:
        match query.only:
            case None:
                return True
            case Only.PLANNED:
                return view.status is BookingStatus.PLANNED
            case Only.CANCELLED:
                return view.status is BookingStatus.CANCELLED
            case Only.ONLINE:
                return view.status is BookingStatus.PLANNED and view.online
            case Only.AT_RISK:
                return _coming(view, query.now) and self._unsafe(organization_id, view)

    def _named(self, organization_id: UUID, view: BookingView, text: str) -> bool:
        """Every word of `text` occurs in one of these fields."""
        clients = (self._committed().clients[(organization_id, one.id)] for one in view.clients)
        keys = [
            search_key(view.title, view.notes),
            search_key(view.consultant),
            *(search_key(one.name, one.email, one.phone) for one in clients),
        ]
        return all(any(found_in(key, (word,)) for key in keys) for word in search_words(text))

    def _unsafe(self, organization_id: UUID, view: BookingView) -> bool:
        host = Host(organization_id, view.consultant_id, view.provider or "")
        connection = self._committed().connections.get(host)
        if connection is None or connection.status is not ConnectionStatus.CONNECTED:
            return True
        longest = connection.account.longest_meeting
        too_long = longest is not None and view.ends_at - view.starts_at > longest
        return view.meeting.status is not MeetingStatus.READY or too_long


def _coming(view: BookingView, now: datetime | None) -> bool:
    return view.status is BookingStatus.PLANNED and view.online and now is not None and view.ends_at > now


def _wanted(view: BookingView, query: BookingQuery) -> bool:
    return (
        view.starts_at < query.starts_before
        and view.ends_at > query.starts_from
        and query.consultant_id in (None, view.consultant_id)
        and _beyond(view, query)
    )


def _beyond(view: BookingView, query: BookingQuery) -> bool:
    if query.after is None:
        return True
    return _place(view) < query.after if query.descending else _place(view) > query.after


def _place(view: BookingView) -> tuple[datetime, UUID]:
    return view.starts_at, view.id


def _view(booking: Booking, state: State) -> BookingView:
    here, details = booking.organization_id, booking.details
    clients = [state.clients[(here, client_id)] for client_id in details.client_ids]
    return BookingView(
        id=booking.id,
        consultant_id=details.consultant_id,
        consultant=state.accounts[(here, details.consultant_id)].account.name,
        clients=[ClientView(client.id, client.name, client.email) for client in clients],
        starts_at=details.slot.starts_at,
        ends_at=details.slot.ends_at,
        zone=details.slot.zone,
        title=details.title,
        notes=details.notes,
        online=details.online,
        provider=details.provider,
        status=booking.status,
        version=booking.version,
        meeting=booking.meeting,
    )
