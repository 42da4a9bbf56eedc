"""A login session: one signed-in browser."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.errors import ConfirmationNeeded

LIFETIME = timedelta(days=14)
IDLE_TIMEOUT = timedelta(days=7)
PROOF_LASTS = timedelta(minutes=5)
_NOTED_EVERY = timedelta(days=1)  # so that most requests write nothing


@dataclass(frozen=True, slots=True)
class LoginSession:
    """`token_hash` is the SHA-256 of the opaque token in the cookie, and identifies the login session. `used_at` may
    lag by a day. `proved_at`: when the person last proved with the password who they are."""

    organization_id: UUID
    token_hash: bytes
    account_id: UUID
    made_at: datetime
    used_at: datetime
    proved_at: datetime

    @classmethod
    def begin(cls, organization_id: UUID, token_hash: bytes, account_id: UUID, *, now: datetime) -> "LoginSession":
        return cls(organization_id, token_hash, account_id, made_at=now, used_at=now, proved_at=now)

    def expired(self, now: datetime) -> bool:
        return self.made_at + LIFETIME <= now or self.used_at + IDLE_TIMEOUT <= now

    def proved(self, now: datetime) -> "LoginSession":
        return replace(self, proved_at=now)

    def must_be_proved(self, now: datetime) -> None:
        """Raises ConfirmationNeeded when the last proof is older than five minutes."""
        if self.proved_at + PROOF_LASTS <= now:
            raise ConfirmationNeeded

    def used(self, now: datetime) -> "LoginSession | None":
        """The login session with a new `used_at`, or None when the stored one is recent enough."""
        return replace(self, used_at=now) if self.used_at + _NOTED_EVERY <= now else None
