"""Completes a sign-in at the practice's identity provider: finds the account and begins the login session."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from application.accounts.log_in import LoggedIn, LogIn, Origin, Visitor
from application.accounts.sign_in_throttle import SignInThrottle
from application.count_repeated_events import CountRepeatedEvents
from application.secret import Secret
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.identity import Identity, IdentityLink
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.login_session import Proof
from domain.accounts.sign_in_method import SignInMethod
from domain.accounts.sign_in_request import SignInRequest
from domain.accounts.sign_on_errors import (
    IdentityProviderFailed,
    IdentityProviderFault,
    IdentityRefused,
    RefusedIdentity,
    SignInDeclined,
    SignInNotStarted,
)
from domain.ports.clock import Clock
from domain.ports.identity import OpenIdClient
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, EventOutcome, SecurityEvent

_CLOCKS_DIFFER = timedelta(minutes=1)
_ERROR = re.compile(r"[a-z_]{1,60}")


@dataclass(frozen=True, slots=True)
class SignInAnswer:
    """The parameters with which the identity provider sends the browser back. `issuer` is `iss` (RFC 9207)."""

    state: str | None
    code: str | None = None
    error: str | None = None
    issuer: str | None = None


@dataclass(frozen=True)
class CompleteSignIn:
    """Rules:

    - An answer uses up its sign-in before the provider is called. It counts only in the browser in which the sign-in
      began, and for the provider that the practice has now.
    - The account is that of the stored link of the provider's subject. Without a link it is the practice's account
      with the token's address, if the provider says that it verified the address and the practice allows its domain;
      then the link is stored. Nobody is created: people are invited.
    - An account has one link at most, and a link never moves to another account or subject by itself.
    - An address that is unknown, belongs to an ended account or signs in to another practice gets the same refusal.
    - A provider that is signed in already asks for no credentials. The sign-in therefore counts as a proof of who the
      person is only from the time at which the provider says that they were entered.
    """

    begin: Begin
    client: OpenIdClient
    log_in: LogIn
    throttle: SignInThrottle
    clock: Clock
    count_repeated_events: CountRepeatedEvents

    async def __call__(
        self, organization_id: UUID, answer: SignInAnswer, browser: str | None, origin: Origin
    ) -> LoggedIn:
        """Raises SignInNotStarted, SignInDeclined, IdentityProviderFailed, IdentityRefused."""
        try:
            request, provider = await self._used(organization_id, answer.state, browser, confirms=None)
            identity = await self._identity(provider, request, answer)
            async with self.begin() as work:
                await _must_stand(work, provider)
                account = await self._account(work, provider, identity)
                proof = Proof(SignInMethod.SINGLE_SIGN_ON, identity.authenticated_at)
                logged_in = await self.log_in.enter(work, account, origin, proof)
                await self.throttle.refund(work, origin.network)
                await record(work, self._event(EventKind.SINGLE_SIGN_ON, account))
                await work.commit()
        except (SignInDeclined, IdentityProviderFailed, IdentityRefused):
            refused = SecurityEvent(
                EventKind.SINGLE_SIGN_ON, self.clock.now(), organization_id, outcome=EventOutcome.REFUSED
            )
            self.count_repeated_events(refused)
            raise
        return logged_in

    async def again(self, visitor: Visitor, answer: SignInAnswer, browser: str | None) -> None:
        """The proof counts for this login session only. Raises as a sign-in does."""
        here = visitor.account.organization_id
        request, provider = await self._used(here, answer.state, browser, confirms=visitor.login_id)
        identity = await self._identity(provider, request, answer)
        entered = identity.authenticated_at
        if entered is None or entered < request.started_at - _CLOCKS_DIFFER:
            raise IdentityProviderFailed(IdentityProviderFault.NOT_SIGNED_IN_AGAIN)
        async with self.begin() as work:
            await _must_stand(work, provider)
            link = await work.identity_links.of_subject(here, identity.issuer, identity.subject)
            if link is None or link.account_id != visitor.account.id:
                raise IdentityRefused(RefusedIdentity.OTHER_PERSON, identity.email)
            await work.login_sessions.note_proof(visitor.login_session.proved(self.clock.now()))
            await record(work, self._event(EventKind.LOGIN_CONFIRMED, visitor.account))
            await work.commit()

    async def _used(
        self, organization_id: UUID, state_text: str | None, browser_text: str | None, *, confirms: bytes | None
    ) -> tuple[SignInRequest, IdentityProvider]:
        state, browser = Secret.read(state_text), Secret.read(browser_text)
        if state is None or browser is None or state.organization_id != organization_id:
            raise SignInNotStarted
        async with self.begin() as work:
            request = await work.sign_in_requests.to_use(organization_id, state.hash)
            if request is None:
                raise SignInNotStarted
            used = request.use(browser.hash, confirms, now=self.clock.now())
            provider = await work.identity_providers.find(organization_id)
            if provider is None or provider.issuer != request.issuer:
                raise SignInNotStarted
            await work.sign_in_requests.save(used)
            await work.commit()
        return used, provider

    async def _identity(self, provider: IdentityProvider, request: SignInRequest, answer: SignInAnswer) -> Identity:
        if answer.error or not answer.code:
            error = answer.error or ""
            raise SignInDeclined(error=error if _ERROR.fullmatch(error) else "no code")
        return await self.client.identity(
            provider,
            code=answer.code,
            issuer=answer.issuer,
            verifier=request.verifier,
            nonce_hash=request.nonce_hash,
        )

    async def _account(self, work: UnitOfWork, provider: IdentityProvider, identity: Identity) -> Account:
        here = provider.organization_id
        if link := await work.identity_links.of_subject(here, identity.issuer, identity.subject):
            return await _present(work, here, link.account_id, identity)
        provider.must_admit(identity)
        found = await work.people.person_by_email(identity.email)
        if found is None or found.organization_id != here:
            raise IdentityRefused(RefusedIdentity.NO_ACCOUNT, identity.email)
        account = await _present(work, here, found.id, identity)
        link = IdentityLink.make(here, account.id, identity, now=self.clock.now())
        if await work.identity_links.add(link):
            await record(work, self._event(EventKind.IDENTITY_LINKED, account))
            return account
        # Linked before, to somebody else there; or a moment ago by the same person in another browser.
        present = await work.identity_links.of_subject(here, identity.issuer, identity.subject)
        if present is None or present.account_id != account.id:
            raise IdentityRefused(RefusedIdentity.OTHER_PERSON, identity.email)
        return account

    def _event(self, kind: EventKind, account: Account) -> SecurityEvent:
        return SecurityEvent(kind, self.clock.now(), account.organization_id, account.id, account.id)


async def _must_stand(work: UnitOfWork, provider: IdentityProvider) -> None:
    """The practice may have changed or removed its provider during the call."""
    present = await work.identity_providers.find(provider.organization_id)
    if present is None or not present.same_client_as(provider):
        raise SignInNotStarted


async def _present(work: UnitOfWork, organization_id: UUID, account_id: UUID, identity: Identity) -> Account:
    """Locked, so that the account does not end at the same time."""
    account = await work.people.account_to_assign(organization_id, account_id)
    if account is None or account.ended:
        raise IdentityRefused(RefusedIdentity.NO_ACCOUNT, identity.email)
    return account
