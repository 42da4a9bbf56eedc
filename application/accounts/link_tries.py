"""Trying one-time links is paced by network, as trying passwords is. A link that works costs nothing."""

import math
from dataclasses import dataclass

from domain.accounts import approach
from domain.accounts.approach import Approach
from domain.errors import TooManyLinks
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork


@dataclass(frozen=True)
class LinkTries:
    """Rules: a try counts before the link is looked up; a link that works gives it back."""

    begin: Begin
    clock: Clock

    async def count(self, network: str) -> Approach:
        """Raises TooManyLinks."""
        async with self.begin() as work:
            before = await self._remembered(work, approach.of_link_holder(network))
            after, wait = before.turn(now=self.clock.now())
            if after != before:
                await work.password_tries.save(after.tries)
                await work.commit()
        if wait:
            raise TooManyLinks(retry_after=math.ceil(wait.total_seconds()))
        return after

    async def give_back(self, work: UnitOfWork, who: Approach) -> None:
        await work.password_tries.save((await self._remembered(work, who)).given_back().tries)

    async def _remembered(self, work: UnitOfWork, who: Approach) -> Approach:
        tries = await work.password_tries.to_count([one.place for one in who.tries])
        return who.remembering({one.place: one for one in tries})
