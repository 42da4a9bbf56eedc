"""Single sign-on: its repositories, and the client of identity providers."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.accounts.identity import Identity, IdentityLink
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.sign_in_request import SignInRequest


class IdentityProviders(Protocol):
    @abstractmethod
    async def find(self, organization_id: UUID) -> IdentityProvider | None:
        """A practice has one at most."""

    @abstractmethod
    async def save(self, provider: IdentityProvider) -> None:
        """Replaces the practice's previous one."""

    @abstractmethod
    async def remove(self, organization_id: UUID) -> None: ...


class IdentityLinks(Protocol):
    @abstractmethod
    async def add(self, link: IdentityLink) -> bool:
        """False, and nothing is stored, when the account or the subject has a link already."""

    @abstractmethod
    async def of_subject(self, organization_id: UUID, issuer: str, subject: str) -> IdentityLink | None: ...

    @abstractmethod
    async def of_organization(self, organization_id: UUID) -> Sequence[IdentityLink]:
        """In any order."""

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int: ...

    @abstractmethod
    async def remove_of_organization(self, organization_id: UUID) -> int: ...


class SignInRequests(Protocol):
    @abstractmethod
    async def add(self, request: SignInRequest) -> None: ...

    @abstractmethod
    async def to_use(self, organization_id: UUID, state_hash: bytes) -> SignInRequest | None:
        """Locks the request until this unit of work ends. None when its verifier cannot be decrypted."""

    @abstractmethod
    async def save(self, request: SignInRequest) -> None:
        """Saves `used_at`."""

    @abstractmethod
    async def remove_of_organization(self, organization_id: UUID) -> int: ...

    @abstractmethod
    async def remove_started_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""


class OpenIdClient(Protocol):
    """Calls identity providers; never within a unit of work. Every call is limited in time and in size."""

    @abstractmethod
    async def check(self, issuer: str) -> None:
        """Fetches the discovery document anew. Raises Invalid(issuer) when the provider cannot be used."""

    @abstractmethod
    async def sign_in_address(
        self, provider: IdentityProvider, *, state: str, nonce: str, verifier: str, again: bool
    ) -> str:
        """Where the browser goes. `again`: the provider asks the person for the credentials even if they are signed in.
        Raises IdentityProviderFailed."""

    @abstractmethod
    async def identity(
        self, provider: IdentityProvider, *, code: str, issuer: str | None, verifier: str, nonce_hash: bytes
    ) -> Identity:
        """Exchanges the code and verifies the ID token. `issuer` is the `iss` parameter of the answer (RFC 9207), None
        without one. Raises IdentityProviderFailed."""
