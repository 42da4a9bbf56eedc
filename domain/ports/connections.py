"""Connections and all that leads to them."""

from abc import abstractmethod
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.booking.draft import Draft
from domain.connection.authorization_request import AuthorizationRequest
from domain.connection.connect_link import ConnectLink
from domain.connection.connection import Connection


class Connections(Protocol):
    """Grants are encrypted at rest. At most one connection per consultant and provider, and at most one,
    over all organizations, per user of a provider."""

    @abstractmethod
    async def find(self, organization_id: UUID, consultant_id: UUID, provider: str) -> Connection | None: ...

    @abstractmethod
    async def to_change(self, organization_id: UUID, consultant_id: UUID, provider: str) -> Connection | None:
        """Nobody else changes it until this unit of work ends."""

    @abstractmethod
    async def of_provider_user(self, provider: str, user_id: str) -> Connection | None:
        """Whoever, in any organization, is connected as this user of the provider; to change."""

    @abstractmethod
    async def of_organization(self, organization_id: UUID) -> Sequence[Connection]: ...

    @abstractmethod
    async def of_consultant(self, organization_id: UUID, consultant_id: UUID) -> Sequence[Connection]: ...

    @abstractmethod
    async def save(self, connection: Connection) -> None:
        """Adds or replaces. Raises ProviderAccountTaken when the provider's user is connected to another person."""

    @abstractmethod
    async def remove(self, connection: Connection) -> None:
        """Tokens and profile are destroyed."""

    @abstractmethod
    async def idle(self, *, refreshed_before: datetime, most: int) -> Sequence[Connection]: ...

    @abstractmethod
    async def disconnecting(self, *, now: datetime, most: int) -> Sequence[Connection]:
        """Those whose end the provider has yet to confirm and whose `retry_at` has come."""

    @abstractmethod
    async def to_be_swept(self, providers: Collection[str], *, now: datetime, most: int) -> Sequence[Connection]:
        """Usable ones at these providers whose accounts are to be looked through, the longest due first."""

    @abstractmethod
    async def with_unverified_removals(self, *, now: datetime, most: int) -> Sequence[Connection]:
        """Those whose end somebody leases without proof, and about whom the provider may be asked now."""


class AuthorizationRequests(Protocol):
    """The verifier is encrypted at rest."""

    @abstractmethod
    async def add(self, request: AuthorizationRequest) -> None: ...

    @abstractmethod
    async def to_use(self, organization_id: UUID, state_hash: bytes) -> AuthorizationRequest | None: ...

    @abstractmethod
    async def save(self, request: AuthorizationRequest) -> None: ...

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int: ...

    @abstractmethod
    async def remove_started_before(self, moment: datetime, *, most: int) -> int:
        """The oldest come first; those that somebody is changing are passed over."""


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
    async def naming(self, organization_id: UUID, client_id: UUID) -> Sequence[Draft]:
        """To change: everybody's forms in which this client's id stands, in any order."""

    @abstractmethod
    async def of_organization(self, organization_id: UUID) -> Sequence[Draft]:
        """To change: everybody's forms, in any order."""

    @abstractmethod
    async def remove_saved_before(self, moment: datetime, *, most: int) -> int:
        """The oldest come first; those that somebody is changing are passed over."""


class ConnectLinks(Protocol):
    @abstractmethod
    async def add(self, link: ConnectLink) -> None: ...

    @abstractmethod
    async def to_use(self, organization_id: UUID, token_hash: bytes) -> ConnectLink | None: ...

    @abstractmethod
    async def save(self, link: ConnectLink) -> None: ...

    @abstractmethod
    async def remove_of_consultant(self, organization_id: UUID, consultant_id: UUID) -> int: ...

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """The oldest come first; those that somebody is changing are passed over."""
