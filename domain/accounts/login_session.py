"""A login session: one signed-in browser."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from domain.accounts.device import UNKNOWN_DEVICE, Device
from domain.accounts.errors import ConfirmationNeeded, SecondFactorNeeded
from domain.accounts.sign_in_method import SignInMethod

LIFETIME = timedelta(days=14)
PROOF_LASTS = timedelta(minutes=5)
MOST_OF_A_PERSON = 20
_NOTED_PARTS = 15  # a use is noted when this part of the idle time has passed: most requests write nothing

_NOTED_AT_LEAST_EVERY = timedelta(hours=1)


class IdleMinutes(IntEnum):
    """After so many minutes without use, a login session ends. A practice chooses one of these."""

    QUARTER = 15
    HOUR = 60
    WORKDAY = 480
    WEEK = 10_080


IDLE_TIMEOUT = timedelta(minutes=max(IdleMinutes))


@dataclass(frozen=True, slots=True)
class Proof:
    """How and when a person proved who they are; `proved_at` None: at an unknown time, which counts as long ago.
    `two_factors`: with a second factor of Calendra's."""

    method: SignInMethod
    proved_at: datetime | None
    two_factors: bool = False


@dataclass(frozen=True, slots=True)
class LoginSession:
    """`token_hash` is the SHA-256 of the opaque token in the cookie, and identifies the login session. `used_at` may
    lag by an hour, or by a fifteenth of the idle time. `proved_at`: when the person last proved who they are.
    `new_browser`: the person had not signed in in this browser before, and has not acknowledged it since. `method`: how
    the person signed in. `two_factors`: the person gave a second factor too, or their identity provider vouches for
    them. `idle_minutes` and `second_factor_from` are the practice's and read with the login session, not saved: since
    then, a login needs two factors."""

    organization_id: UUID
    token_hash: bytes
    account_id: UUID
    made_at: datetime
    used_at: datetime
    proved_at: datetime
    device: Device = UNKNOWN_DEVICE
    new_browser: bool = False
    idle_minutes: IdleMinutes = IdleMinutes.WEEK
    method: SignInMethod = SignInMethod.PASSWORD
    two_factors: bool = False
    second_factor_from: datetime | None = None

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
        proof: "Proof | None" = None,
    ) -> "LoginSession":
        """Without a `proof` of another kind, the person has just entered the password or used a one-time link."""
        given = proof or Proof(SignInMethod.PASSWORD, now)
        proved_at = min(given.proved_at or now - PROOF_LASTS, now)
        return cls(
            organization_id,
            token_hash,
            account_id,
            now,
            now,
            proved_at,
            device,
            new_browser,
            method=given.method,
            two_factors=given.two_factors or given.method is not SignInMethod.PASSWORD,
        )

    @property
    def id(self) -> UUID:
        """Names the login session to its person and to API clients; it gives no access and is not the stored hash."""
        return UUID(bytes=hashlib.sha256(b"id of a login session" + self.token_hash).digest()[:16])

    def warns_of(self, other: "LoginSession") -> bool:
        """Whether the page of this login session shows the other as a new browser: it began later, or this browser was
        known when it began, so that the person's first two browsers do not warn of each other twice."""
        return other.new_browser and other.id != self.id and (other.made_at > self.made_at or not self.new_browser)

    def expired(self, now: datetime) -> bool:
        return self.ends_at <= now

    @property
    def ends_at(self) -> datetime:
        """When it ends without further use."""
        return min(self.made_at + LIFETIME, self.used_at + self._idle)

    @property
    def _idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    def proved(self, now: datetime) -> "LoginSession":
        return replace(self, proved_at=now)

    def must_be_proved(self, now: datetime) -> None:
        """Raises ConfirmationNeeded when the last proof is older than five minutes."""
        if self.proved_at + PROOF_LASTS <= now:
            raise ConfirmationNeeded

    def must_have_second_factor(self, now: datetime) -> None:
        """Raises SecondFactorNeeded when the practice demands one by now, and this login has none."""
        if not self.two_factors and self.second_factor_from and self.second_factor_from <= now:
            raise SecondFactorNeeded

    def used(self, now: datetime) -> "LoginSession | None":
        """The login session with a new `used_at`, or None when the stored one is recent enough."""
        noted_every = min(self._idle / _NOTED_PARTS, _NOTED_AT_LEAST_EVERY)
        return replace(self, used_at=now) if self.used_at + noted_every <= now else None


def surplus(log_ins: Sequence[LoginSession]) -> Sequence[LoginSession]:
    """Those that end so that the person can begin another one: the longest unused."""
    by_use = sorted(log_ins, key=lambda one: one.used_at)
    return by_use[: max(0, len(by_use) - MOST_OF_A_PERSON + 1)]
