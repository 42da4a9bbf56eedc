"""Checks passwords under the login throttle."""

import math
from contextlib import ExitStack
from dataclasses import dataclass

from application.count_repeated_events import CountRepeatedEvents
from application.secret import Secret
from domain.accounts import hashing_share, login_throttle
from domain.accounts.account import Account
from domain.accounts.errors import LoginFailed, TooBusy, TooManyAttempts
from domain.accounts.hashing_share import HashingShare
from domain.accounts.login_throttle import LoginThrottle
from domain.ports.clock import Clock
from domain.ports.password_hasher import PasswordHasher
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, EventOutcome, SecurityEvent


@dataclass(frozen=True, slots=True)
class Checked:
    """The result for a correct password: the account, the password's hash, and the throttle that counted the
    attempt."""

    account: Account
    password_hash: str
    login_throttle: LoginThrottle


Found = tuple[Account, str] | None


def share_of(account: Account) -> HashingShare:
    return hashing_share.of_account(account.organization_id, account.id)


@dataclass(frozen=True)
class CheckPassword:
    """Rules:

    - An unknown address and a wrong password take the same time, count the same and get the same response.
    - An attempt counts before the password is checked, so that simultaneous attempts are limited like successive ones.
      A correct password refunds its own attempt.
    - The address is looked up before the password is hashed. Hashing uses the share of the account or the client's
      network, and of the practice.
    """

    begin: Begin
    passwords: PasswordHasher
    clock: Clock
    count_repeated_events: CountRepeatedEvents

    async def at_login(self, email: str, password: str, network: str, browser: Secret | None) -> Checked:
        """Raises LoginFailed, TooManyAttempts, TooBusy."""
        address = email.strip().lower()
        with ExitStack() as places:
            async with self.begin() as work:
                found = await work.people.account_by_email(address)
                who = await self._known(work, found, browser) or login_throttle.of_stranger(address, network)
                practice = found[0].organization_id if found else None
                share = share_of(found[0]) if who.known and found else hashing_share.of_stranger(network, practice)
                places.enter_context(self.passwords.reserve(share))
                who = await self._admitted(work, who, found)
            return await self._checked(password, found, who, share)

    async def once_more(self, account: Account, login_id: bytes, password: str) -> Checked:
        """Checks the password of a signed-in person again. Raises LoginFailed, TooManyAttempts, TooBusy."""
        share = share_of(account)
        with self.passwords.reserve(share):
            async with self.begin() as work:
                found = await work.people.account_by_email(account.email)
                who = await self._admitted(work, login_throttle.of_logged_in(login_id), found)
            return await self._checked(password, found, who, share)

    async def refund(self, work: UnitOfWork, who: LoginThrottle) -> None:
        states = await work.login_attempts.to_count([one.key for one in who.states])
        await work.login_attempts.save(who.remembering({one.key: one for one in states}).refunded().states)

    async def _known(self, work: UnitOfWork, found: Found, browser: Secret | None) -> LoginThrottle | None:
        """Runs for unknown addresses too, so that they do not respond faster."""
        if browser is None:
            return None
        persons = await work.known_browsers.of_token(browser.organization_id, browser.hash)
        now = self.clock.now()
        known = found and any(one.knows(found[0].id, now=now) for one in persons)
        return login_throttle.of_known_browser(found[0].id, browser.hash) if found and known else None

    async def _admitted(self, work: UnitOfWork, who: LoginThrottle, found: Found) -> LoginThrottle:
        states = await work.login_attempts.to_count([one.key for one in who.states])
        before = who.remembering({one.key: one for one in states})
        after, wait = before.acquire(now=self.clock.now())
        if after != before:
            await work.login_attempts.save(after.states)
            await work.commit()
        if wait:
            self._refused(found, EventOutcome.THROTTLED)
            raise TooManyAttempts(retry_after=math.ceil(wait.total_seconds()))
        return after

    async def _checked(self, password: str, found: Found, who: LoginThrottle, share: HashingShare) -> Checked:
        try:
            right = await self.passwords.matches(password, found[1] if found else None, share)
        except TooBusy:
            async with self.begin() as work:
                await self.refund(work, who)
                await work.commit()
            raise
        if not right or found is None:
            self._refused(found, EventOutcome.REFUSED)
            raise LoginFailed
        return Checked(*found, who)

    def _refused(self, found: Found, outcome: EventOutcome) -> None:
        """The address of an unknown person is not recorded: people type passwords into the wrong field."""
        here, subject = (found[0].organization_id, found[0].id) if found else (None, None)
        self.count_repeated_events(SecurityEvent(EventKind.SIGN_IN, self.clock.now(), here, None, subject, outcome))
