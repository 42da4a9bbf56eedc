"""Limits the attempts with one-time links by network, like those with passwords. A valid link is not counted."""

import math
from dataclasses import dataclass

from application.count_repeated_events import CountRepeatedEvents
from domain.accounts import login_throttle
from domain.accounts.errors import TooManyLinks
from domain.accounts.login_throttle import LoginThrottle
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, EventOutcome, SecurityEvent


@dataclass(frozen=True)
class LinkThrottle:
    """Rules: an attempt counts before the link is looked up; a valid link refunds it."""

    begin: Begin
    clock: Clock
    count_repeated_events: CountRepeatedEvents

    async def count(self, network: str) -> LoginThrottle:
        """Raises TooManyLinks."""
        async with self.begin() as work:
            before = await self._remembered(work, login_throttle.of_link_holder(network))
            after, wait = before.acquire(now=self.clock.now())
            if after != before:
                await work.login_attempts.save(after.states)
                await work.commit()
        if wait:
            self.refused(EventOutcome.THROTTLED)
            raise TooManyLinks(retry_after=math.ceil(wait.total_seconds()))
        return after

    def refused(self, outcome: EventOutcome = EventOutcome.REFUSED) -> None:
        """Call when the link is not valid. The event belongs to no practice: the link proves none."""
        self.count_repeated_events(SecurityEvent(EventKind.LINK_USED, self.clock.now(), outcome=outcome))

    async def refund(self, work: UnitOfWork, who: LoginThrottle) -> None:
        await work.login_attempts.save((await self._remembered(work, who)).refunded().states)

    async def _remembered(self, work: UnitOfWork, who: LoginThrottle) -> LoginThrottle:
        states = await work.login_attempts.to_count([one.key for one in who.states])
        return who.remembering({one.key: one for one in states})
