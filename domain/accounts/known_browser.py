"""A browser in which an account signed in before. It does not sign in the account; it has a login throttle of its
own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

LIFETIME = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """`token_hash` is the SHA-256 of the token in the browser's cookie. Every sign-in replaces the token."""

    organization_id: UUID
    token_hash: bytes
    account_id: UUID
    used_at: datetime

    def knows(self, account_id: UUID, *, now: datetime) -> bool:
        return self.account_id == account_id and now < self.used_at + LIFETIME
