"""The rate limiter: paces calls to providers across all processes."""

from abc import abstractmethod
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from domain.rate_limit import RateLimit, Reservation


class RateLimiter(Protocol):
    """Buckets by key (`domain.rate_limit.bucket_key`), stored as `domain.rate_limit.Bucket`.

    Each method is one short transaction of its own, outside any unit of work.
    """

    @abstractmethod
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
        """A reservation within `patience`, or the time to ask again at. While one of `holds` lasts longer than that,
        nothing is reserved, and the time is the end of the hold."""

    @abstractmethod
    async def refused_since(self, key: bytes, moment: datetime) -> bool:
        """Whether reservations granted at `moment` are void."""

    @abstractmethod
    async def refused(
        self, key: bytes, limit: RateLimit, *, until: datetime | None, per_second: float | None, now: datetime
    ) -> Reservation:
        """Records that the provider refused a call despite its reservation: all calls wait, also those with a
        reservation. Returns when the refused call may ask again."""

    @abstractmethod
    async def lift(self, hold: bytes) -> None:
        """Ends a hold early, if there is one."""

    @abstractmethod
    async def forget(self, *, free_before: datetime, most: int) -> int:
        """Removes buckets without activity since `free_before`, the oldest first. Skips locked ones. Returns how
        many."""
