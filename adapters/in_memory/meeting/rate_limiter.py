"""Enforces the rate limit of a provider within one process."""

from collections.abc import Collection
from datetime import datetime, timedelta

from domain.ports.rate_limiter import RateLimiter
from domain.rate_limit import Bucket, RateLimit, Reservation


class InMemoryRateLimiter(RateLimiter):
    def __init__(self) -> None:
        self._buckets: dict[bytes, Bucket] = {}

    async def acquire(
        self,
        key: bytes,
        limit: RateLimit,
        *,
        calls: int,
        holds: Collection[bytes],
        now: datetime,
        patience: timedelta,
    ) -> Reservation:
        held = max((self._buckets[hold].free_at for hold in holds if hold in self._buckets), default=now)
        if held > now + patience:
            return Reservation(held, granted=False)
        bucket = self._buckets.get(key) or Bucket.new(limit, now)
        self._buckets[key], reservation = bucket.acquire(limit, calls, now, patience)
        return reservation

    async def refused_since(self, key: bytes, moment: datetime) -> bool:
        bucket = self._buckets.get(key)
        return bucket is not None and bucket.refused_at is not None and bucket.refused_at >= moment

    async def refused(
        self, key: bytes, limit: RateLimit, *, until: datetime | None, per_second: float | None, now: datetime
    ) -> Reservation:
        bucket = (self._buckets.get(key) or Bucket.new(limit, now)).refused(now, until, per_second)
        self._buckets[key], reservation = bucket.queue(1, now)
        return reservation

    async def lift(self, hold: bytes) -> None:
        self._buckets.pop(hold, None)

    async def forget(self, *, free_before: datetime, most: int) -> int:
        idle = sorted((it.free_at, key) for key, it in self._buckets.items() if it.free_at < free_before)[:most]
        for _, key in idle:
            del self._buckets[key]
        return len(idle)
