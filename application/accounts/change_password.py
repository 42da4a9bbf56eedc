"""Sets a new password, and signs out every browser that used the old one."""

from dataclasses import dataclass

from application.accounts.check_password import CheckPassword, share_of
from application.accounts.log_in import LoggedIn, LogIn, Origin, Visitor
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.errors import LoginFailed
from domain.accounts.hashing_share import BY_OPERATOR
from domain.accounts.login_session import Proof
from domain.accounts.password import PasswordOwner, must_be_a_password
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.password_hasher import PasswordHasher
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class ChangePassword:
    """Rules:

    - A person enters the old password to set a new one; the operator may set any person's password, unless the account
      has ended.
    - All browsers of the person are signed out and no longer known, and pending logins end. The browser that changed
      the password gets a new login session at once, with a token of its own.
    """

    begin: Begin
    passwords: PasswordHasher
    check_password: CheckPassword
    log_in: LogIn
    clock: Clock

    async def __call__(self, visitor: Visitor, old: str, new: str, origin: Origin) -> LoggedIn:
        """Raises LoginFailed, TooManyAttempts, TooBusy, Invalid."""
        async with self.begin() as work:
            owner = await _owner(work, visitor.account)
        must_be_a_password(new, owner)
        checked = await self.check_password.once_more(visitor.account, visitor.login_id, old)
        password_hash = await self.passwords.hash(new, share_of(checked.account))
        async with self.begin() as work:
            if not await work.people.holds_password(checked.account, checked.password_hash):
                raise LoginFailed
            await _set(work, checked.account, password_hash)
            own = visitor.login_session
            proof = Proof(own.method, self.clock.now(), own.two_factors)
            logged_in = await self.log_in.enter(work, checked.account, origin, proof)
            await self.check_password.refund(work, checked.login_throttle)
            await record(work, self._event(EventKind.PASSWORD_CHANGED, checked.account, by=checked.account))
            await work.commit()
        return logged_in

    async def reset(self, email: str, new: str) -> Account:
        """Sets a password for the operator. Raises NotFound, Invalid."""
        async with self.begin() as work:
            found = await work.people.person_by_email(email.strip().lower())
            if found is None or found.ended:
                raise NotFound(ObjectKind.PERSON)
            owner = await _owner(work, found)
        must_be_a_password(new, owner)
        password_hash = await self.passwords.hash(new, BY_OPERATOR)
        async with self.begin() as work:
            await _set(work, found, password_hash)
            await record(work, self._event(EventKind.PASSWORD_RESET, found, by=None))
            await work.commit()
        return found

    def _event(self, kind: EventKind, account: Account, *, by: Account | None) -> SecurityEvent:
        return SecurityEvent(kind, self.clock.now(), account.organization_id, by.id if by else None, account.id)


async def _owner(work: UnitOfWork, account: Account) -> PasswordOwner:
    practice = await work.people.organization(account.organization_id)
    return PasswordOwner(account.name, account.email, practice.name if practice else "")


async def _set(work: UnitOfWork, account: Account, password_hash: str) -> None:
    await work.people.set_password(account, password_hash)
    await work.reset_links.remove_of_account(account.organization_id, account.id)
    await work.login_sessions.remove_of_account(account.organization_id, account.id)
    await work.known_browsers.remove_of_account(account.organization_id, account.id)
    await work.pending_logins.remove_of_account(account.organization_id, account.id)
