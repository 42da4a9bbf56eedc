"""Rate limits for calls to a provider (GCRA): how fast calls may follow each other, and when each may go.

Every call acquires a time: the calls of one account follow each other at an even interval. A call that would wait
longer than its caller's patience is queued: the caller asks again at the given time and occupies no worker meanwhile.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

# A rate rises with every call that had to wait, but only after the provider has refused none for this long.
GROWTH = 1.01
_STEADY_AT_FIRST = timedelta(seconds=15)
_STEADY_AFTER_REFUSAL = timedelta(minutes=10)
# Several calls may be under way when the provider refuses the first: together they lower the rate once.
_ONE_REFUSAL = timedelta(seconds=1)
_PAUSE = timedelta(seconds=1)
_LOWERED = 0.8
_TRIMMED = 0.95  # when the rate was within the provider's stated limit: two calls arrived too close together
_SLOWEST = 0.2
# The share of the provider's stated limit that is used: clocks differ, and answers take time.
MARGIN = 0.9
# The longest time ahead that reservations reach, because the rate may rise meanwhile.
HORIZON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Calls per second that a provider accepts for one account, from all its hosts together.

    Operations with the same `shared` count together. The rate begins at `at_first`, which every plan allows, and rises
    to `at_most` while the provider refuses no call.
    """

    shared: str
    at_first: float
    at_most: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What an operation takes of a limit. `daily`: the provider also counts it against the host's daily limit."""

    limit: RateLimit
    calls: int = 1
    daily: bool = False


@dataclass(frozen=True, slots=True)
class Limited:
    """A provider's refusal for the number of calls. `per_host`: for this host only, not the whole account;
    `per_second`: the limit that the provider stated, if any."""

    per_host: bool = False
    per_second: float | None = None


@dataclass(frozen=True, slots=True)
class Reservation:
    """When the call may go. Without `granted` nothing was reserved; the caller may ask again at `at`."""

    at: datetime
    granted: bool

    def spread(self, marker: UUID, now: datetime) -> "Reservation":
        """Spreads callers who were sent to the end of the horizon, so that they do not all return at once."""
        return self if self.granted or self.at < now + HORIZON else replace(self, at=self.at + spread(HORIZON, marker))


@dataclass(frozen=True, slots=True)
class Bucket:
    """The present state of a limit. `free_at`: when the next call may go; `queued_until`: the time given to the last
    queued call; `rate`: calls per second; `steady_until`: the rate does not rise before; `refused_at`: reservations
    granted before it are void."""

    free_at: datetime
    queued_until: datetime
    rate: float
    steady_until: datetime
    refused_at: datetime | None = None

    @classmethod
    def new(cls, limit: RateLimit, now: datetime) -> "Bucket":
        return cls(now, now, limit.at_first, now + _STEADY_AT_FIRST)

    def acquire(self, limit: RateLimit, calls: int, now: datetime, patience: timedelta) -> tuple["Bucket", Reservation]:
        at = max(self.free_at, now)
        if at - now <= patience:
            rate = self.rate
            if self.free_at > now >= self.steady_until:
                rate = max(min(rate * GROWTH, limit.at_most), rate)
            return replace(self, free_at=at + _distance(calls, rate), rate=rate), Reservation(at, granted=True)
        return self.queue(calls, now)

    def queue(self, calls: int, now: datetime) -> tuple["Bucket", Reservation]:
        free_at = max(self.free_at, now)
        queued = min(max(self.queued_until, free_at) + _distance(calls, self.rate), free_at + HORIZON)
        return replace(self, queued_until=queued), Reservation(queued, granted=False)

    def refused(self, now: datetime, until: datetime | None, per_second: float | None) -> "Bucket":
        """The provider accepts no call until `until`; afterwards the rate is lower."""
        told = MARGIN * per_second if per_second else self.rate
        free_at = until or now + _PAUSE
        if self.refused_at and now < self.refused_at + _ONE_REFUSAL:
            rate, free_at = min(self.rate, told), max(self.free_at, free_at)
        else:
            rate = told if told < self.rate else self.rate * (_TRIMMED if per_second else _LOWERED)
        queued_until = max(self.queued_until, free_at)
        return Bucket(free_at, queued_until, max(rate, _SLOWEST), now + _STEADY_AFTER_REFUSAL, refused_at=now)


def _distance(calls: int, rate: float) -> timedelta:
    return timedelta(seconds=calls / rate)


def spread(over: timedelta, marker: UUID, reservation: int = 0) -> timedelta:
    """A part of `over`, always the same for the same marker and reservation."""
    return over * (((marker.int >> (reservation % 64)) % 1009) / 1009)


def bucket_key(provider: str, whose: str, what: str) -> bytes:
    """The key of a bucket: a hash that does not reveal the account."""
    return sha256("\0".join((provider, whose, what)).encode()).digest()
