"""The repositories of connections, authorization requests and connect links."""

from abc import abstractmethod
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.connection.authorization_request import AuthorizationRequest
from domain.connection.connect_link import ConnectLink
from domain.connection.connection import Connection
from domain.meeting.host import Host


class Connections(Protocol):
    """Token sets are encrypted at rest. At most one connection per consultant and provider, and at most one, over all
    organizations, per user of a provider."""

    @abstractmethod
    async def find(self, host: Host) -> Connection | None: ...

    @abstractmethod
    async def to_change(self, host: Host) -> Connection | None:
        """Locks the connection until this unit of work ends."""

    @abstractmethod
    async def of_provider_user(self, provider: str, user_id: str) -> Connection | None:
        """The connection, in any organization, of this user of the provider; locked."""

    @abstractmethod
    async def of_organization(self, organization_id: UUID) -> Sequence[Connection]: ...

    @abstractmethod
    async def of_consultant(self, organization_id: UUID, consultant_id: UUID) -> Sequence[Connection]: ...

    @abstractmethod
    async def save(self, connection: Connection) -> None:
        """Adds or replaces. Raises ProviderAccountTaken when another person is connected as the provider's user."""

    @abstractmethod
    async def remove(self, connection: Connection) -> None:
        """Destroys the connection with its tokens and profile."""

    @abstractmethod
    async def idle(
        self, *, refreshed_before: datetime, most: int, after: Connection | None = None
    ) -> Sequence[Connection]:
        """Usable connections that were last refreshed before then, the oldest first. `after` continues a list behind
        its last connection, whatever became of the ones before."""

    @abstractmethod
    async def disconnecting(self, *, now: datetime, most: int) -> Sequence[Connection]:
        """The connections whose end the provider has yet to confirm and whose `retry_at` has come."""

    @abstractmethod
    async def to_be_swept(self, providers: Collection[str], *, now: datetime, most: int) -> Sequence[Connection]:
        """Usable connections at these providers whose orphan sweep is due, the longest due first."""

    @abstractmethod
    async def with_unverified_removals(self, *, now: datetime, most: int) -> Sequence[Connection]:
        """The connections with an unverified removal whose verification is due."""


class AuthorizationRequests(Protocol):
    """The PKCE verifier is encrypted at rest."""

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
        """Oldest first; rows that another transaction has locked are skipped."""


class ConnectLinks(Protocol):
    @abstractmethod
    async def add(self, link: ConnectLink) -> None: ...

    @abstractmethod
    async def pending(self, organization_id: UUID, made_by: UUID, *, made_after: datetime) -> int:
        """How many links this account made since then that were not used."""

    @abstractmethod
    async def to_use(self, organization_id: UUID, token_hash: bytes) -> ConnectLink | None: ...

    @abstractmethod
    async def save(self, link: ConnectLink) -> None: ...

    @abstractmethod
    async def remove_of_consultant(self, organization_id: UUID, consultant_id: UUID) -> int: ...

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""
