"""A browser in which somebody signed in before. It signs nobody in; it only need not wait for strangers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

LIFETIME = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """`token_hash` is the sha256 of the token in its cookie, a new one with every sign-in."""

    organization_id: UUID
    token_hash: bytes
    account_id: UUID
    used_at: datetime

    def knows(self, account_id: UUID, *, now: datetime) -> bool:
        return self.account_id == account_id and now < self.used_at + LIFETIME
