"""The calendar's read side in memory: what is committed, and nothing else."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from adapters.in_memory.state import State
from domain.booking import Booking
from domain.ports.bookings import BookingQuery, BookingView, BookingViews, ClientView, MeetingView


class InMemoryBookingViews(BookingViews):
    def __init__(self, committed: Callable[[], State]) -> None:
        self._committed = committed

    async def one(self, organization_id: UUID, booking_id: UUID) -> BookingView | None:
        state = self._committed()
        stored = state.bookings.get((organization_id, booking_id))
        return _view(stored.booking, state) if stored and not stored.booking.deleted else None

    async def page(self, organization_id: UUID, query: BookingQuery) -> Sequence[BookingView]:
        state = self._committed()
        bookings = (stored.booking for (owner, _), stored in state.bookings.items() if owner == organization_id)
        views = [_view(booking, state) for booking in bookings if not booking.deleted]
        views = [view for view in views if _wanted(view, query)]
        return sorted(views, key=_place, reverse=query.descending)[: query.most]


def _wanted(view: BookingView, query: BookingQuery) -> bool:
    text = query.text.lower()
    return (
        view.starts_at < query.starts_before
        and view.ends_at > query.starts_from
        and query.consultant_id in (None, view.consultant_id)
        and any(text in part.lower() for part in (view.title, view.notes, *(one.name for one in view.clients)))
        and _beyond(view, query)
    )


def _beyond(view: BookingView, query: BookingQuery) -> bool:
    if query.after is None:
        return True
    return _place(view) < query.after if query.descending else _place(view) > query.after


def _place(view: BookingView) -> tuple[datetime, UUID]:
    return view.starts_at, view.id


def _view(booking: Booking, state: State) -> BookingView:
    here, terms = booking.organization_id, booking.terms
    clients = [state.clients[(here, client_id)] for client_id in terms.client_ids]
    return BookingView(
        id=booking.id,
        consultant_id=terms.consultant_id,
        consultant=state.accounts[(here, terms.consultant_id)].account.name,
        clients=[ClientView(client.id, client.name, client.email) for client in clients],
        starts_at=terms.slot.starts_at,
        ends_at=terms.slot.ends_at,
        zone=terms.slot.zone,
        title=terms.title,
        notes=terms.notes,
        online=terms.online,
        provider=terms.provider,
        status=booking.status.value,
        version=booking.version,
        meeting=_meeting(booking),
    )


def _meeting(booking: Booking) -> MeetingView:
    state = booking.meeting
    return MeetingView(
        standing=state.standing.value,
        reason=state.reason,
        detail=state.detail,
        until=state.until,
        waits_for=state.waits_for,
        join_link=state.join_link,
        removing=state.removing,
        stuck=state.stuck,
    )
