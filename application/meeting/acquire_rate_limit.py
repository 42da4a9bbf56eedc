"""Paces calls to a provider by its rate limits, so that the provider does not have to refuse them."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from application.meeting.line import Line
from domain.connection.connection import Connection
from domain.errors import ProviderError
from domain.meeting.steps import Step, operation_of
from domain.ports.clock import Clock
from domain.ports.rate_limiter import RateLimiter
from domain.provider_errors import NotYet, TryLater
from domain.providers import Providers
from domain.rate_limit import Cost, bucket_key


@dataclass(frozen=True)
class AcquireRateLimit:
    """Rules:

    - The calls of one account at a provider follow each other at the rate that the provider documents, across all
      processes.
    - A call that would wait longer than the caller's patience is queued and occupies no worker.
    - A refusal for the number of calls lowers the rate for all calls, and delays them for as long as the provider says.
    - Once a host has reached the daily limit, calls before the end of the day are made only when a person saves a
      booking, or after the host connected again: the plan or the account may have changed.
    """

    limiter: RateLimiter
    providers: Providers
    clock: Clock

    async def __call__(self, connection: Connection, step: Step, patience: timedelta, line: Line | None = None) -> None:
        """Returns when the call may be made. Raises NotYet when it would wait too long. `line` None: a person waits."""
        cost = self._cost(step)
        if cost is None:
            return
        if line:
            await line.reached()
        key = _of_account(connection, cost)
        holds = [_of_host(connection)] if cost.daily and line else []
        while True:
            now = self.clock.now()
            reservation = await self.limiter.acquire(
                key, cost.limit, calls=cost.calls, holds=holds, now=now, patience=patience
            )
            if line:
                line.leave()
            if not reservation.granted:
                raise NotYet(until=reservation.spread(step.meeting.marker, now).at)
            if reservation.at <= now:
                return
            await asyncio.sleep((reservation.at - now).total_seconds())
            patience -= reservation.at - now  # counts the wait even when the clock stands still or is set back
            if not await self.limiter.refused_since(key, now):
                return

    async def learn(self, connection: Connection, step: Step, error: ProviderError) -> ProviderError:
        """The error, with the time of the step's next attempt when the provider refused it for the number of calls."""
        cost = self._cost(step)
        if cost is None or not isinstance(error, TryLater) or error.limited is None:
            return error
        per_host, now = error.limited.per_host, self.clock.now()
        reservation = await self.limiter.refused(
            _of_host(connection) if per_host else _of_account(connection, cost),
            cost.limit,
            until=error.until,
            per_second=error.limited.per_second,
            now=now,
        )
        return error if per_host else error.coming_back(reservation.spread(step.meeting.marker, now).at)

    async def resume(self, provider: str, user_id: str) -> None:
        """Ends the hold of a daily limit when this user of the provider connects again."""
        await self.limiter.lift(_of_user(provider, user_id))

    def _cost(self, step: Step) -> Cost | None:
        provider = step.meeting.provider
        return self.providers[provider].rate_limits.get(operation_of(step)) if provider in self.providers else None


def _of_account(connection: Connection, cost: Cost) -> bytes:
    return bucket_key(connection.provider, connection.account.account_id, cost.limit.shared)


def _of_host(connection: Connection) -> bytes:
    return _of_user(connection.provider, connection.account.user_id)


def _of_user(provider: str, user_id: str) -> bytes:
    return bucket_key(provider, user_id, "daily")
