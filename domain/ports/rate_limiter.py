"""Turns at a provider, given out over all processes."""

from abc import abstractmethod
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from domain.rate_limit import RateLimit, Reservation


class RateLimiter(Protocol):
    """Buckets by their key (`domain.rate_limit.bucket_key`), as `domain.rate_limit.Bucket` keeps them.

    Each method is one short act of its own, in no unit of work.
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
        """A reservation within `patience`, or one to ask again at. While one of `holds` is held longer than that, nothing is
        taken, and the turn is the end of the hold."""

    @abstractmethod
    async def refused_since(self, key: bytes, moment: datetime) -> bool:
        """Whether turns that were given then are void."""

    @abstractmethod
    async def refused(
        self, key: bytes, limit: RateLimit, *, until: datetime | None, per_second: float | None, now: datetime
    ) -> Reservation:
        """The provider refused a call that had its turn: all hold back, also those that wait for theirs. Answers when
        the refused one may ask again."""

    @abstractmethod
    async def lift(self, hold: bytes) -> None:
        """Ends a hold before its time, if there is one."""

    @abstractmethod
    async def forget(self, *, free_before: datetime, most: int) -> int:
        """Buckets in which nothing has happened since then, the oldest first; those in use are passed over."""
