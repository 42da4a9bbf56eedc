"""Checks codes of authenticator apps and recovery codes, under a throttle of their own."""

import math
from dataclasses import dataclass

from application.accounts import recovery_code_texts
from application.count_repeated_events import CountRepeatedEvents
from application.security_events import record
from domain.accounts import code_throttle
from domain.accounts.account import Account
from domain.accounts.errors import SecondFactorFailed, TooManyCodes
from domain.accounts.login_throttle import LoginThrottle
from domain.ports.clock import Clock
from domain.ports.second_factors import OneTimeCodes
from domain.ports.unit_of_work import UnitOfWork
from domain.security.event import EventKind, EventOutcome, SecurityEvent


@dataclass(frozen=True)
class CheckCode:
    """Rules:

    - A code counts before it is checked, by account and by network. A correct code refunds its attempt.
    - A code of the app counts once, and so does a recovery code. A clock may be half a minute off.
    """

    codes: OneTimeCodes
    clock: Clock
    count_repeated_events: CountRepeatedEvents

    async def __call__(self, work: UnitOfWork, account: Account, code: str, network: str) -> bool:
        """Whether the code is right; it is then used up. Commit in both cases. Raises TooManyCodes."""
        who = await self._remembered(work, code_throttle.of_code(account.id, network))
        who, wait = who.acquire(now=self.clock.now())
        if wait:
            self._refused(account, EventOutcome.THROTTLED)
            raise TooManyCodes(retry_after=math.ceil(wait.total_seconds()))
        right = await self._used_up(work, account, code)
        await work.login_attempts.save((who.refunded() if right else who).states)
        if not right:
            self._refused(account, EventOutcome.REFUSED)
        return right

    async def _used_up(self, work: UnitOfWork, account: Account, code: str) -> bool:
        here, now = account.organization_id, self.clock.now()
        if app := await work.authenticator_apps.to_use(here, account.id):
            try:
                await work.authenticator_apps.save(app.use(self.codes.step_of(app.secret, code, now=now)))
            except SecondFactorFailed:
                pass
            else:
                return True
        if not await work.recovery_codes.use_up(here, account.id, recovery_code_texts.hash_of(code)):
            return False
        await record(work, SecurityEvent(EventKind.RECOVERY_CODE_USED, now, here, account.id, account.id))
        return True

    async def _remembered(self, work: UnitOfWork, who: LoginThrottle) -> LoginThrottle:
        states = await work.login_attempts.to_count([one.key for one in who.states])
        return who.remembering({one.key: one for one in states})

    def _refused(self, account: Account, outcome: EventOutcome) -> None:
        here, now = account.organization_id, self.clock.now()
        self.count_repeated_events(SecurityEvent(EventKind.SECOND_FACTOR_CHECKED, now, here, None, account.id, outcome))
