"""Reads bookings for the calendar."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.read_history import History, history_of
from domain.accounts.account import Account
from domain.booking.booking_views import BookingQuery, BookingView, ClientSessions
from domain.errors import Invalid, NotFound, ObjectKind
from domain.ports.booking_views import BookingViews
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.rule import Rule

LONGEST_RANGE = timedelta(days=400)
LARGEST_PAGE = 500  # a calendar week of a large practice


@dataclass(frozen=True, slots=True)
class Page:
    items: list[BookingView]
    more: bool


@dataclass(frozen=True)
class ListBookings:
    """Rules: consultants see their own bookings, admins all in the organization. Ranges and pages are bounded."""

    begin: Begin
    views: BookingViews
    clock: Clock

    async def one(self, actor: Account, booking_id: UUID) -> BookingView:
        view = await self.views.one(actor.organization_id, booking_id)
        if view is None or not actor.may_manage(view.consultant_id):
            raise NotFound(ObjectKind.SESSION)
        return view

    async def page(self, actor: Account, query: BookingQuery) -> Page:
        """Raises Invalid for a range or size beyond the bounds, NotFound for another consultant's bookings."""
        _must_be_bounded(query)
        if not actor.is_admin:
            if query.consultant_id not in (None, actor.id):
                raise NotFound(ObjectKind.CONSULTANT)
            query = replace(query, consultant_id=actor.id)
        query = replace(query, now=self.clock.now())
        found = await self.views.page(actor.organization_id, replace(query, most=query.most + 1))
        return Page(list(found[: query.most]), more=len(found) > query.most)

    async def of_client(
        self, actor: Account, client_id: UUID, *, past: bool, after: tuple[datetime, UUID] | None, most: int
    ) -> Page:
        """Raises Invalid for a size beyond the bounds."""
        _must_be_of_size(most)
        whose = None if actor.is_admin else actor.id
        query = ClientSessions(client_id, self.clock.now(), past, whose, after, most + 1)
        found = await self.views.of_client(actor.organization_id, query)
        return Page(list(found[:most]), more=len(found) > most)

    async def history(self, actor: Account, booking_id: UUID) -> History:
        await self.one(actor, booking_id)
        async with self.begin() as work:
            return await history_of(work, actor.organization_id, booking_id)


def _must_be_bounded(query: BookingQuery) -> None:
    if query.starts_before <= query.starts_from:
        raise Invalid("until", Rule.RANGE_ENDS_BEFORE_START)
    if query.starts_before - query.starts_from > LONGEST_RANGE:
        raise Invalid("until", Rule.RANGE_TOO_LONG, days=LONGEST_RANGE.days)
    _must_be_of_size(query.most)


def _must_be_of_size(most: int) -> None:
    if not 1 <= most <= LARGEST_PAGE:
        raise Invalid("limit", Rule.PAGE_SIZE, most=LARGEST_PAGE)
