"""Confirms a login: the signed-in person proves again who they are."""

from dataclasses import dataclass

from application.accounts.check_code import CheckCode
from application.accounts.check_password import CheckPassword
from application.accounts.log_in import Visitor
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.errors import SecondFactorFailed, TooManyCodes
from domain.errors import CalendraError, Invalid
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.rule import Rule
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class ConfirmLogin:
    """Rules:

    - The proof counts for this login session only, and not for other browsers of the person.
    - Attempts are limited as those to change the password are.
    - People with a second factor prove it as well.
    """

    begin: Begin
    check_password: CheckPassword
    check_code: CheckCode
    clock: Clock

    async def __call__(self, visitor: Visitor, password: str, code: str | None, network: str) -> None:
        """Raises LoginFailed, TooManyAttempts, TooBusy, Invalid without a code that is needed, SecondFactorFailed,
        TooManyCodes."""
        checked = await self.check_password.once_more(visitor.account, visitor.login_id, password)
        async with self.begin() as work:
            await self.check_password.refund(work, checked.login_throttle)
            wrong = await self._wrong(work, visitor.account, code, network)
            if wrong is None:
                await self.proved(work, visitor)
            await work.commit()
        if wrong:
            raise wrong

    async def proved(self, work: UnitOfWork, visitor: Visitor) -> None:
        """Call after the proof was checked."""
        here, who, now = visitor.account.organization_id, visitor.account.id, self.clock.now()
        await work.login_sessions.note_proof(visitor.login_session.proved(now))
        await record(work, SecurityEvent(EventKind.LOGIN_CONFIRMED, now, here, who, who))

    async def _wrong(self, work: UnitOfWork, account: Account, code: str | None, network: str) -> CalendraError | None:
        factors = await work.second_factors.of_account(account.organization_id, account.id)
        if not factors.any:
            return None
        if code is None:
            return Invalid("code", Rule.CODE_NEEDED)
        try:
            right = await self.check_code(work, account, code, network)
        except TooManyCodes as error:
            return error
        return None if right else SecondFactorFailed()
