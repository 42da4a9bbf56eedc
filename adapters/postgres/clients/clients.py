"""Clients in PostgreSQL."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from adapters.postgres.clients import client_statements as ask
from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.like_patterns import escaped
from domain.clients.client import Client
from domain.clients.client_query import ClientQuery
from domain.language import Language
from domain.naming import search_key, search_words, sort_key
from domain.ports.clients import Clients


class PostgresClients(Clients):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, client: Client) -> None:
        await self._transaction.run(ask.ADD, organization_id=client.organization_id, id=client.id, **_values(client))

    async def reached(self, organization_id: UUID, most: int) -> bool:
        found = await self._transaction.run(ask.REACHED, organization_id=organization_id, others=most - 1)
        return bool(found.scalar_one())

    async def known(self, organization_id: UUID, client_ids: Sequence[UUID]) -> Sequence[Client]:
        found = await self._transaction.run(ask.KNOWN, organization_id=organization_id, ids=list(client_ids))
        return list(map(_client, found.all()))

    async def named(self, organization_id: UUID, client_ids: Sequence[UUID], language: Language) -> Sequence[Client]:
        found = await self._transaction.run(ask.NAMED[language], organization_id=organization_id, ids=list(client_ids))
        return list(map(_client, found.all()))

    async def with_email(self, organization_id: UUID, email: str) -> Sequence[Client]:
        if not email:
            return []
        found = await self._transaction.run(ask.WITH_EMAIL, organization_id=organization_id, email=email)
        return list(map(_client, found.all()))

    async def find(self, organization_id: UUID, query: ClientQuery) -> Sequence[Client]:
        words = search_words(query.text)
        begin = {f"begin_{number}": f"% {escaped(word)}%" for number, word in enumerate(words)}
        question = ask.find(len(words), query.language, query.archived)
        found = await self._transaction.run(
            question, organization_id=organization_id, most=query.most, **_patterns(words), **begin
        )
        return list(map(_client, found.all()))

    async def page(self, organization_id: UUID, query: ClientQuery) -> Sequence[Client]:
        words = search_words(query.text)
        question = ask.page(len(words), query.language, query.archived, query.after is not None)
        place = {"after_key": query.after[0], "after_id": query.after[1]} if query.after else {}
        found = await self._transaction.run(
            question, organization_id=organization_id, most=query.most, **_patterns(words), **place
        )
        return list(map(_client, found.all()))

    async def to_change(self, organization_id: UUID, client_ids: Sequence[UUID]) -> Sequence[Client]:
        found = await self._transaction.run(ask.TO_CHANGE, organization_id=organization_id, ids=list(client_ids))
        return list(map(_client, found.all()))

    async def save(self, client: Client) -> None:
        await self._transaction.run(ask.SAVE, here=client.organization_id, this=client.id, **_values(client))

    async def remove(self, organization_id: UUID, client_id: UUID) -> None:
        await self._transaction.run(ask.REMOVE, organization_id=organization_id, id=client_id)

    async def add_missing_keys(self, *, most: int) -> int:
        found = (await self._transaction.run(ask.WITHOUT_KEYS, most=most)).all()
        for client in map(_client, found):
            await self._transaction.run(ask.ADD_KEYS, here=client.organization_id, this=client.id, **_keys(client))
        return len(found)


def _patterns(words: Sequence[str]) -> dict[str, str]:
    return {f"word_{number}": f"%{escaped(word)}%" for number, word in enumerate(words)}


def _values(client: Client) -> dict[str, Any]:
    return {
        "name": client.name,
        "email": client.email,
        "phone": client.phone,
        "archived_at": client.archived_at,
        "erased_at": client.erased_at,
        **_keys(client),
    }


def _keys(client: Client) -> dict[str, str]:
    return {
        "search_key": search_key(client.name, client.email, client.phone),
        "sort_en": sort_key(client.name, Language.ENGLISH),
        "sort_sl": sort_key(client.name, Language.SLOVENE),
    }


def _client(row: Row[Any]) -> Client:
    return Client(row.organization_id, row.id, row.name, row.email, row.phone, row.archived_at, row.erased_at)
