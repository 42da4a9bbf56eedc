"""A sign-in at the practice's identity provider, from the redirect to its answer (OpenID Connect with PKCE)."""

import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.sign_on_errors import SignInNotStarted

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """Bound to the browser in which it began, by a token in its cookie. State, nonce and this token are stored as
    SHA-256 hashes. `confirms` is the login session whose person proves again who they are; None for a sign-in."""

    organization_id: UUID
    state_hash: bytes
    browser_hash: bytes
    nonce_hash: bytes
    verifier: str = field(repr=False)
    issuer: str
    started_at: datetime
    confirms: bytes | None = None
    used_at: datetime | None = None

    def use(self, browser_hash: bytes, confirms: bytes | None, *, now: datetime) -> "SignInRequest":
        """Raises SignInNotStarted."""
        ours = hmac.compare_digest(browser_hash, self.browser_hash) and confirms == self.confirms
        if not ours or self.used_at or self.started_at + LIFETIME <= now:
            raise SignInNotStarted
        return replace(self, used_at=now)
