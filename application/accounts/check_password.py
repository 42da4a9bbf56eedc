"""Whether a password is right, asked no more often than a person needs."""

import math
from dataclasses import dataclass

from application.secret import Secret
from domain.accounts import approach
from domain.accounts.account import Account
from domain.accounts.approach import Approach
from domain.errors import LoginFailed, TooBusy, TooManyTries
from domain.ports.clock import Clock
from domain.ports.password_hasher import PasswordHasher
from domain.ports.unit_of_work import Begin, UnitOfWork


@dataclass(frozen=True, slots=True)
class Checked:
    """The password was right: whose it is, its hash, and what was counted meanwhile."""

    account: Account
    password_hash: str
    approach: Approach


Found = tuple[Account, str] | None


@dataclass(frozen=True)
class CheckPassword:
    """Rules:

    - An unknown address and a wrong password take the same time, count the same and get the same answer.
    - A try counts before the password is looked at, so that many at once are not more than one after the other. The
      right password gives its own try back.
    """

    begin: Begin
    passwords: PasswordHasher
    clock: Clock

    async def at_login(self, email: str, password: str, network: str, browser: Secret | None) -> Checked:
        """Raises LoginFailed, TooManyTries, TooBusy."""
        address = email.strip().lower()
        async with self.begin() as work:
            found = await work.people.account_by_email(address)
            who = await self._known(work, found, browser) or approach.of_stranger(address, network)
            who = await self._admitted(work, who)
        return await self._checked(password, found, who)

    async def once_more(self, account: Account, login_id: bytes, password: str) -> Checked:
        """Of somebody who is signed in. Raises LoginFailed, TooManyTries, TooBusy."""
        async with self.begin() as work:
            found = await work.people.account_by_email(account.email)
            who = await self._admitted(work, approach.of_logged_in(login_id))
        return await self._checked(password, found, who)

    async def give_back(self, work: UnitOfWork, who: Approach) -> None:
        tries = await work.password_tries.to_count([one.place for one in who.tries])
        await work.password_tries.save(who.remembering({one.place: one for one in tries}).given_back().tries)

    async def _known(self, work: UnitOfWork, found: Found, browser: Secret | None) -> Approach | None:
        """Asked for unknown addresses too, which must not be faster."""
        if browser is None:
            return None
        persons = await work.known_browsers.of_token(browser.organization_id, browser.hash)
        now = self.clock.now()
        known = found and any(one.knows(found[0].id, now=now) for one in persons)
        return approach.of_known_browser(found[0].id, browser.hash) if found and known else None

    async def _admitted(self, work: UnitOfWork, who: Approach) -> Approach:
        tries = await work.password_tries.to_count([one.place for one in who.tries])
        before = who.remembering({one.place: one for one in tries})
        after, wait = before.turn(now=self.clock.now())
        if after != before:
            await work.password_tries.save(after.tries)
            await work.commit()
        if wait:
            raise TooManyTries(retry_after=math.ceil(wait.total_seconds()))
        return after

    async def _checked(self, password: str, found: Found, who: Approach) -> Checked:
        try:
            right = await self.passwords.matches(password, found[1] if found else None, known=who.known)
        except TooBusy:
            async with self.begin() as work:
                await self.give_back(work, who)
                await work.commit()
            raise
        if not right or found is None:
            raise LoginFailed
        return Checked(*found, who)
