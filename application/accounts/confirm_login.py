"""Confirms a login: the signed-in person proves with the password who they are."""

from dataclasses import dataclass

from application.accounts.check_password import CheckPassword
from application.accounts.log_in import Visitor
from application.security_events import record
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class ConfirmLogin:
    """Rules:

    - The proof counts for this login session only, and not for other browsers of the person.
    - Attempts are limited as those to change the password are.
    """

    begin: Begin
    check_password: CheckPassword
    clock: Clock

    async def __call__(self, visitor: Visitor, password: str) -> None:
        """Raises LoginFailed, TooManyAttempts, TooBusy."""
        checked = await self.check_password.once_more(visitor.account, visitor.login_id, password)
        async with self.begin() as work:
            await work.login_sessions.note_proof(visitor.login_session.proved(self.clock.now()))
            await self.check_password.refund(work, checked.login_throttle)
            here, who = visitor.account.organization_id, visitor.account.id
            await record(work, SecurityEvent(EventKind.LOGIN_CONFIRMED, self.clock.now(), here, who, who))
            await work.commit()
