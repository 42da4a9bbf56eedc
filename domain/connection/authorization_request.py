"""An authorization request (OAuth 2 with PKCE): from the redirect to the provider until its response."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.connection.errors import AuthorizationRequestExpired, AuthorizationRequestUnknown, AuthorizationRequestUsed

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """Bound to the account and the login session that started it. `state_hash` is the hash of the `state` parameter,
    which is not stored itself."""

    organization_id: UUID
    state_hash: bytes
    account_id: UUID
    login_id: bytes
    provider: str
    verifier: str = field(repr=False)
    started_at: datetime
    draft_id: UUID | None = None
    used_at: datetime | None = None

    def use(self, account_id: UUID, login_id: bytes, label: str, *, now: datetime) -> "AuthorizationRequest":
        if (account_id, login_id) != (self.account_id, self.login_id):
            raise AuthorizationRequestUnknown(label=label)
        if self.used_at:
            raise AuthorizationRequestUsed(label=label)
        if self.started_at + LIFETIME <= now:
            raise AuthorizationRequestExpired(label=label)
        return replace(self, used_at=now)
