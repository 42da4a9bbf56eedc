"""A login session: one signed-in browser."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

LIFETIME = timedelta(days=14)
IDLE_TIMEOUT = timedelta(days=7)
_NOTED_EVERY = timedelta(days=1)  # so that most requests write nothing


@dataclass(frozen=True, slots=True)
class LoginSession:
    """`token_hash` is the SHA-256 of the opaque token in the cookie, and identifies the login session. `used_at` may
    lag by a day."""

    organization_id: UUID
    token_hash: bytes
    account_id: UUID
    made_at: datetime
    used_at: datetime

    @classmethod
    def begin(cls, organization_id: UUID, token_hash: bytes, account_id: UUID, *, now: datetime) -> "LoginSession":
        return cls(organization_id, token_hash, account_id, made_at=now, used_at=now)

    def expired(self, now: datetime) -> bool:
        return self.made_at + LIFETIME <= now or self.used_at + IDLE_TIMEOUT <= now

    def used(self, now: datetime) -> "LoginSession | None":
        """The login session with a new `used_at`, or None when the stored one is recent enough."""
        return replace(self, used_at=now) if self.used_at + _NOTED_EVERY <= now else None
