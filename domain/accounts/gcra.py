"""How often something may be tried from one place: several times at once, and once more after each pause."""

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
        """Until all tries are forgotten."""
        return self.burst * self.interval


@dataclass(frozen=True, slots=True)
class GcraState:
    """All tries of a place as one moment, which each of them moves on by a pause. None: never tried."""

    key: bytes
    forgotten_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """The tries of a place, and their pace. Who is told to wait is not counted: asking makes no wait longer."""

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
        """One try after this wait, and the others at the usual pace: none is left to be made at once."""
        return self._until(now + wait + self.limit.longest - self.limit.interval)

    def remembering(self, states: Mapping[bytes, GcraState]) -> "Quota":
        return replace(self, state=states.get(self.state.key, self.state))

    def _until(self, moment: datetime) -> "Quota":
        return replace(self, state=replace(self.state, forgotten_at=moment))


def key_of(kind: str, *parts: str | bytes) -> bytes:
    """A fingerprint, so that neither addresses of people nor those of their networks are kept for this."""
    encoded = (part if isinstance(part, bytes) else part.encode(errors="surrogatepass") for part in (kind, *parts))
    return hashlib.sha256(b"\0".join(encoded)).digest()
