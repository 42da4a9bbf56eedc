"""A passkey: a key pair of a device or a password manager that signs in by itself (WebAuthn)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.account import Account
from domain.accounts.errors import PasskeyFailed
from domain.text_rules import line

MOST_OF_A_PERSON = 20
LONGEST_NAME = 60
CHALLENGE_LASTS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Passkey:
    """`sign_count` is the authenticator's count of signatures; many authenticators always send 0."""

    organization_id: UUID
    id: UUID
    account_id: UUID
    credential_id: bytes
    public_key: bytes
    sign_count: int
    name: str
    made_at: datetime
    used_at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", line("name", self.name, longest=LONGEST_NAME, required=True))

    def copied(self, sign_count: int) -> bool:
        """Whether the count went back, which means that somebody copied the key."""
        return (sign_count > 0 or self.sign_count > 0) and sign_count <= self.sign_count

    def used(self, sign_count: int, *, now: datetime) -> "Passkey":
        """Raises PasskeyFailed."""
        if self.copied(sign_count):
            raise PasskeyFailed
        return replace(self, sign_count=sign_count, used_at=now)


@dataclass(frozen=True, slots=True)
class PasskeyChallenge:
    """A random value that a passkey signs; it counts once. `account_id` is that of the person who adds a passkey; None
    for a sign-in, which does not know the person yet."""

    challenge_hash: bytes
    made_at: datetime
    organization_id: UUID | None = None
    account_id: UUID | None = None

    def must_serve(self, account: Account | None, *, now: datetime) -> None:
        """Raises PasskeyFailed."""
        if self.made_at + CHALLENGE_LASTS <= now or self.account_id != (account.id if account else None):
            raise PasskeyFailed


@dataclass(frozen=True, slots=True)
class Registered:
    """What a verified registration tells about a new passkey."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a passkey's signature claims before it is verified: the challenge, the passkey, and its person."""

    challenge: bytes
    credential_id: bytes
    organization_id: UUID
    account_id: UUID
