"""Limits the sign-ins at an identity provider or with a passkey that one network may start, each of which stores a row.
A completed one is not counted."""

import math
from dataclasses import dataclass

from domain.accounts import login_throttle
from domain.accounts.login_throttle import LoginThrottle
from domain.accounts.sign_on_errors import TooManySignIns
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork


@dataclass(frozen=True)
class SignInThrottle:
    begin: Begin
    clock: Clock

    async def count(self, network: str) -> None:
        """Raises TooManySignIns."""
        async with self.begin() as work:
            before = await _remembered(work, network)
            after, wait = before.acquire(now=self.clock.now())
            if after != before:
                await work.login_attempts.save(after.states)
                await work.commit()
        if wait:
            raise TooManySignIns(retry_after=math.ceil(wait.total_seconds()))

    async def refund(self, work: UnitOfWork, network: str) -> None:
        await work.login_attempts.save((await _remembered(work, network)).refunded().states)


async def _remembered(work: UnitOfWork, network: str) -> LoginThrottle:
    who = login_throttle.of_sign_in_at_provider(network)
    states = await work.login_attempts.to_count([one.key for one in who.states])
    return who.remembering({one.key: one for one in states})
