"""Who there is: organizations, accounts, who is signed in, and who tried."""

from abc import abstractmethod
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.accounts.account import Account
from domain.accounts.gcra import GcraState
from domain.accounts.known_browser import KnownBrowser
from domain.accounts.login_session import LoginSession
from domain.accounts.organization import Organization


class People(Protocol):
    @abstractmethod
    async def add_organization(self, organization: Organization) -> None: ...

    @abstractmethod
    async def organization(self, organization_id: UUID) -> Organization | None: ...

    @abstractmethod
    async def any_organization(self) -> bool:
        """Whether there is a practice at all."""

    @abstractmethod
    async def save_organization(self, organization: Organization) -> None:
        """Name, zone and language."""

    @abstractmethod
    async def follow_zone(self, organization_id: UUID, before: str, after: str) -> None:
        """People whose own zone is `before` get `after`. Whoever remembers an account webhook events."""

    @abstractmethod
    async def add_account(self, account: Account, password_hash: str) -> None:
        """Raises Invalid(email) when somebody, in any organization, signs in with this address."""

    @abstractmethod
    async def save_preferences(self, account: Account) -> None:
        """Name, zone and language. Whoever remembers the account webhook events."""

    @abstractmethod
    async def set_password(self, account: Account, password_hash: str) -> None: ...

    @abstractmethod
    async def holds_password(self, account: Account, password_hash: str) -> bool:
        """Whether this is still the hash. It stays so until the end of the unit of work."""

    @abstractmethod
    async def account(self, organization_id: UUID, account_id: UUID) -> Account | None: ...

    @abstractmethod
    async def account_to_assign(self, organization_id: UUID, account_id: UUID) -> Account | None:
        """The account, whose roles nobody else changes until this unit of work ends."""

    @abstractmethod
    async def accounts(self, organization_id: UUID, account_ids: Collection[UUID]) -> Sequence[Account]:
        """Those of them that exist in this organization, in any order."""

    @abstractmethod
    async def everybody_to_change(self, organization_id: UUID) -> Sequence[Account]:
        """In any order. Nobody else changes them or books for them until this unit of work ends."""

    @abstractmethod
    async def save_roles(self, account: Account) -> None:
        """Whoever remembers the account webhook events."""

    @abstractmethod
    async def everybody(self, organization_id: UUID) -> Sequence[Account]:
        """Every account of the organization, by name."""

    @abstractmethod
    async def account_by_email(self, email: str) -> tuple[Account, str] | None:
        """The account and its password hash. `email` in lower case; unique over all organizations."""

    @abstractmethod
    async def consultants(self, organization_id: UUID) -> Sequence[Account]:
        """By name."""


class LoginSessions(Protocol):
    @abstractmethod
    async def add(self, log_in: LoginSession) -> None: ...

    @abstractmethod
    async def account(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None: ...

    @abstractmethod
    async def remove(self, organization_id: UUID, token_hash: bytes) -> None: ...

    @abstractmethod
    async def note_use(self, log_in: LoginSession) -> None:
        """Its `used_at`, if it has not ended meanwhile."""

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID, *, but: bytes | None = None) -> int:
        """Signs the person out in every browser, but in the one whose token has this hash."""

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """The oldest come first; those that somebody is changing are passed over."""

    @abstractmethod
    async def remove_unused_since(self, moment: datetime, *, most: int) -> int: ...


class KnownBrowsers(Protocol):
    @abstractmethod
    async def of_token(self, organization_id: UUID, token_hash: bytes) -> Sequence[KnownBrowser]:
        """One for each person who signed in there, in any order."""

    @abstractmethod
    async def give_token(self, organization_id: UUID, old_hash: bytes, new_hash: bytes) -> None:
        """Everybody who is known there is known by the new token alone."""

    @abstractmethod
    async def save(self, known: KnownBrowser) -> None: ...

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int: ...

    @abstractmethod
    async def remove_used_before(self, moment: datetime, *, most: int) -> int: ...


class LoginAttempts(Protocol):
    """Over all organizations: whoever signs in has none yet."""

    @abstractmethod
    async def to_count(self, keys: Collection[bytes]) -> Sequence[GcraState]:
        """One for each place, in any order. Nobody else gets these until the end of the unit of work."""

    @abstractmethod
    async def save(self, states: Collection[GcraState]) -> None:
        """Of places that were got to count."""

    @abstractmethod
    async def remove_forgotten_before(self, moment: datetime, *, most: int) -> int: ...


class LoginSessionLookup(Protocol):
    """Asked for with every request, outside any unit of work."""

    @abstractmethod
    async def account(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None:
        """May be some milliseconds behind a sign-out or a change of the account in another process, never more."""
