"""The repositories of second factors and of pending logins, and the libraries that verify codes and passkeys."""

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.accounts.account import Account
from domain.accounts.authenticator_app import AuthenticatorApp
from domain.accounts.passkey import Assertion, Passkey, PasskeyChallenge, Registered
from domain.accounts.pending_login import PendingLogin
from domain.accounts.recovery_code import RecoveryCode
from domain.accounts.second_factors import SecondFactors


class SecondFactorViews(Protocol):
    @abstractmethod
    async def of_account(self, organization_id: UUID, account_id: UUID) -> SecondFactors:
        """One statement."""

    @abstractmethod
    async def of_organization(self, organization_id: UUID) -> Mapping[UUID, SecondFactors]:
        """By account; people without any may be left out. One statement."""


class AuthenticatorApps(Protocol):
    @abstractmethod
    async def add(self, app: AuthenticatorApp) -> None:
        """Replaces an app of the person that is not confirmed."""

    @abstractmethod
    async def to_confirm(self, organization_id: UUID, account_id: UUID) -> AuthenticatorApp | None:
        """The app that is not confirmed; locked until this unit of work ends."""

    @abstractmethod
    async def to_use(self, organization_id: UUID, account_id: UUID) -> AuthenticatorApp | None:
        """The confirmed app; locked until this unit of work ends. None also when no key decrypts its secret."""

    @abstractmethod
    async def save(self, app: AuthenticatorApp) -> None:
        """Saves `confirmed_at` and `last_step`."""

    @abstractmethod
    async def remove_others(self, app: AuthenticatorApp) -> None:
        """Removes the person's other apps."""

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int: ...


class RecoveryCodes(Protocol):
    @abstractmethod
    async def replace(self, organization_id: UUID, account_id: UUID, codes: Collection[RecoveryCode]) -> None:
        """Removes the person's previous codes."""

    @abstractmethod
    async def use_up(self, organization_id: UUID, account_id: UUID, code_hash: bytes) -> bool:
        """Removes the code. False when there is no such code, or it was used at the same time."""


class Passkeys(Protocol):
    @abstractmethod
    async def add(self, passkey: Passkey) -> None:
        """Raises PasskeyFailed when the practice has this credential already."""

    @abstractmethod
    async def of_account(self, organization_id: UUID, account_id: UUID) -> Sequence[Passkey]:
        """The oldest first."""

    @abstractmethod
    async def to_use(self, organization_id: UUID, credential_id: bytes) -> Passkey | None:
        """Locked until this unit of work ends."""

    @abstractmethod
    async def save(self, passkey: Passkey) -> None:
        """Saves `sign_count` and `used_at`."""

    @abstractmethod
    async def remove(self, organization_id: UUID, account_id: UUID, passkey_id: UUID) -> bool:
        """False when the person has no such passkey."""

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int: ...


class PasskeyChallenges(Protocol):
    """Over all organizations: a sign-in with a passkey does not name one."""

    @abstractmethod
    async def add(self, challenge: PasskeyChallenge) -> None: ...

    @abstractmethod
    async def use_up(self, challenge_hash: bytes) -> PasskeyChallenge | None:
        """Removes the challenge. None when it is unknown, or was used at the same time."""

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""


class PendingLogins(Protocol):
    @abstractmethod
    async def add(self, pending: PendingLogin) -> None: ...

    @abstractmethod
    async def find(self, organization_id: UUID, token_hash: bytes) -> PendingLogin | None: ...

    @abstractmethod
    async def save(self, pending: PendingLogin) -> None:
        """Saves `wrong_codes`."""

    @abstractmethod
    async def remove(self, pending: PendingLogin) -> None: ...

    @abstractmethod
    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int: ...

    @abstractmethod
    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        """Oldest first; rows that another transaction has locked are skipped."""


class OneTimeCodes(Protocol):
    """Codes of authenticator apps (TOTP, RFC 6238): six digits, half a minute, SHA-1, as every app supports them."""

    @abstractmethod
    def fresh_secret(self) -> str:
        """160 random bits in base32."""

    @abstractmethod
    def address(self, secret: str, email: str) -> str:
        """The `otpauth://` address that an app reads from a QR code."""

    @abstractmethod
    def step_of(self, secret: str, code: str, *, now: datetime) -> int | None:
        """The time step of which this is the code: the present one, the one before or the one after. None for any other
        code."""


class PasskeyVerifier(Protocol):
    """Ceremonies of WebAuthn. Options and credentials are JSON in the form of the browser's own API."""

    @abstractmethod
    def fresh_challenge(self) -> bytes: ...

    @abstractmethod
    def registration_options(self, account: Account, challenge: bytes, existing: Collection[Passkey]) -> str: ...

    @abstractmethod
    def challenge_of(self, credential: str) -> bytes:
        """The challenge that a new credential answers; not verified. Raises PasskeyFailed."""

    @abstractmethod
    def registered(self, credential: str, challenge: bytes) -> Registered:
        """Raises PasskeyFailed."""

    @abstractmethod
    def authentication_options(self, challenge: bytes) -> str:
        """For any person: the browser offers the passkeys that it has."""

    @abstractmethod
    def assertion_of(self, credential: str) -> Assertion:
        """What the credential claims; not verified. Raises PasskeyFailed."""

    @abstractmethod
    def sign_count_of(self, credential: str, challenge: bytes, passkey: Passkey) -> int:
        """Verifies the signature, and that the authenticator recognised the person. Raises PasskeyFailed."""
