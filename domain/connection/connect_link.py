"""A personal link that takes a consultant directly to connecting a provider."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.connection.errors import ConnectLinkInvalid

LIFETIME = timedelta(days=14)
MOST_PENDING = 500  # made by one account and not used


@dataclass(frozen=True, slots=True)
class ConnectLink:
    """It authorizes nothing: only the named consultant, signed in, can use it."""

    organization_id: UUID
    token_hash: bytes
    consultant_id: UUID
    provider: str
    made_by: UUID
    made_at: datetime
    used_at: datetime | None = None

    @property
    def requested(self) -> Mapping[str, object]:
        """What a repeated request to make the link has in common with the first."""
        return {"kind": "connect_link", "consultant_id": self.consultant_id, "provider": self.provider}

    def redeem(self, account_id: UUID, *, now: datetime) -> "ConnectLink":
        self.must_serve(account_id, now=now)
        return replace(self, used_at=now)

    def must_serve(self, account_id: UUID, *, now: datetime) -> None:
        if self.consultant_id != account_id or self.used_at or self.made_at + LIFETIME <= now:
            raise ConnectLinkInvalid

    @property
    def ends_at(self) -> datetime:
        return self.made_at + LIFETIME
