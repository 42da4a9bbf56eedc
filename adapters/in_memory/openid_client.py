"""Identity providers in memory: every person signs in at any of them."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from domain.accounts.identity import Identity
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.sign_on_errors import IdentityProviderFailed, IdentityProviderFault
from domain.errors import Invalid
from domain.ports.clock import Clock
from domain.ports.identity import OpenIdClient
from domain.rule import Rule


@dataclass(frozen=True, slots=True)
class _Code:
    client_id: str
    nonce_hash: bytes
    challenge: str
    identity: Identity


class InMemoryOpenIdClient(OpenIdClient):
    """`fault`: what every call meets, None when all is well. `unfit`: issuers that cannot be used, with the rule."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, _Code] = {}
        self.fault: IdentityProviderFault | None = None
        self.unfit: dict[str, Rule] = {}

    async def check(self, issuer: str) -> None:
        if rule := self.unfit.get(issuer):
            raise Invalid("issuer", rule)

    async def sign_in_address(
        self, provider: IdentityProvider, *, state: str, nonce: str, verifier: str, again: bool
    ) -> str:
        self._must_work()
        query = {
            "client_id": provider.client_id,
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "again": str(again),
        }
        return f"{provider.issuer}/authorize?{urlencode(query)}"

    def sign_in(
        self, address: str, subject: str, email: str = "", *, email_proven: bool = True, remembered: bool = False
    ) -> dict[str, str]:
        """A person signs in at a sign-in address. Returns the parameters of the answer. `remembered`: they were signed
        in there before, and entered no credentials, even if they were asked to."""
        issuer = address.partition("/authorize?")[0]
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        entered = None if remembered else self._clock.now()
        identity = Identity(issuer, subject, email, email_proven, entered)
        code = secrets.token_urlsafe(16)
        nonce_hash = hashlib.sha256(query["nonce"].encode()).digest()
        self._codes[code] = _Code(query["client_id"], nonce_hash, query["code_challenge"], identity)
        return {"state": query["state"], "code": code, "iss": issuer}

    async def identity(
        self, provider: IdentityProvider, *, code: str, issuer: str | None, verifier: str, nonce_hash: bytes
    ) -> Identity:
        self._must_work()
        if issuer != provider.issuer:
            raise IdentityProviderFailed(IdentityProviderFault.OTHER_ISSUER)
        found = self._codes.pop(code, None)
        if (
            found is None
            or found.identity.issuer != provider.issuer
            or not hmac.compare_digest(found.challenge, _challenge(verifier))
        ):
            raise IdentityProviderFailed(IdentityProviderFault.CODE_REFUSED)
        if found.client_id != provider.client_id or not hmac.compare_digest(found.nonce_hash, nonce_hash):
            raise IdentityProviderFailed(IdentityProviderFault.TOKEN_NOT_VALID)
        return found.identity

    def _must_work(self) -> None:
        if self.fault:
            raise IdentityProviderFailed(self.fault)


def _challenge(verifier: str) -> str:
    return hashlib.sha256(verifier.encode()).hexdigest()
