"""A pending login: the first proof was right, the second factor is still to come. It gives no access."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.errors import PendingLoginEnded

LIFETIME = timedelta(minutes=5)
MOST_WRONG_CODES = 5


@dataclass(frozen=True, slots=True)
class PendingLogin:
    """`token_hash` and `browser_hash` are the SHA-256 of the token in the response and of the one in the browser's
    cookie: both are needed. `wrong_codes` were entered so far."""

    organization_id: UUID
    token_hash: bytes
    browser_hash: bytes
    account_id: UUID
    made_at: datetime
    wrong_codes: int = 0

    @property
    def ends_at(self) -> datetime:
        return self.made_at + LIFETIME

    @property
    def over(self) -> bool:
        return self.wrong_codes >= MOST_WRONG_CODES

    def must_serve(self, browser_hash: bytes, *, now: datetime) -> None:
        """Raises PendingLoginEnded."""
        if self.over or self.ends_at <= now or not hmac.compare_digest(self.browser_hash, browser_hash):
            raise PendingLoginEnded

    def failed(self) -> "PendingLogin":
        return replace(self, wrong_codes=self.wrong_codes + 1)
