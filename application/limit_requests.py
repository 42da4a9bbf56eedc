"""Limits how many requests an account may send, so that one of them does not slow the pages of all others."""

import math
import time
from collections.abc import Callable
from uuid import UUID

from application.count_repeated_events import CountRepeatedEvents
from domain.accounts.account import Account
from domain.errors import TooManyRequests
from domain.ports.clock import Clock
from domain.security.event import EventKind, EventOutcome, SecurityEvent

_ROUNDING = 1e-6
_BURST = 10  # seconds' worth of requests at once: a page that comes back fetches everything again
_MOST_ACCOUNTS = 10_000  # in memory; beyond it, accounts without recent requests are forgotten


class LimitRequests:
    """Rules:

    - All browsers and programs of an account share its allowance, and no other account does.
    - Each process counts for itself and in memory, so a request costs no statement.
    - A refused request does not count. The limit is that of domain/accounts/gcra.py, on a monotonic clock.
    """

    def __init__(
        self,
        per_second: int,
        clock: Clock,
        count_repeated_events: CountRepeatedEvents,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`monotonic` are seconds that no correction of the clock changes."""
        self._interval = 1 / per_second
        self._clock = clock
        self._count_repeated_events = count_repeated_events
        self._monotonic = monotonic
        self._forgotten_at: dict[UUID, float] = {}

    def __call__(self, account: Account) -> None:
        """Raises TooManyRequests."""
        now = self._monotonic()
        forgotten_at = max(now, self._forgotten_at.get(account.id, now)) + self._interval
        if (wait := forgotten_at - now - _BURST) > _ROUNDING:
            self._refused(account)
            raise TooManyRequests(retry_after=math.ceil(wait))
        if len(self._forgotten_at) >= _MOST_ACCOUNTS:
            self._forgotten_at = {one: moment for one, moment in self._forgotten_at.items() if moment > now}
        self._forgotten_at[account.id] = forgotten_at

    def _refused(self, account: Account) -> None:
        here, who = account.organization_id, account.id
        at, throttled = self._clock.now(), EventOutcome.THROTTLED
        self._count_repeated_events(SecurityEvent(EventKind.REQUESTS_LIMITED, at, here, who, who, throttled))
