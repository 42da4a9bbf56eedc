"""A login session: one signed-in browser."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.device import UNKNOWN_DEVICE, Device
from domain.accounts.errors import ConfirmationNeeded

LIFETIME = timedelta(days=14)
IDLE_TIMEOUT = timedelta(days=7)
PROOF_LASTS = timedelta(minutes=5)
MOST_OF_A_PERSON = 20
_NOTED_EVERY = timedelta(hours=1)  # so that most requests write nothing


@dataclass(frozen=True, slots=True)
class LoginSession:
    """`token_hash` is the SHA-256 of the opaque token in the cookie, and identifies the login session. `used_at` may
    lag by an hour. `proved_at`: when the person last proved with the password who they are. `new_browser`: the
    person had not signed in in this browser before, and has not acknowledged it since."""

    organization_id: UUID
    token_hash: bytes
    account_id: UUID
    made_at: datetime
    used_at: datetime
    proved_at: datetime
    device: Device = UNKNOWN_DEVICE
    new_browser: bool = False

    @classmethod
    def begin(
        cls,
        organization_id: UUID,
        token_hash: bytes,
        account_id: UUID,
        *,
        now: datetime,
        device: Device = UNKNOWN_DEVICE,
        new_browser: bool = False,
    ) -> "LoginSession":
        return cls(organization_id, token_hash, account_id, now, now, now, device, new_browser)

    @property
    def id(self) -> UUID:
        """Names the login session to its person and to API clients; it gives no access and is not the stored hash."""
        return UUID(bytes=hashlib.sha256(b"id of a login session" + self.token_hash).digest()[:16])

    def warns_of(self, other: "LoginSession") -> bool:
        """Whether the page of this login session shows the other as a new browser: it began later, or this browser was
        known when it began, so that the person's first two browsers do not warn of each other twice."""
        return other.new_browser and other.id != self.id and (other.made_at > self.made_at or not self.new_browser)

    def expired(self, now: datetime) -> bool:
        return self.made_at + LIFETIME <= now or self.used_at + IDLE_TIMEOUT <= now

    def proved(self, now: datetime) -> "LoginSession":
        return replace(self, proved_at=now)

    def must_be_proved(self, now: datetime) -> None:
        """Raises ConfirmationNeeded when the last proof is older than five minutes."""
        if self.proved_at + PROOF_LASTS <= now:
            raise ConfirmationNeeded

    def used(self, now: datetime) -> "LoginSession | None":
        """The login session with a new `used_at`, or None when the stored one is recent enough."""
        return replace(self, used_at=now) if self.used_at + _NOTED_EVERY <= now else None


def surplus(log_ins: Sequence[LoginSession]) -> Sequence[LoginSession]:
    """Those that end so that the person can begin another one: the longest unused."""
    by_use = sorted(log_ins, key=lambda one: one.used_at)
    return by_use[: max(0, len(by_use) - MOST_OF_A_PERSON + 1)]
