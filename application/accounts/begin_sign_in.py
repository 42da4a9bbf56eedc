"""Begins a sign-in at the practice's identity provider."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from application.accounts.log_in import Visitor
from application.accounts.sign_in_throttle import SignInThrottle
from application.secret import Secret
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.organization import Organization
from domain.accounts.sign_in_request import SignInRequest
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.identity import OpenIdClient
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True, slots=True)
class ToProvider:
    """Where the browser goes, and the token that its cookie keeps until it comes back."""

    address: str
    browser: Secret


@dataclass(frozen=True)
class BeginSignIn:
    """Rules:

    - A practice without an identity provider gets the same response as one that does not exist.
    - State, nonce and the verifier of PKCE are new for each sign-in, work once, and end after ten minutes. The answer
      counts only in the browser in which the sign-in began.
    - A network may start 60 sign-ins at once, and then one every ten seconds; completed ones do not count.
    """

    begin: Begin
    client: OpenIdClient
    throttle: SignInThrottle
    clock: Clock

    async def look(self, organization_id: UUID) -> Organization:
        """The practice of a sign-in link. Raises NotFound."""
        async with self.begin() as work:
            practice = await work.people.organization(organization_id)
            provider = await work.identity_providers.find(organization_id)
        if practice is None or provider is None:
            raise NotFound(ObjectKind.PRACTICE)
        return practice

    async def __call__(
        self, organization_id: UUID, browser: str | None, network: str, *, anew: bool = False
    ) -> ToProvider:
        """`anew`: the provider asks for credentials, so that another person than before can sign in there. Raises
        NotFound, TooManySignIns, IdentityProviderFailed."""
        await self.throttle.count(network)
        return await self._begin(organization_id, browser, confirms=None, anew=anew)

    async def again(self, visitor: Visitor, browser: str | None, network: str) -> ToProvider:
        """A signed-in person proves again who they are. Raises as a sign-in does."""
        await self.throttle.count(network)
        return await self._begin(visitor.account.organization_id, browser, confirms=visitor.login_id, anew=True)

    async def _begin(
        self, organization_id: UUID, browser: str | None, confirms: bytes | None, *, anew: bool
    ) -> ToProvider:
        provider = await self._provider(organization_id)
        state, nonce, verifier = Secret.fresh(organization_id), secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        # A browser that begins in two tabs keeps its token, so that both can end.
        ours = Secret.read(browser) or Secret.fresh(organization_id)
        address = await self.client.sign_in_address(
            provider, state=state.text, nonce=nonce, verifier=verifier, again=anew
        )
        request = SignInRequest(
            organization_id,
            state.hash,
            ours.hash,
            hashlib.sha256(nonce.encode()).digest(),
            verifier,
            provider.issuer,
            self.clock.now(),
            confirms,
        )
        async with self.begin() as work:
            await work.sign_in_requests.add(request)
            await work.commit()
        return ToProvider(address, ours)

    async def _provider(self, organization_id: UUID) -> IdentityProvider:
        async with self.begin() as work:
            provider = await work.identity_providers.find(organization_id)
        if provider is None:
            raise NotFound(ObjectKind.PRACTICE)
        return provider
