"""Shows a person's own second factors; sets up and removes the authenticator app; renews recovery codes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from application.accounts import recovery_code_texts
from application.accounts.log_in import Visitor
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.authenticator_app import AuthenticatorApp
from domain.accounts.errors import LastSecondFactor, NoSecondFactor, SetUpEnded
from domain.accounts.passkey import Passkey
from domain.accounts.second_factors import Factor, SecondFactors
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.second_factors import OneTimeCodes
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class OwnSecondFactors:
    """`demanded_from`: since then the practice demands a second factor that this login does not have; None when the
    login has one, or the practice demands none."""

    factors: SecondFactors
    passkeys: Sequence[Passkey]
    demanded_from: datetime | None


@dataclass(frozen=True, slots=True)
class NewApp:
    """`address` is for the QR code. Both are shown while the app is set up, and never again."""

    secret: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True)
class KeepSecondFactors:
    """Rules:

    - People change their own second factors only.
    - An authenticator app counts once a first code has confirmed it; a new one replaces the one before.
    - With the first factor a person gets ten recovery codes, which are shown once. A new set replaces the old one.
    - The first factor ends the person's other login sessions: they began without it. So does removing the last one:
      they would go on as if they had it. Removing any factor ends pending logins; with the last one the recovery codes
      go too.
    - While the practice demands a second factor, the last one stays.
    """

    begin: Begin
    codes: OneTimeCodes
    clock: Clock

    async def __call__(self, visitor: Visitor) -> OwnSecondFactors:
        here, who = visitor.account.organization_id, visitor.account.id
        async with self.begin() as work:
            factors = await work.second_factors.of_account(here, who)
            passkeys = await work.passkeys.of_account(here, who) if factors.passkeys else []
        login = visitor.login_session
        return OwnSecondFactors(factors, passkeys, None if login.two_factors else login.second_factor_from)

    async def set_up_app(self, visitor: Visitor) -> NewApp:
        secret = self.codes.fresh_secret()
        async with self.begin() as work:
            account = await _locked(work, visitor.account)
            await work.authenticator_apps.add(AuthenticatorApp.set_up(uuid4(), account, secret, now=self.clock.now()))
            await work.commit()
        return NewApp(secret, self.codes.address(secret, account.email))

    async def confirm_app(self, visitor: Visitor, code: str) -> Sequence[str]:
        """Returns the recovery codes, if these are the person's first. Raises SetUpEnded, SecondFactorFailed."""
        now = self.clock.now()
        async with self.begin() as work:
            account = await _locked(work, visitor.account)
            app = await work.authenticator_apps.to_confirm(account.organization_id, account.id)
            if app is None:
                raise SetUpEnded
            step = self.codes.step_of(app.secret, code, now=now)
            texts = await self.added(work, visitor, Factor.APP)
            await work.authenticator_apps.save(app.confirm(step, now=now))
            await work.authenticator_apps.remove_others(app)
            await work.commit()
        return texts

    async def added(self, work: UnitOfWork, visitor: Visitor, factor: Factor) -> Sequence[str]:
        """Call before the factor is stored, with the account locked. Returns the recovery codes if these are the
        first."""
        account = visitor.account
        here, who = account.organization_id, account.id
        before = await work.second_factors.of_account(here, who)
        await work.pending_logins.remove_of_account(here, who)
        if not before.any:
            await work.login_sessions.remove_of_account(here, who, but=visitor.login_id)
        await work.login_sessions.note_factors(replace(visitor.login_session, two_factors=True))
        event = SecurityEvent(EventKind.SECOND_FACTOR_ADDED, self.clock.now(), here, who, who)
        await record(work, event.with_factor(factor))
        return [] if before.recovery_codes else await self._new_codes(work, account)

    async def remove_app(self, visitor: Visitor) -> None:
        """Removing again changes nothing. Raises LastSecondFactor."""
        async with self.begin() as work:
            account = await _locked(work, visitor.account)
            factors = await work.second_factors.of_account(account.organization_id, account.id)
            if not factors.app:
                return
            await self.removing(work, visitor, factors, Factor.APP)
            await work.authenticator_apps.remove_of_account(account.organization_id, account.id)
            await work.commit()

    async def removing(self, work: UnitOfWork, visitor: Visitor, factors: SecondFactors, factor: Factor) -> None:
        """Call before the factor is removed, with the account locked. Raises LastSecondFactor."""
        account, now = visitor.account, self.clock.now()
        here, who = account.organization_id, account.id
        if factors.one_left:
            practice = await work.people.organization(here)
            if practice and practice.demands_second_factor(now):
                raise LastSecondFactor
            await work.recovery_codes.replace(here, who, [])
            await work.login_sessions.remove_of_account(here, who, but=visitor.login_id)
            await work.login_sessions.note_factors(replace(visitor.login_session, two_factors=False))
        await work.pending_logins.remove_of_account(here, who)
        event = SecurityEvent(EventKind.SECOND_FACTOR_REMOVED, now, here, who, who)
        await record(work, event.with_factor(factor))

    async def renew_codes(self, visitor: Visitor) -> Sequence[str]:
        """Raises NoSecondFactor."""
        async with self.begin() as work:
            account = await _locked(work, visitor.account)
            if not (await work.second_factors.of_account(account.organization_id, account.id)).any:
                raise NoSecondFactor
            texts = await self._new_codes(work, account)
            here, now = account.organization_id, self.clock.now()
            await record(work, SecurityEvent(EventKind.RECOVERY_CODES_RENEWED, now, here, account.id, account.id))
            await work.commit()
        return texts

    async def _new_codes(self, work: UnitOfWork, account: Account) -> Sequence[str]:
        texts = recovery_code_texts.fresh_texts()
        codes = [recovery_code_texts.stored(account, one, self.clock.now()) for one in texts]
        await work.recovery_codes.replace(account.organization_id, account.id, codes)
        return texts


async def _locked(work: UnitOfWork, account: Account) -> Account:
    found = await work.people.account_to_change(account.organization_id, account.id)
    if found is None:
        raise NotFound(ObjectKind.ACCOUNT)
    return found
