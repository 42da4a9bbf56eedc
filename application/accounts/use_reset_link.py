"""Chooses a new password with a one-time link."""

from dataclasses import dataclass

from application.accounts.link_throttle import LinkThrottle
from application.accounts.log_in import LoggedIn, LogIn, Origin, SecondStep
from application.accounts.password_sign_in import elsewhere, password_sign_in
from application.secret import Secret
from application.security_events import record
from domain.accounts import hashing_share
from domain.accounts.account import Account
from domain.accounts.errors import ResetLinkInvalid
from domain.accounts.identity_provider import PasswordSignIn
from domain.accounts.organization import Organization
from domain.accounts.password import PasswordOwner, must_be_a_password
from domain.accounts.reset_link import ResetLink
from domain.ports.clock import Clock
from domain.ports.password_hasher import PasswordHasher
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class Seen:
    """The link as its holder sees it."""

    link: ResetLink
    account: Account
    organization: Organization


@dataclass(frozen=True)
class UseResetLink:
    """Rules:

    - Reading changes nothing. Choosing the password uses up the link, ends every login session of the person, forgets
      the known browsers, and signs in here, all or nothing. A person with a second factor still needs it.
    - When the practice requires single sign-on, the link works only for admins who may sign in with the password.
    - A link that never existed, has expired, was revoked or was used gets the same response.
    """

    begin: Begin
    passwords: PasswordHasher
    log_in: LogIn
    states: LinkThrottle
    clock: Clock

    async def look(self, token: str, network: str) -> Seen:
        """Raises ResetLinkInvalid, TooManyLinks."""
        who = await self.states.count(network)
        async with self.begin() as work:
            seen = await self._usable(work, token)
            await self.states.refund(work, who)
            await work.commit()
        return seen

    async def __call__(self, token: str, password: str, origin: Origin) -> LoggedIn | SecondStep:
        """Raises ResetLinkInvalid, TooManyLinks, TooBusy, Invalid, SingleSignOnRequired."""
        who = await self.states.count(origin.network)
        async with self.begin() as work:
            seen = await self._usable(work, token)
            if await password_sign_in(work, seen.account) is PasswordSignIn.REFUSED:
                raise elsewhere(seen.account)
        owner = PasswordOwner(seen.account.name, seen.account.email, seen.organization.name)
        must_be_a_password(password, owner)
        password_hash = await self.passwords.hash(
            password, hashing_share.of_link_holder(seen.organization.id, origin.network)
        )
        async with self.begin() as work:
            seen = await self._usable(work, token)
            account = seen.account
            here, now = account.organization_id, self.clock.now()
            await work.people.set_password(account, password_hash)
            if not await work.reset_links.use_up(seen.link):
                raise ResetLinkInvalid
            await work.login_sessions.remove_of_account(here, account.id)
            await work.known_browsers.remove_of_account(here, account.id)
            await work.pending_logins.remove_of_account(here, account.id)
            step = await self.log_in.go_on(work, account, origin)
            await record(work, SecurityEvent(EventKind.PASSWORD_RESET, now, here, account.id, account.id))
            await self.states.refund(work, who)
            await work.commit()
        return step

    async def _usable(self, work: UnitOfWork, token: str) -> Seen:
        secret = Secret.read(token)
        link = secret and await work.reset_links.find(secret.organization_id, secret.hash)
        if not link:
            self.states.refused()
            raise ResetLinkInvalid
        organization = await work.people.organization(link.organization_id)
        account = await work.people.account_to_assign(link.organization_id, link.account_id)
        try:
            account = link.must_serve(account, now=self.clock.now())
        except ResetLinkInvalid:
            self.states.refused()
            raise
        if organization is None:
            raise ResetLinkInvalid
        return Seen(link, account, organization)
