"""A rate limit for attempts (GCRA): a burst of attempts at once, then one attempt per interval, for each key."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

NO_WAIT = timedelta(0)


@dataclass(frozen=True, slots=True)
class GcraLimit:
    burst: int
    interval: timedelta

    @property
    def longest(self) -> timedelta:
        """The time after which a key with no further attempts has its full burst again."""
        return self.burst * self.interval

    def times(self, factor: int) -> "GcraLimit":
        """As much as that many keys together."""
        return GcraLimit(self.burst * factor, self.interval / factor)


@dataclass(frozen=True, slots=True)
class GcraState:
    """The attempts of one key as a single moment, which each attempt advances by an interval. `forgotten_at` None: the
    key has no attempts."""

    key: bytes
    forgotten_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """A key's state and its limit. A refused attempt is not counted, so asking again never lengthens the wait."""

    state: GcraState
    limit: GcraLimit

    def wait(self, *, now: datetime) -> timedelta:
        forgotten_at = self.state.forgotten_at or now
        return max(NO_WAIT, forgotten_at + self.limit.interval - now - self.limit.longest)

    def counted(self, *, now: datetime) -> "Quota":
        begin = max(now, self.state.forgotten_at or now)
        return self._until(min(begin + self.limit.interval, now + self.limit.longest))

    def refunded(self) -> "Quota":
        forgotten_at = self.state.forgotten_at
        return self._until(forgotten_at - self.limit.interval) if forgotten_at else self

    def next_in(self, wait: timedelta, *, now: datetime) -> "Quota":
        """Allows one attempt after this wait and the others at the usual interval, with no burst."""
        return self._until(now + wait + self.limit.longest - self.limit.interval)

    def remembering(self, states: Mapping[bytes, GcraState]) -> "Quota":
        return replace(self, state=states.get(self.state.key, self.state))

    def _until(self, moment: datetime) -> "Quota":
        return replace(self, state=replace(self.state, forgotten_at=moment))


def key_of(kind: str, *parts: str | bytes) -> bytes:
    """A SHA-256 hash, so that the storage holds neither e-mail addresses nor network addresses."""
    encoded = (part if isinstance(part, bytes) else part.encode(errors="surrogatepass") for part in (kind, *parts))
    return hashlib.sha256(b"\0".join(encoded)).digest()
