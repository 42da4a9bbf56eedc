"""How often something may be tried from one place: several times at once, and once more after each pause."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

NO_WAIT = timedelta(0)


@dataclass(frozen=True, slots=True)
class Pace:
    at_once: int
    pause: timedelta

    @property
    def longest(self) -> timedelta:
        """Until all tries are forgotten."""
        return self.at_once * self.pause


@dataclass(frozen=True, slots=True)
class Tries:
    """All tries of a place as one moment, which each of them moves on by a pause. None: never tried."""

    place: bytes
    forgotten_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """The tries of a place, and their pace. Who is told to wait is not counted: asking makes no wait longer."""

    tries: Tries
    pace: Pace

    def wait(self, *, now: datetime) -> timedelta:
        forgotten_at = self.tries.forgotten_at or now
        return max(NO_WAIT, forgotten_at + self.pace.pause - now - self.pace.longest)

    def counted(self, *, now: datetime) -> "Allowance":
        begin = max(now, self.tries.forgotten_at or now)
        return self._until(min(begin + self.pace.pause, now + self.pace.longest))

    def given_back(self) -> "Allowance":
        forgotten_at = self.tries.forgotten_at
        return self._until(forgotten_at - self.pace.pause) if forgotten_at else self

    def next_in(self, wait: timedelta, *, now: datetime) -> "Allowance":
        """One try after this wait, and the others at the usual pace: none is left to be made at once."""
        return self._until(now + wait + self.pace.longest - self.pace.pause)

    def remembering(self, tries: Mapping[bytes, Tries]) -> "Allowance":
        return replace(self, tries=tries.get(self.tries.place, self.tries))

    def _until(self, moment: datetime) -> "Allowance":
        return replace(self, tries=replace(self.tries, forgotten_at=moment))


def place_of(kind: str, *parts: str | bytes) -> bytes:
    """A fingerprint, so that neither addresses of people nor those of their networks are kept for this."""
    encoded = (part if isinstance(part, bytes) else part.encode(errors="surrogatepass") for part in (kind, *parts))
    return hashlib.sha256(b"\0".join(encoded)).digest()
