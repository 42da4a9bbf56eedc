"""Sessions: book, list, edit, cancel, delete."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from application.accounts.log_in import Visitor
from application.booking.acknowledge_link_change import AcknowledgeLinkChange
from application.booking.close_booking import CloseBooking
from application.booking.create_booking import CreateBooking
from application.booking.edit_booking import EditBooking
from application.booking.list_bookings import ListBookings
from application.booking.restore_booking import RestoreBooking
from application.connection.connect_provider import ConnectProvider, UnfinishedForm
from domain.booking.booking import BookingStatus
from domain.booking.booking_views import BookingQuery, BookingView, Only
from domain.booking.errors import BookingClosed, ChangedMeanwhile
from domain.connection.errors import ConnectionNeeded
from domain.errors import Invalid, NotFound, ObjectKind
from domain.rule import Rule
from entrypoints.http.audit_entries import AuditEntryResponse, lines_of
from entrypoints.http.booking.booking_forms import (
    BookingEditBody,
    BookingFormBody,
    BookingPage,
    LinkChangeAcknowledgement,
)
from entrypoints.http.booking.cursors import cursor_after, read_cursor
from entrypoints.http.booking.etags import etag_of, version_in
from entrypoints.http.documented_problems import NO_SUCH_SESSION, WRONG_ETAG, documented_problems
from entrypoints.http.examples import BOOKING, CONNECTION_NEEDED, SLOT_TAKEN, shows
from entrypoints.http.idempotency import KEY_REFUSED, IdempotencyKey, creation_key
from entrypoints.http.injected import IfMatch, Injected
from entrypoints.http.moments import must_be_aware

WRONG_RANGE = Invalid("until", Rule.RANGE_ENDS_BEFORE_START)
_REFUSED = (WRONG_RANGE, SLOT_TAKEN, CONNECTION_NEEDED)
BOOKED = {201: shows(BOOKING, "Booked"), **documented_problems(*_REFUSED, *KEY_REFUSED, changes=True)}
FOUND = {200: shows(BOOKING, "The session"), **documented_problems(NO_SUCH_SESSION)}
_STALE = (NO_SUCH_SESSION, WRONG_ETAG, ChangedMeanwhile(version=2))
EDITED = {
    200: shows(BOOKING, "As it is now"),
    **documented_problems(*_REFUSED, *_STALE, BookingClosed(status=BookingStatus.CANCELLED), changes=True),
}
_NO_OFFSET = Invalid("changed_at", Rule.NO_UTC_OFFSET)
ACKNOWLEDGED = {
    200: shows(BOOKING, "The session, without the mark"),
    **documented_problems(NO_SUCH_SESSION, _NO_OFFSET, changes=True),
}
CLOSED = documented_problems(*_STALE, changes=True)
_GONE_CONSULTANT = Invalid("consultant_id", Rule.UNKNOWN_CONSULTANT)
RESTORED = {
    200: shows(BOOKING, "Planned again"),
    **documented_problems(_GONE_CONSULTANT, SLOT_TAKEN, CONNECTION_NEEDED, *_STALE, changes=True),
}


class Bookings(Controller):
    path = "/api/bookings"
    tags = ("sessions",)

    @post(operation_id="bookSession", summary="Book a session", responses=BOOKED)
    async def book(
        self,
        data: BookingFormBody,
        visitor: Injected[Visitor],
        create_booking: Injected[CreateBooking],
        list_bookings: Injected[ListBookings],
        connect_provider: Injected[ConnectProvider],
        idempotency_key: IdempotencyKey = None,
    ) -> Response[BookingView]:
        key = creation_key(visitor, idempotency_key)
        try:
            booking_id = await create_booking(visitor.account, key, data.details())
        except ConnectionNeeded as need:
            raise await _with_way_out(need, visitor, connect_provider, msgspec.json.encode(data).decode()) from need
        return await _shown(list_bookings, visitor, booking_id)

    @get(
        operation_id="listSessions",
        summary="List the sessions of a range, page by page",
        responses=documented_problems(WRONG_RANGE, NotFound(ObjectKind.CONSULTANT)),
    )
    async def page(
        self,
        visitor: Injected[Visitor],
        list_bookings: Injected[ListBookings],
        start: FromQuery[datetime],
        until: FromQuery[datetime],
        consultant_id: FromQuery[UUID | None] = None,
        text: FromQuery[str] = "",
        cursor: FromQuery[str | None] = None,
        limit: FromQuery[int] = 50,
        descending: FromQuery[bool] = False,
        only: FromQuery[Only | None] = None,
    ) -> BookingPage:
        must_be_aware(start=start, until=until)
        query = BookingQuery(start, until, consultant_id, text, read_cursor(cursor), limit, descending, only)
        page = await list_bookings.page(visitor.account, query)
        return BookingPage(page.items, cursor_after(page.items[-1]) if page.more else None)

    @get("/{booking_id:uuid}", operation_id="getSession", summary="Show a session", responses=FOUND)
    async def one(
        self, booking_id: FromPath[UUID], visitor: Injected[Visitor], list_bookings: Injected[ListBookings]
    ) -> Response[BookingView]:
        return await _shown(list_bookings, visitor, booking_id)

    @patch("/{booking_id:uuid}", operation_id="editSession", summary="Change a session", responses=EDITED)
    async def edit(
        self,
        booking_id: FromPath[UUID],
        data: BookingEditBody,
        visitor: Injected[Visitor],
        edit_booking: Injected[EditBooking],
        list_bookings: Injected[ListBookings],
        connect_provider: Injected[ConnectProvider],
        if_match: IfMatch = None,
    ) -> Response[BookingView]:
        version = version_in(if_match)
        try:
            await edit_booking(visitor.account, booking_id, data.edits(), expected_version=version)
        except ConnectionNeeded as need:
            form = msgspec.json.encode(data).decode()
            raise await _with_way_out(need, visitor, connect_provider, form, booking_id) from need
        return await _shown(list_bookings, visitor, booking_id)

    @post(
        "/{booking_id:uuid}/cancel",
        operation_id="cancelSession",
        status_code=200,
        summary="Cancel a session",
        responses=CLOSED,
    )
    async def cancel(
        self,
        booking_id: FromPath[UUID],
        visitor: Injected[Visitor],
        close_booking: Injected[CloseBooking],
        list_bookings: Injected[ListBookings],
        if_match: IfMatch = None,
    ) -> Response[BookingView]:
        await close_booking.cancel(visitor.account, booking_id, expected_version=version_in(if_match))
        return await _shown(list_bookings, visitor, booking_id)

    @post(
        "/{booking_id:uuid}/restore",
        operation_id="restoreSession",
        status_code=200,
        summary="Restore a cancelled session; an online session gets a new meeting",
        responses=RESTORED,
    )
    async def restore(
        self,
        booking_id: FromPath[UUID],
        visitor: Injected[Visitor],
        restore_booking: Injected[RestoreBooking],
        list_bookings: Injected[ListBookings],
        if_match: IfMatch = None,
    ) -> Response[BookingView]:
        await restore_booking(visitor.account, booking_id, expected_version=version_in(if_match))
        return await _shown(list_bookings, visitor, booking_id)

    @post(
        "/{booking_id:uuid}/link-change/acknowledge",
        operation_id="acknowledgeLinkChange",
        status_code=200,
        summary="Acknowledge a changed link",
        responses=ACKNOWLEDGED,
    )
    async def acknowledge(
        self,
        booking_id: FromPath[UUID],
        data: JSONBody[LinkChangeAcknowledgement],
        visitor: Injected[Visitor],
        acknowledge_link_change: Injected[AcknowledgeLinkChange],
        list_bookings: Injected[ListBookings],
    ) -> Response[BookingView]:
        """Repeating the request changes nothing. If the link has changed again since, the mark stays."""
        must_be_aware(changed_at=data.changed_at)
        await acknowledge_link_change(visitor.account, booking_id, data.changed_at, data.how)
        return await _shown(list_bookings, visitor, booking_id)

    @delete(
        "/{booking_id:uuid}", operation_id="deleteSession", summary="Delete a session and its link", responses=CLOSED
    )
    async def remove(
        self,
        booking_id: FromPath[UUID],
        visitor: Injected[Visitor],
        close_booking: Injected[CloseBooking],
        if_match: IfMatch = None,
    ) -> None:
        await close_booking.delete(visitor.account, booking_id, expected_version=version_in(if_match))

    @get(
        "/{booking_id:uuid}/history",
        operation_id="getSessionHistory",
        summary="Show the audit log of a session",
        responses=documented_problems(NO_SUCH_SESSION),
    )
    async def history(
        self, booking_id: FromPath[UUID], visitor: Injected[Visitor], list_bookings: Injected[ListBookings]
    ) -> list[AuditEntryResponse]:
        return lines_of(await list_bookings.history(visitor.account, booking_id))


async def _shown(look_up: ListBookings, visitor: Visitor, booking_id: UUID) -> Response[BookingView]:
    view = await look_up.one(visitor.account, booking_id)
    return Response(view, headers={"ETag": etag_of(view)})


async def _with_way_out(
    need: ConnectionNeeded, visitor: Visitor, connect: ConnectProvider, form: str, booking_id: UUID | None = None
) -> ConnectionNeeded:
    """For their own connection, consultants get the address of the consent page, and the form is stored. Other people
    do not."""
    if need.data["consultant_id"] == str(visitor.account.id):
        unfinished = UnfinishedForm(form, booking_id)
        redirect = await connect(visitor.account, visitor.login_id, str(need.data["provider"]), unfinished)
        need.data |= {"authorize_address": redirect.address, "draft_id": str(redirect.draft_id)}
    return need
