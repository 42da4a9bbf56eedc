"""Signs in, and confirms a login, with a passkey alone: it proves the device and the person at once."""

from dataclasses import dataclass

from application.accounts.check_passkey import CheckPasskey
from application.accounts.confirm_login import ConfirmLogin
from application.accounts.log_in import LoggedIn, LogIn, Origin, Visitor
from application.accounts.password_sign_in import elsewhere, password_sign_in
from application.accounts.sign_in_throttle import SignInThrottle
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.errors import PasskeyFailed
from domain.accounts.identity_provider import PasswordSignIn
from domain.accounts.login_session import Proof
from domain.accounts.passkey import Assertion
from domain.accounts.second_factors import Factor
from domain.accounts.sign_in_method import SignInMethod
from domain.ports.clock import Clock
from domain.ports.second_factors import PasskeyVerifier
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, EventOutcome, SecurityEvent


@dataclass(frozen=True)
class SignInWithPasskey:
    """Rules:

    - The passkey names the account; nobody types anything. Its device has recognised the person, by a fingerprint or a
      PIN, so that the login has two factors. It stands in for a pending login, and ends those of the account.
    - An unknown passkey, a challenge that is not valid and an ended account get the same response.
    - When the practice requires single sign-on, it signs in only those whom the password does.
    - The start of a sign-in is counted as one at an identity provider is, and refunded when it succeeds.
    """

    begin: Begin
    verifier: PasskeyVerifier
    check_passkey: CheckPasskey
    throttle: SignInThrottle
    log_in: LogIn
    clock: Clock

    async def options(self, network: str) -> str:
        """What the browser needs to find the passkey, as JSON. Raises TooManySignIns."""
        await self.throttle.count(network)
        return self.verifier.authentication_options(await self.check_passkey.fresh_challenge(None))

    async def __call__(self, credential: str, origin: Origin) -> LoggedIn:
        """Raises PasskeyFailed, SingleSignOnRequired."""
        try:
            assertion = self.verifier.assertion_of(credential)
            await self.check_passkey.use_up(assertion.challenge, None)
        except PasskeyFailed:
            self.check_passkey.refused(None)
            raise
        logged_in = None
        async with self.begin() as work:
            account = await self._account(work, assertion)
            if account and await self.check_passkey(work, account, assertion, credential):
                allowed = await password_sign_in(work, account)
                await self.throttle.refund(work, origin.network)
                await record(work, self._event(account, allowed))
                if allowed is PasswordSignIn.REFUSED:
                    await work.commit()
                    raise elsewhere(account)
                await work.pending_logins.remove_of_account(account.organization_id, account.id)
                proof = Proof(SignInMethod.PASSWORD, self.clock.now(), two_factors=True)
                logged_in = await self.log_in.enter(work, account, origin, proof)
            await work.commit()
        if logged_in is None:
            raise PasskeyFailed
        return logged_in

    async def _account(self, work: UnitOfWork, assertion: Assertion) -> Account | None:
        account = await work.people.account_to_change(assertion.organization_id, assertion.account_id)
        if account is None or account.ended:
            self.check_passkey.refused(account)
            return None
        return account

    def _event(self, account: Account, allowed: PasswordSignIn) -> SecurityEvent:
        kind = EventKind.SIGN_IN if allowed is PasswordSignIn.USUAL else EventKind.BREAK_GLASS_SIGN_IN
        outcome = EventOutcome.REFUSED if allowed is PasswordSignIn.REFUSED else EventOutcome.SUCCEEDED
        here, who = account.organization_id, account.id
        return SecurityEvent(kind, self.clock.now(), here, who, who, outcome).with_factor(Factor.PASSKEY)


@dataclass(frozen=True)
class ConfirmWithPasskey:
    """Rules: only the person's own passkey confirms, and only this login session."""

    begin: Begin
    verifier: PasskeyVerifier
    check_passkey: CheckPasskey
    confirm_login: ConfirmLogin

    async def options(self, visitor: Visitor) -> str:
        challenge = await self.check_passkey.fresh_challenge(visitor.account)
        return self.verifier.authentication_options(challenge)

    async def __call__(self, visitor: Visitor, credential: str) -> None:
        """Raises PasskeyFailed."""
        account = visitor.account
        here = account.organization_id
        assertion = self.verifier.assertion_of(credential)
        await self.check_passkey.use_up(assertion.challenge, account)
        async with self.begin() as work:
            present = await work.people.account_to_change(here, account.id)
            right = (
                present is not None
                and not present.ended
                and (assertion.organization_id, assertion.account_id) == (here, account.id)
                and await self.check_passkey(work, account, assertion, credential)
            )
            if right:
                await self.confirm_login.proved(work, visitor)
            await work.commit()
        if not right:
            raise PasskeyFailed
