"""The practice's clients."""

from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import FromQuery, JSONBody

from application.know_clients import KnowClients
from application.sign_in import Visitor
from domain.client import Client
from domain.errors import Invalid, KeyReused
from entrypoints.http.given import Given
from entrypoints.http.idempotency import WRONG_KEY, IdempotencyKey, new_id
from entrypoints.http.refusals import refusals

_REFUSED = refusals(
    Invalid("email", "'eva' is not an e-mail address.", "Write it like name@example.com."),
    WRONG_KEY,
    KeyReused(),
    changes=True,
)
_MANY = Invalid("ids", "101 clients were named; 100 fit.", "Ask in several parts.")


class ClientForm(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    email: str


class ClientShown(msgspec.Struct):
    id: UUID
    name: str
    email: str


@get(
    "/api/clients",
    operation_id="findClients",
    summary="Clients by name or address, or by their ids",
    tags=["clients"],
    responses=refusals(_MANY),
)
async def find_clients(
    visitor: Given[Visitor],
    know_clients: Given[KnowClients],
    text: FromQuery[str] = "",
    ids: FromQuery[list[UUID] | None] = None,
) -> list[ClientShown]:
    """With `ids` just those, whatever the text; without, the first hundred that match it."""
    if ids:
        return [_shown(one) for one in await know_clients.named(visitor.account, ids)]
    return [_shown(one) for one in await know_clients.find(visitor.account, text)]


@post("/api/clients", operation_id="addClient", summary="Add a client", tags=["clients"], responses=_REFUSED)
async def add_client(
    data: JSONBody[ClientForm],
    visitor: Given[Visitor],
    know_clients: Given[KnowClients],
    idempotency_key: IdempotencyKey = None,
) -> ClientShown:
    client_id = new_id(visitor, idempotency_key)
    return _shown(await know_clients.add(visitor.account, client_id, data.name, data.email))


def _shown(client: Client) -> ClientShown:
    return ClientShown(client.id, client.name, client.email)
