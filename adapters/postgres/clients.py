"""Clients in PostgreSQL."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, insert, or_, select

from adapters.postgres.metadata import TEXT, UUIDS
from adapters.postgres.patterns import containing
from adapters.postgres.people_tables import clients
from adapters.postgres.transaction import Transaction
from domain.client import Client
from domain.ports.people import Clients

_c = clients.c
_here = _c.organization_id == bindparam("organization_id")
_text = bindparam("text", type_=TEXT)

_ADD = insert(clients)
_KNOWN = select(_c.id).where(_here, _c.id == func.any(bindparam("ids", type_=UUIDS)))
_by_name = (func.lower(_c.name), _c.name, _c.id)
_NAMED = select(clients).where(_here, _c.id == func.any(bindparam("ids", type_=UUIDS))).order_by(*_by_name)
_FIND = (
    select(clients)
    .where(_here, or_(_c.name.ilike(_text), _c.email.ilike(_text)))
    .order_by(*_by_name)
    .limit(bindparam("most"))
)


class PostgresClients(Clients):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, client: Client) -> None:
        await self._transaction.run(
            _ADD, organization_id=client.organization_id, id=client.id, name=client.name, email=client.email
        )

    async def known(self, organization_id: UUID, client_ids: Sequence[UUID]) -> frozenset[UUID]:
        found = await self._transaction.run(_KNOWN, organization_id=organization_id, ids=list(client_ids))
        return frozenset(found.scalars())

    async def named(self, organization_id: UUID, client_ids: Sequence[UUID]) -> Sequence[Client]:
        found = await self._transaction.run(_NAMED, organization_id=organization_id, ids=list(client_ids))
        return list(map(_client, found.all()))

    async def find(self, organization_id: UUID, text: str, *, most: int) -> Sequence[Client]:
        found = await self._transaction.run(_FIND, organization_id=organization_id, text=containing(text), most=most)
        return list(map(_client, found.all()))


def _client(row: Row[Any]) -> Client:
    return Client(row.organization_id, row.id, row.name, row.email)
