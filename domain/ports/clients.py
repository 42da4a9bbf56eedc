"""The practice's clients, and what was noted about contacts with them."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.accounts.account import Language
from domain.clients.client import Client
from domain.clients.contact_note import ContactNote


@dataclass(frozen=True, slots=True)
class ClientQuery:
    """`text`: each of its words occurs in the name, the address or the number. `archived`: those, instead of the
    others. `after` is the sort key and the id of the last client of the page before."""

    language: Language
    text: str = ""
    archived: bool = False
    after: tuple[str, UUID] | None = None
    most: int = 50


class Clients(Protocol):
    """Erased clients are found by their ids only."""

    @abstractmethod
    async def add(self, client: Client) -> None: ...

    @abstractmethod
    async def known(self, organization_id: UUID, client_ids: Sequence[UUID]) -> Sequence[Client]:
        """To book: those of them that exist in this organization and were not erased, in any order. None of them is
        changed by others until this unit of work ends."""

    @abstractmethod
    async def named(self, organization_id: UUID, client_ids: Sequence[UUID], language: Language) -> Sequence[Client]:
        """Those of them that exist in this organization, in the order of the language."""

    @abstractmethod
    async def with_email(self, organization_id: UUID, email: str) -> Sequence[Client]:
        """All who have this address (in lower case), archived ones too; oldest id first."""

    @abstractmethod
    async def find(self, organization_id: UUID, query: ClientQuery) -> Sequence[Client]:
        """The best matches first: those in which words begin with the query's words; then in the order of the
        language. `after` does not count."""

    @abstractmethod
    async def page(self, organization_id: UUID, query: ClientQuery) -> Sequence[Client]:
        """In the order of the language."""

    @abstractmethod
    async def to_change(self, organization_id: UUID, client_ids: Sequence[UUID]) -> Sequence[Client]:
        """Those that exist, ordered by id. Nobody else changes or books them until this unit of work ends."""

    @abstractmethod
    async def save(self, client: Client) -> None: ...

    @abstractmethod
    async def remove(self, organization_id: UUID, client_id: UUID) -> None:
        """One that no session has any more."""

    @abstractmethod
    async def add_missing_keys(self, *, most: int) -> int:
        """Makes those clients found and sorted again that were stored without keys; answers how many."""


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
