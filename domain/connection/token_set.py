"""What a consultant's consent gives us: two tokens and their limits."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

REFRESH_BEFORE_END = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class TokenSet:
    """Tokens are opaque text of any length and never shown, not even in a repr."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    scopes: frozenset[str]

    def fresh(self, now: datetime) -> bool:
        return now < self.expires_at - REFRESH_BEFORE_END

    def alive(self, now: datetime) -> bool:
        return now < self.expires_at - timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """The right to make a call in somebody's name, without what is needed to renew it. `account` is the key of the
    provider's user, where that is known."""

    token: str = field(repr=False)
    account: str = ""
