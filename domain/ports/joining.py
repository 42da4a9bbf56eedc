"""One-time links by which people join a practice, or found one. Only hashes of their tokens are stored."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.accounts.founding import Founding
from domain.accounts.invitation import Invitation


class Invitations(Protocol):
    @abstractmethod
    async def add(self, invitation: Invitation) -> None: ...

    @abstractmethod
    async def to_change(self, organization_id: UUID, invitation_id: UUID) -> Invitation | None:
        """Nobody else changes it until this unit of work ends."""

    @abstractmethod
    async def to_use(self, organization_id: UUID, token_hash: bytes) -> Invitation | None:
        """The one with this link. Nobody else uses or changes it until this unit of work ends."""

    @abstractmethod
    async def save(self, invitation: Invitation) -> None:
        """Its link and what became of it."""

    @abstractmethod
    async def of_organization(self, organization_id: UUID) -> Sequence[Invitation]:
        """Newest first."""

    @abstractmethod
    async def remove(self, invitation: Invitation) -> None: ...

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """The oldest come first; those that somebody is changing are passed over."""


class Foundings(Protocol):
    """Over all organizations: the practice does not exist yet."""

    @abstractmethod
    async def add(self, founding: Founding) -> None: ...

    @abstractmethod
    async def to_use(self, organization_id: UUID, token_hash: bytes) -> Founding | None:
        """The one with this link. Nobody else uses it until this unit of work ends."""

    @abstractmethod
    async def remove(self, founding: Founding) -> None: ...

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """The oldest come first; those that somebody is changing are passed over."""
