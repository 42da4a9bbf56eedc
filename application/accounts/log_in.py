"""Signs in, recognizes a login session, signs out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.accounts.check_password import Checked, CheckPassword, share_of
from application.accounts.password_sign_in import elsewhere, password_sign_in
from application.secret import Secret
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.device import UNKNOWN_DEVICE, Device
from domain.accounts.errors import LoginFailed, NotLoggedIn, TooBusy
from domain.accounts.identity_provider import PasswordSignIn
from domain.accounts.known_browser import KnownBrowser
from domain.accounts.login_session import LoginSession, Proof, surplus
from domain.accounts.pending_login import PendingLogin
from domain.accounts.second_factors import Factor
from domain.ports.clock import Clock
from domain.ports.password_hasher import PasswordHasher
from domain.ports.people import LoginSessionLookup
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in browser and its account."""

    account: Account
    login_session: LoginSession

    @property
    def login_id(self) -> bytes:
        return self.login_session.token_hash


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a sign-in: its network, and the tokens that the browser already has. `pending` is that of a pending
    login."""

    network: str
    login: str | None = None
    browser: str | None = None
    device: Device = UNKNOWN_DEVICE
    pending: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """`login` is the token of the login session; `browser` makes this a known browser."""

    account: Account
    login: Secret
    browser: Secret


@dataclass(frozen=True, slots=True)
class SecondStep:
    """The password was right, and one of `kinds` is still needed, or a recovery code. `token` and `browser` together
    name the pending login; `browser` stays in the cookie."""

    account: Account
    token: Secret
    browser: Secret
    kinds: tuple[Factor, ...]
    ends_at: datetime


@dataclass(frozen=True)
class LogIn:
    """Rules:

    - Every sign-in gets a token of its own; only its hash is stored. A login session ends after 14 days, or
      when it was not used for the idle time of the practice: 7 days, or less.
    - A sign-in ends the browser's previous login session. A person has 20 login sessions at most: a further one ends
      the one that was unused the longest.
    - A browser is new when the person did not sign in in it before. The first browser of an account is not.
    - When the practice requires single sign-on, the right password signs in only admins who are chosen for that. Their
      sign-in is a security event of its own. A wrong password gets the same response as everywhere.
    - A sign-in with the old password fails when the password is changed at the same time.
    - A sign-in is a proof of who the person is. What touches people, roles, one-time links and erasures needs a proof
      that is not older than five minutes.
    - A hash made with outdated parameters is replaced.
    - For a person with a second factor, the password alone begins a pending login only, which gives no access.
    """

    begin: Begin
    passwords: PasswordHasher
    check_password: CheckPassword
    lookup: LoginSessionLookup
    clock: Clock

    async def __call__(self, email: str, password: str, origin: Origin) -> LoggedIn | SecondStep:
        """Raises LoginFailed, TooManyAttempts, TooBusy, SingleSignOnRequired."""
        checked = await self.check_password.at_login(email, password, origin.network, Secret.read(origin.browser))
        renewed = await self._renewed(password, checked)
        async with self.begin() as work:
            if not await work.people.holds_password(checked.account, checked.password_hash):
                raise LoginFailed
            allowed = await password_sign_in(work, checked.account)
            if allowed is PasswordSignIn.REFUSED:
                await self.check_password.refund(work, checked.login_throttle)
                await record(work, self._event(EventKind.BREAK_GLASS_SIGN_IN, checked.account).refused())
                await work.commit()
                raise elsewhere(checked.account)
            if renewed:
                await work.people.set_password(checked.account, renewed)
            step = await self.go_on(work, checked.account, origin)
            await self.check_password.refund(work, checked.login_throttle)
            if allowed is PasswordSignIn.BREAK_GLASS:
                await record(work, self._event(EventKind.BREAK_GLASS_SIGN_IN, checked.account))
            elif isinstance(step, LoggedIn):
                await record(work, self._event(EventKind.SIGN_IN, checked.account))
            await work.commit()
        return step

    async def go_on(self, work: UnitOfWork, account: Account, origin: Origin) -> LoggedIn | SecondStep:
        """Call after the password, or what stands in for it, was checked: logs in, or begins a pending login for a
        person with a second factor."""
        here, now = account.organization_id, self.clock.now()
        factors = await work.second_factors.of_account(here, account.id)
        if not factors.any:
            return await self.enter(work, account, origin)
        token, browser = Secret.fresh(here), Secret.fresh(here)
        pending = PendingLogin(here, token.hash, browser.hash, account.id, now)
        await work.pending_logins.add(pending)
        return SecondStep(account, token, browser, factors.kinds, pending.ends_at)

    async def enter(self, work: UnitOfWork, account: Account, origin: Origin, proof: Proof | None = None) -> LoggedIn:
        """The one place where a login session begins. Call after all proofs were given. `proof` None: with the password
        or a one-time link, now."""
        here, now = account.organization_id, self.clock.now()
        login, browser = Secret.fresh(here), Secret.fresh(here)
        if before := Secret.read(origin.login):
            await work.login_sessions.remove(before.organization_id, before.hash)
        first = not await work.known_browsers.any_of_account(here, account.id)
        new = not await self._known(work, account, Secret.read(origin.browser), browser) and not first
        for ended in surplus(await work.login_sessions.of_account(here, account.id)):
            await work.login_sessions.remove(here, ended.token_hash)
        log_in = LoginSession.begin(
            here, login.hash, account.id, now=now, device=origin.device, new_browser=new, proof=proof
        )
        await work.login_sessions.add(log_in)
        await work.known_browsers.save(KnownBrowser(here, browser.hash, account.id, now))
        return LoggedIn(account, login, browser)

    async def _known(self, work: UnitOfWork, account: Account, before: Secret | None, browser: Secret) -> bool:
        """Whether the person signed in in this browser before. The browser gets its next token."""
        here, now = account.organization_id, self.clock.now()
        if before is None or before.organization_id != here:
            return False
        known = await work.known_browsers.of_token(here, before.hash)
        await work.known_browsers.give_token(here, before.hash, browser.hash)
        return any(one.knows(account.id, now=now) for one in known)

    async def recognise(self, token: str | None, *, use: bool = True) -> Visitor:
        """`use` False: a request that a page sends by itself does not extend the login session. Raises NotLoggedIn."""
        secret = Secret.read(token)
        found = secret and await self.lookup.account(secret.organization_id, secret.hash)
        if not found or found[0].expired(self.clock.now()):
            raise NotLoggedIn
        used = found[0].used(self.clock.now()) if use else None
        if used:
            await self._note(used)
        return Visitor(found[1], used or found[0])

    def remaining(self, visitor: Visitor) -> timedelta:
        """The time until the login session ends without further use."""
        return visitor.login_session.ends_at - self.clock.now()

    def must_have_second_factor(self, visitor: Visitor) -> None:
        """Raises SecondFactorNeeded."""
        visitor.login_session.must_have_second_factor(self.clock.now())

    def must_be_confirmed(self, visitor: Visitor) -> None:
        """Raises ConfirmationNeeded."""
        visitor.login_session.must_be_proved(self.clock.now())

    async def out(self, visitor: Visitor) -> None:
        async with self.begin() as work:
            await work.login_sessions.remove(visitor.account.organization_id, visitor.login_id)
            await record(work, self._event(EventKind.SIGN_OUT, visitor.account))
            await work.commit()

    async def out_elsewhere(self, visitor: Visitor) -> int:
        """Ends the login sessions of all other browsers. Returns how many."""
        account = visitor.account
        async with self.begin() as work:
            ended = await work.login_sessions.remove_of_account(
                account.organization_id, account.id, but=visitor.login_id
            )
            await record(work, self._event(EventKind.SIGN_OUT_ELSEWHERE, account).counted(ended))
            await work.commit()
        return ended

    def _event(self, kind: EventKind, account: Account) -> SecurityEvent:
        return SecurityEvent(kind, self.clock.now(), account.organization_id, account.id, account.id)

    async def _renewed(self, password: str, checked: Checked) -> str | None:
        if not self.passwords.outdated(checked.password_hash):
            return None
        try:
            return await self.passwords.hash(password, share_of(checked.account))
        except TooBusy:
            return None  # the next sign-in replaces the hash

    async def _note(self, used: LoginSession) -> None:
        async with self.begin() as work:
            await work.login_sessions.note_use(used)
            await work.commit()
