"""The repositories of clients and of contact notes."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from domain.clients.client import Client
from domain.clients.client_query import ClientQuery
from domain.clients.contact_note import ContactNote
from domain.language import Language


class Clients(Protocol):
    """Erased clients are found by their ids only."""

    @abstractmethod
    async def add(self, client: Client) -> None: ...

    @abstractmethod
    async def reached(self, organization_id: UUID, most: int) -> bool:
        """Whether the organization has `most` clients or more, erased ones not counted."""

    @abstractmethod
    async def known(self, organization_id: UUID, client_ids: Sequence[UUID]) -> Sequence[Client]:
        """For a booking: the clients that exist in this organization and were not erased, in any order; locked until
        this unit of work ends."""

    @abstractmethod
    async def named(self, organization_id: UUID, client_ids: Sequence[UUID], language: Language) -> Sequence[Client]:
        """The clients that exist in this organization, in the order of the language."""

    @abstractmethod
    async def with_email(self, organization_id: UUID, email: str) -> Sequence[Client]:
        """All clients with this address (in lower case), archived ones included; ordered by id, oldest first."""

    @abstractmethod
    async def find(self, organization_id: UUID, query: ClientQuery) -> Sequence[Client]:
        """Clients with words that begin with the query's words come first; then in the order of the language. Ignores
        `after`."""

    @abstractmethod
    async def page(self, organization_id: UUID, query: ClientQuery) -> Sequence[Client]:
        """In the order of the language."""

    @abstractmethod
    async def to_change(self, organization_id: UUID, client_ids: Sequence[UUID]) -> Sequence[Client]:
        """The clients that exist, ordered by id; locked against changes and bookings until this unit of work ends."""

    @abstractmethod
    async def save(self, client: Client) -> None: ...

    @abstractmethod
    async def remove(self, organization_id: UUID, client_id: UUID) -> None:
        """Removes a client that has no bookings."""

    @abstractmethod
    async def add_missing_keys(self, *, most: int) -> int:
        """Adds search and sort keys to clients that were stored without them. Returns how many."""


class ContactNotes(Protocol):
    @abstractmethod
    async def add(self, note: ContactNote) -> None: ...

    @abstractmethod
    async def of(self, organization_id: UUID, client_id: UUID) -> Sequence[ContactNote]:
        """The newest day first."""

    @abstractmethod
    async def remove(self, organization_id: UUID, client_id: UUID, note_id: UUID) -> int: ...

    @abstractmethod
    async def move(self, organization_id: UUID, from_client: UUID, to_client: UUID) -> int: ...

    @abstractmethod
    async def remove_of(self, organization_id: UUID, client_id: UUID) -> int: ...
