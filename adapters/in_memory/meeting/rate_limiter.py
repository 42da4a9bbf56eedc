"""Turns at a provider, given out in one process."""

from collections.abc import Collection
from datetime import datetime, timedelta

from domain.ports.rate_limiter import RateLimiter
from domain.rate_limit import Bucket, RateLimit, Turn


class InMemoryRateLimiter(RateLimiter):
    def __init__(self) -> None:
        self._buckets: dict[bytes, Bucket] = {}

    async def take(
        self,
        place: bytes,
        limit: RateLimit,
        *,
        calls: int,
        holds: Collection[bytes],
        now: datetime,
        patience: timedelta,
    ) -> Turn:
        held = max((self._buckets[hold].free_at for hold in holds if hold in self._buckets), default=now)
        if held > now + patience:
            return Turn(held, granted=False)
        bucket = self._buckets.get(place) or Bucket.new(limit, now)
        self._buckets[place], turn = bucket.take(limit, calls, now, patience)
        return turn

    async def refused_since(self, place: bytes, moment: datetime) -> bool:
        bucket = self._buckets.get(place)
        return bucket is not None and bucket.refused_at is not None and bucket.refused_at >= moment

    async def refused(
        self, place: bytes, limit: RateLimit, *, until: datetime | None, per_second: float | None, now: datetime
    ) -> Turn:
        bucket = (self._buckets.get(place) or Bucket.new(limit, now)).refused(now, until, per_second)
        self._buckets[place], turn = bucket.queue(1, now)
        return turn

    async def lift(self, hold: bytes) -> None:
        self._buckets.pop(hold, None)

    async def forget(self, *, free_before: datetime, most: int) -> int:
        idle = sorted((it.free_at, place) for place, it in self._buckets.items() if it.free_at < free_before)[:most]
        for _, place in idle:
            del self._buckets[place]
        return len(idle)
