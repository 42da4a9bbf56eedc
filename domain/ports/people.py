"""The repositories of organizations, accounts, login sessions, known browsers and login attempts."""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
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
        """Whether any practice exists."""

    @abstractmethod
    async def save_organization(self, organization: Organization) -> None:
        """Saves name, zone, language, idle time, and since when a second factor is demanded. Caches of login sessions
        notice within half a minute."""

    @abstractmethod
    async def follow_zone(self, organization_id: UUID, before: str, after: str) -> None:
        """Gives people whose own zone is `before` the zone `after`. Caches of their accounts notice."""

    @abstractmethod
    async def add_account(self, account: Account, password_hash: str) -> None:
        """Raises Invalid(email) when an account, in any organization, has this address."""

    @abstractmethod
    async def save_preferences(self, account: Account) -> None:
        """Saves name, zone and language. Caches of the account notice."""

    @abstractmethod
    async def set_password(self, account: Account, password_hash: str) -> None: ...

    @abstractmethod
    async def holds_password(self, account: Account, password_hash: str) -> bool:
        """Whether this is still the hash. Locks it until this unit of work ends."""

    @abstractmethod
    async def account(self, organization_id: UUID, account_id: UUID) -> Account | None: ...

    @abstractmethod
    async def account_to_assign(self, organization_id: UUID, account_id: UUID) -> Account | None:
        """The account, with its roles locked until this unit of work ends."""

    @abstractmethod
    async def account_to_change(self, organization_id: UUID, account_id: UUID) -> Account | None:
        """The account; sign-ins of it wait until this unit of work ends."""

    @abstractmethod
    async def accounts(self, organization_id: UUID, account_ids: Collection[UUID]) -> Sequence[Account]:
        """The accounts that exist in this organization, in any order."""

    @abstractmethod
    async def everybody_to_change(self, organization_id: UUID) -> Sequence[Account]:
        """All accounts, in any order; locked against changes and bookings until this unit of work ends."""

    @abstractmethod
    async def save_roles(self, account: Account) -> None:
        """Caches of the account notice."""

    @abstractmethod
    async def save_ending(self, account: Account) -> None:
        """Saves `ended_at` and voids the password: the person signs in only after choosing a new one. Caches of the
        account notice."""

    @abstractmethod
    async def save_erasure(self, account: Account) -> None:
        """Destroys name, address, password and the last sign-in; the address is free. From then on no method returns
        the account."""

    @abstractmethod
    async def everybody(self, organization_id: UUID) -> Sequence[Account]:
        """Every account of the organization, by name; ended ones too."""

    @abstractmethod
    async def last_logins(self, organization_id: UUID) -> Mapping[UUID, datetime]:
        """The hour of the last sign-in, by account; accounts that never signed in are left out."""

    @abstractmethod
    async def account_by_email(self, email: str) -> tuple[Account, str] | None:
        """The account that signs in with this address, and its password hash. None when the account has ended or its
        password is void. `email` in lower case; unique over all organizations."""

    @abstractmethod
    async def person_by_email(self, email: str) -> Account | None:
        """The same without the password, and also for an account that cannot sign in."""

    @abstractmethod
    async def consultants(self, organization_id: UUID) -> Sequence[Account]:
        """By name, without ended accounts."""


class LoginSessions(Protocol):
    @abstractmethod
    async def add(self, log_in: LoginSession) -> None:
        """Notes the sign-in at the account too, to the hour."""

    @abstractmethod
    async def account(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None: ...

    @abstractmethod
    async def remove(self, organization_id: UUID, token_hash: bytes) -> None: ...

    @abstractmethod
    async def note_use(self, log_in: LoginSession) -> None:
        """Saves `used_at`, unless the login session has ended."""

    @abstractmethod
    async def of_account(self, organization_id: UUID, account_id: UUID) -> Sequence[LoginSession]:
        """The person's login sessions, ended ones that are not removed yet included. The last used first."""

    @abstractmethod
    async def acknowledge(self, log_in: LoginSession) -> None:
        """The browser is not new any more."""

    @abstractmethod
    async def note_proof(self, log_in: LoginSession) -> None:
        """Saves `proved_at`, unless the login session has ended. Caches notice."""

    @abstractmethod
    async def note_factors(self, log_in: LoginSession) -> None:
        """Saves `two_factors`, unless the login session has ended. Caches notice."""

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID, *, but: bytes | None = None) -> int:
        """Ends the person's login sessions in every browser, except the one whose token has the hash `but`."""

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""

    @abstractmethod
    async def remove_unused_since(self, moment: datetime, *, most: int) -> int: ...


class KnownBrowsers(Protocol):
    @abstractmethod
    async def of_token(self, organization_id: UUID, token_hash: bytes) -> Sequence[KnownBrowser]:
        """One for each account that signed in with this browser, in any order."""

    @abstractmethod
    async def any_of_account(self, organization_id: UUID, account_id: UUID) -> bool:
        """Whether the account has a known browser."""

    @abstractmethod
    async def give_token(self, organization_id: UUID, old_hash: bytes, new_hash: bytes) -> None:
        """Replaces the token of the browser for all accounts known in it."""

    @abstractmethod
    async def save(self, known: KnownBrowser) -> None: ...

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int: ...

    @abstractmethod
    async def remove_used_before(self, moment: datetime, *, most: int) -> int: ...


class LoginAttempts(Protocol):
    """Over all organizations: an attempt to sign in has none yet."""

    @abstractmethod
    async def to_count(self, keys: Collection[bytes]) -> Sequence[GcraState]:
        """One state for each key, in any order; locked until this unit of work ends."""

    @abstractmethod
    async def save(self, states: Collection[GcraState]) -> None:
        """Saves states that `to_count` returned."""

    @abstractmethod
    async def remove_forgotten_before(self, moment: datetime, *, most: int) -> int: ...


class LoginSessionLookup(Protocol):
    """Called with every request, outside any unit of work."""

    @abstractmethod
    async def account(self, organization_id: UUID, token_hash: bytes) -> tuple[LoginSession, Account] | None:
        """May lag some milliseconds behind a sign-out or an account change in another process, never more."""
