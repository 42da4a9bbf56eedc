"""Clients and contact notes in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from adapters.in_memory.state import State
from domain.clients.client import Client
from domain.clients.client_query import ClientQuery
from domain.clients.contact_note import ContactNote
from domain.errors import NotFound, ObjectKind
from domain.language import Language
from domain.naming import begins_words, found_in, search_key, search_words, sort_key
from domain.ports.clients import Clients, ContactNotes


class InMemoryClients(Clients):
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, client: Client) -> None:
        self._state.must_have_organization(client.organization_id)
        self._state.clients[(client.organization_id, client.id)] = client

    async def reached(self, organization_id: UUID, most: int) -> bool:
        return sum(not one.erased_at for one in self._of(organization_id)) >= most

    async def known(self, organization_id: UUID, client_ids: Sequence[UUID]) -> Sequence[Client]:
        return [one for one in self._these(organization_id, client_ids) if not one.erased_at]

    async def named(self, organization_id: UUID, client_ids: Sequence[UUID], language: Language) -> Sequence[Client]:
        return sorted(self._these(organization_id, client_ids), key=_by_name(language))

    async def with_email(self, organization_id: UUID, email: str) -> Sequence[Client]:
        found = (one for one in self._of(organization_id) if email and one.email == email)
        return sorted(found, key=lambda client: client.id)

    async def find(self, organization_id: UUID, query: ClientQuery) -> Sequence[Client]:
        words, by_name = search_words(query.text), _by_name(query.language)
        found = self._matching(organization_id, query)
        return sorted(found, key=lambda one: (not begins_words(_key(one), words), *by_name(one)))[: query.most]

    async def page(self, organization_id: UUID, query: ClientQuery) -> Sequence[Client]:
        by_name = _by_name(query.language)
        found = sorted(self._matching(organization_id, query), key=by_name)
        return [one for one in found if query.after is None or by_name(one) > query.after][: query.most]

    async def to_change(self, organization_id: UUID, client_ids: Sequence[UUID]) -> Sequence[Client]:
        return sorted(self._these(organization_id, client_ids), key=lambda client: client.id)

    async def save(self, client: Client) -> None:
        self._state.clients[(client.organization_id, client.id)] = client

    async def remove(self, organization_id: UUID, client_id: UUID) -> None:
        self._state.clients.pop((organization_id, client_id), None)

    async def add_missing_keys(self, *, most: int) -> int:
        return 0  # keys are computed on demand

    def _of(self, organization_id: UUID) -> list[Client]:
        return [client for (owner, _), client in self._state.clients.items() if owner == organization_id]

    def _these(self, organization_id: UUID, client_ids: Sequence[UUID]) -> list[Client]:
        found = (self._state.clients.get((organization_id, one)) for one in set(client_ids))
        return [client for client in found if client]

    def _matching(self, organization_id: UUID, query: ClientQuery) -> list[Client]:
        words = search_words(query.text)
        meant = (one for one in self._of(organization_id) if bool(one.archived_at) == query.archived)
        return [one for one in meant if not one.erased_at and found_in(_key(one), words)]


class InMemoryContactNotes(ContactNotes):
    def __init__(self, state: State) -> None:
        self._state = state
        self._notes = state.contact_notes

    async def add(self, note: ContactNote) -> None:
        if (note.organization_id, note.client_id) not in self._state.clients:
            raise NotFound(ObjectKind.CLIENT)
        self._state.must_have_account(note.organization_id, note.author_id)
        self._notes[(note.organization_id, note.client_id, note.id)] = note

    async def of(self, organization_id: UUID, client_id: UUID) -> Sequence[ContactNote]:
        theirs = [note for key, note in self._notes.items() if key[:2] == (organization_id, client_id)]
        return sorted(theirs, key=lambda note: (note.day, note.written_at, note.id), reverse=True)

    async def remove(self, organization_id: UUID, client_id: UUID, note_id: UUID) -> int:
        return int(self._notes.pop((organization_id, client_id, note_id), None) is not None)

    async def move(self, organization_id: UUID, from_client: UUID, to_client: UUID) -> int:
        moved = await self.of(organization_id, from_client)
        await self.remove_of(organization_id, from_client)
        for note in moved:
            self._notes[(organization_id, to_client, note.id)] = replace(note, client_id=to_client)
        return len(moved)

    async def remove_of(self, organization_id: UUID, client_id: UUID) -> int:
        theirs = [key for key in self._notes if key[:2] == (organization_id, client_id)]
        for key in theirs:
            del self._notes[key]
        return len(theirs)


def _key(client: Client) -> str:
    return search_key(client.name, client.email, client.phone)


def _by_name(language: Language) -> Callable[[Client], tuple[str, UUID]]:
    return lambda client: (sort_key(client.name, language), client.id)
