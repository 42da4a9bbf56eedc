"""Finishes a pending login with a code."""

from dataclasses import dataclass

from application.accounts.check_code import CheckCode
from application.accounts.log_in import LoggedIn, LogIn, Origin
from application.secret import Secret
from application.security_events import record
from domain.accounts.errors import PendingLoginEnded, SecondFactorFailed
from domain.accounts.login_session import Proof
from domain.accounts.pending_login import PendingLogin
from domain.accounts.sign_in_method import SignInMethod
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class FinishLogin:
    """Rules:

    - A pending login is finished in the browser in which it began, within five minutes, by a code of the authenticator
      app or a recovery code. It ends with that, and with the fifth wrong code.
    - A token that never existed, has expired or was used gets the same response.
    """

    begin: Begin
    check_code: CheckCode
    log_in: LogIn
    clock: Clock

    async def __call__(self, token: str, code: str, origin: Origin) -> LoggedIn:
        """Raises PendingLoginEnded, SecondFactorFailed, TooManyCodes."""
        async with self.begin() as work:
            found = await self._usable(work, token, origin)
            account = await work.people.account_to_change(found.organization_id, found.account_id)
            # With the account locked, no other request uses or ends it.
            pending = await self._usable(work, token, origin)
            if account is None or account.ended:
                raise PendingLoginEnded
            logged_in = None
            if await self.check_code(work, account, code, origin.network):
                await work.pending_logins.remove(pending)
                now = self.clock.now()
                proof = Proof(SignInMethod.PASSWORD, now, two_factors=True)
                logged_in = await self.log_in.enter(work, account, origin, proof)
                await record(
                    work, SecurityEvent(EventKind.SIGN_IN, now, account.organization_id, account.id, account.id)
                )
            else:
                await work.pending_logins.save(pending.failed())
            await work.commit()
        if logged_in is None:
            raise SecondFactorFailed
        return logged_in

    async def _usable(self, work: UnitOfWork, token: str, origin: Origin) -> PendingLogin:
        secret, browser = Secret.read(token), Secret.read(origin.pending)
        pending = secret and browser and await work.pending_logins.find(secret.organization_id, secret.hash)
        if not pending or not browser:
            raise PendingLoginEnded
        pending.must_serve(browser.hash, now=self.clock.now())
        return pending
