"""The token set that a consultant's authorization yields: two tokens, their expiry and their scopes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

REFRESH_BEFORE_END = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class TokenSet:
    """Tokens are opaque text of any length. They are never shown, not even in a repr."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    scopes: frozenset[str]

    def fresh(self, now: datetime) -> bool:
        return now < self.expires_at - REFRESH_BEFORE_END

    def good(self, now: datetime, rejected: "AccessToken | None" = None) -> bool:
        """Fresh, and not the one that the provider has just rejected."""
        return self.fresh(now) and not (rejected and rejected.token == self.access_token)

    def alive(self, now: datetime) -> bool:
        return now < self.expires_at - timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """The right to call the provider as a consultant, without the refresh token. `account` is the key of the provider's
    user, empty when it is not known."""

    token: str = field(repr=False)
    account: str = ""
