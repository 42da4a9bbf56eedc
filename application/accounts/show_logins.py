"""Shows a person where they are logged in, and ends one of these login sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from application.accounts.log_in import Visitor
from application.security_events import record
from domain.accounts.login_session import LoginSession
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class ShowLogins:
    """Rules:

    - People see and end their own login sessions, and nobody else's.
    - A new browser is shown as such until the person acknowledges it, in another browser than the new one.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, visitor: Visitor) -> Sequence[LoginSession]:
        """Those that have not ended; the last used first."""
        account, now = visitor.account, self.clock.now()
        async with self.begin() as work:
            found = await work.login_sessions.of_account(account.organization_id, account.id)
        return [one for one in found if not one.expired(now)]

    async def end(self, visitor: Visitor, login_id: UUID) -> None:
        """Raises NotFound."""
        here, who = visitor.account.organization_id, visitor.account.id
        async with self.begin() as work:
            found = await work.login_sessions.of_account(here, who)
            ended = next((one for one in found if one.id == login_id), None)
            if ended is None:
                raise NotFound(ObjectKind.LOGIN)
            await work.login_sessions.remove(here, ended.token_hash)
            event = SecurityEvent(EventKind.SIGN_OUT_ELSEWHERE, self.clock.now(), here, who, who).counted(1)
            await record(work, event)
            await work.commit()

    async def acknowledge(self, visitor: Visitor) -> None:
        """Acknowledges the new browsers that the page of this login session shows."""
        async with self.begin() as work:
            for one in await work.login_sessions.of_account(visitor.account.organization_id, visitor.account.id):
                if visitor.login_session.warns_of(one):
                    await work.login_sessions.acknowledge(one)
            await work.commit()
