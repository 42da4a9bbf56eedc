"""A signed-in browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

LIFETIME = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class SignIn:
    """`token_hash` is the sha256 of the opaque token in the cookie, and names the browser session."""

    organization_id: UUID
    token_hash: bytes
    account_id: UUID
    made_at: datetime

    def expired(self, now: datetime) -> bool:
        return self.made_at + LIFETIME <= now
