"""The practice's clients: find, add, edit, archive."""

from uuid import UUID

from litestar import Controller, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from application.accounts.log_in import Visitor
from application.booking.list_bookings import ListBookings
from application.clients.manage_clients import MOST_CLIENTS, ManageClients
from domain.clients.errors import ClientErased
from domain.errors import Invalid, NotFound, ObjectKind
from domain.rule import Rule
from entrypoints.http.booking.booking_forms import BookingPage
from entrypoints.http.booking.cursors import cursor_after, read_cursor
from entrypoints.http.clients.client_forms import (
    WRONG_CURSOR,
    ClientEditForm,
    ClientForm,
    ClientPageResponse,
    ClientResponse,
    client_cursor,
    client_response,
    read_client_cursor,
)
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.idempotency import KEY_REFUSED, IdempotencyKey, creation_key
from entrypoints.http.injected import Injected

NO_SUCH_CLIENT = NotFound(ObjectKind.CLIENT)
_WRONG_EMAIL = Invalid("email", Rule.NOT_AN_EMAIL, email="eva")
_MANY = Invalid("ids", Rule.TOO_MANY_IDS, count=101, most=100)
_FULL = Invalid("name", Rule.PRACTICE_FULL, most=MOST_CLIENTS)
_ADDED = documented_problems(_WRONG_EMAIL, _FULL, *KEY_REFUSED, changes=True)
_CHANGED = documented_problems(NO_SUCH_CLIENT, ClientErased(), changes=True)


class Clients(Controller):
    path = "/api/clients"
    tags = ("clients",)

    @get(
        operation_id="findClients",
        summary="Find clients by name or address, best matches first, or by ids",
        responses=documented_problems(_MANY),
    )
    async def find(
        self,
        visitor: Injected[Visitor],
        manage_clients: Injected[ManageClients],
        text: FromQuery[str] = "",
        email: FromQuery[str] = "",
        ids: FromQuery[list[UUID] | None] = None,
    ) -> list[ClientResponse]:
        """With `ids`, returns those clients, whatever the text. With `email`, returns all clients with exactly this
        address, archived ones included. Without both, returns the first hundred clients that match the text."""
        if ids:
            found = await manage_clients.named(visitor.account, ids)
        elif email:
            found = await manage_clients.with_email(visitor.account, email)
        else:
            found = await manage_clients.find(visitor.account, text)
        return [client_response(one) for one in found]

    @post(operation_id="addClient", summary="Add a client", responses=_ADDED)
    async def add(
        self,
        data: JSONBody[ClientForm],
        visitor: Injected[Visitor],
        manage_clients: Injected[ManageClients],
        idempotency_key: IdempotencyKey = None,
    ) -> ClientResponse:
        key = creation_key(visitor, idempotency_key)
        return client_response(await manage_clients.add(visitor.account, key, data.name, data.email, data.phone))

    @get(
        "/page",
        operation_id="listClients",
        summary="List clients by name, page by page",
        responses=documented_problems(WRONG_CURSOR),
    )
    async def page(
        self,
        visitor: Injected[Visitor],
        manage_clients: Injected[ManageClients],
        text: FromQuery[str] = "",
        archived: FromQuery[bool] = False,
        cursor: FromQuery[str | None] = None,
        limit: FromQuery[int] = 50,
    ) -> ClientPageResponse:
        after = read_client_cursor(cursor)
        page = await manage_clients.page(visitor.account, text, archived=archived, after=after, most=limit)
        return ClientPageResponse([client_response(one) for one in page.items], client_cursor(page.next))

    @get(
        "/{client_id:uuid}",
        operation_id="getClient",
        summary="Show a client",
        responses=documented_problems(NO_SUCH_CLIENT),
    )
    async def one(
        self, client_id: FromPath[UUID], visitor: Injected[Visitor], manage_clients: Injected[ManageClients]
    ) -> ClientResponse:
        return client_response(await manage_clients.one(visitor.account, client_id))

    @patch(
        "/{client_id:uuid}",
        operation_id="correctClient",
        summary="Change a client's name, address or number",
        responses=documented_problems(NO_SUCH_CLIENT, _WRONG_EMAIL, ClientErased(), changes=True),
    )
    async def correct(
        self,
        client_id: FromPath[UUID],
        data: JSONBody[ClientEditForm],
        visitor: Injected[Visitor],
        manage_clients: Injected[ManageClients],
    ) -> ClientResponse:
        return client_response(await manage_clients.correct(visitor.account, client_id, data.edits()))

    @post(
        "/{client_id:uuid}/archive",
        operation_id="archiveClient",
        status_code=200,
        summary="Archive a client",
        responses=_CHANGED,
    )
    async def archive(
        self, client_id: FromPath[UUID], visitor: Injected[Visitor], manage_clients: Injected[ManageClients]
    ) -> ClientResponse:
        return client_response(await manage_clients.archive(visitor.account, client_id))

    @post(
        "/{client_id:uuid}/restore",
        operation_id="restoreClient",
        status_code=200,
        summary="Restore a client from the archive",
        responses=_CHANGED,
    )
    async def restore(
        self, client_id: FromPath[UUID], visitor: Injected[Visitor], manage_clients: Injected[ManageClients]
    ) -> ClientResponse:
        return client_response(await manage_clients.restore(visitor.account, client_id))

    @get(
        "/{client_id:uuid}/sessions",
        operation_id="listSessionsOfClient",
        summary="List a client's past or upcoming sessions",
        responses=documented_problems(NO_SUCH_CLIENT, WRONG_CURSOR),
    )
    async def sessions(
        self,
        client_id: FromPath[UUID],
        visitor: Injected[Visitor],
        manage_clients: Injected[ManageClients],
        list_bookings: Injected[ListBookings],
        past: FromQuery[bool] = False,
        cursor: FromQuery[str | None] = None,
        limit: FromQuery[int] = 20,
    ) -> BookingPage:
        """Past sessions newest first, upcoming ones soonest first. Consultants see their own."""
        await manage_clients.one(visitor.account, client_id)
        after = read_cursor(cursor)
        page = await list_bookings.of_client(visitor.account, client_id, past=past, after=after, most=limit)
        return BookingPage(page.items, cursor_after(page.items[-1]) if page.more else None)
