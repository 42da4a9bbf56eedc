"""The repositories of one-time links: to join or found a practice, and to choose a new password. Only hashes of their
tokens are stored."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.accounts.founding import Founding
from domain.accounts.invitation import Invitation
from domain.accounts.reset_link import ResetLink


class Invitations(Protocol):
    @abstractmethod
    async def add(self, invitation: Invitation) -> None: ...

    @abstractmethod
    async def to_change(self, organization_id: UUID, invitation_id: UUID) -> Invitation | None:
        """Locks the invitation until this unit of work ends."""

    @abstractmethod
    async def to_use(self, organization_id: UUID, token_hash: bytes) -> Invitation | None:
        """The invitation with this link; locked until this unit of work ends."""

    @abstractmethod
    async def save(self, invitation: Invitation) -> None:
        """Saves its link and its state."""

    @abstractmethod
    async def of_organization(self, organization_id: UUID) -> Sequence[Invitation]:
        """Newest first."""

    @abstractmethod
    async def remove(self, invitation: Invitation) -> None: ...

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""


class Foundings(Protocol):
    """Over all organizations: the practice does not exist yet."""

    @abstractmethod
    async def add(self, founding: Founding) -> None: ...

    @abstractmethod
    async def to_use(self, organization_id: UUID, token_hash: bytes) -> Founding | None:
        """The founding with this link; locked until this unit of work ends."""

    @abstractmethod
    async def remove(self, founding: Founding) -> None: ...

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""


class ResetLinks(Protocol):
    @abstractmethod
    async def save(self, link: ResetLink) -> None:
        """Replaces the person's previous link."""

    @abstractmethod
    async def find(self, organization_id: UUID, token_hash: bytes) -> ResetLink | None: ...

    @abstractmethod
    async def use_up(self, link: ResetLink) -> bool:
        """Removes the link. False when it is gone: used, replaced or revoked at the same time."""

    @abstractmethod
    async def of_organization(self, organization_id: UUID) -> Sequence[ResetLink]:
        """In any order; expired ones included."""

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int: ...

    @abstractmethod
    async def remove_made_by(self, organization_id: UUID, account_id: UUID) -> int:
        """Removes the links that this person created for others."""

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""
