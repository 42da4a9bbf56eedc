"""The repository of drafts."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.booking.draft import Draft


class Drafts(Protocol):
    @abstractmethod
    async def save(self, draft: Draft) -> None: ...

    @abstractmethod
    async def find(self, organization_id: UUID, account_id: UUID, draft_id: UUID) -> Draft | None: ...

    @abstractmethod
    async def of_account(self, organization_id: UUID, account_id: UUID) -> Sequence[Draft]:
        """Newest first."""

    @abstractmethod
    async def remove(self, organization_id: UUID, account_id: UUID, draft_id: UUID) -> None: ...

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int: ...

    @abstractmethod
    async def naming(self, organization_id: UUID, client_id: UUID) -> Sequence[Draft]:
        """The drafts of all accounts that contain this client's id, in any order; locked."""

    @abstractmethod
    async def of_organization(self, organization_id: UUID) -> Sequence[Draft]:
        """The drafts of all accounts, in any order; locked."""

    @abstractmethod
    async def remove_saved_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""
