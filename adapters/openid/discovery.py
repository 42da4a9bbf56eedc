"""Reads and checks the discovery document of an identity provider."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from adapters.openid.calls import NoAnswer, OpenIdCalls, UnusableAnswer
from adapters.openid.wire import Metadata
from domain.accounts.identity_provider import on_this_machine
from domain.errors import Invalid
from domain.ports.clock import Clock
from domain.rule import Rule

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
SECRET_METHODS = ("client_secret_basic", "client_secret_post")
KEPT = timedelta(minutes=10)
_MOST = 1000
MICROSOFT = "login.microsoftonline.com"


@dataclass(frozen=True, slots=True)
class _Kept:
    metadata: Metadata
    until: datetime


class Discovery:
    """Keeps documents for ten minutes. `local`: providers on this machine may be used, also without https."""

    def __init__(self, calls: OpenIdCalls, clock: Clock, *, local: bool) -> None:
        self._calls = calls
        self._clock = clock
        self._local = local
        self._kept: dict[str, _Kept] = {}

    async def metadata(self, issuer: str, *, anew: bool = False) -> Metadata:
        """Raises Invalid(issuer), NoAnswer, UnusableAnswer."""
        kept = self._kept.get(issuer)
        if kept and not anew and kept.until > self._clock.now():
            return kept.metadata
        if on_this_machine(issuer) and not self._local:
            raise Invalid("issuer", Rule.ISSUER_ON_LOOPBACK)
        found = await self._calls.read(document_address(issuer), Metadata)
        self._must_fit(issuer, found)
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[issuer] = _Kept(found, self._clock.now() + KEPT)
        return found

    async def checked(self, issuer: str) -> Metadata:
        """The same, with the wrong answers in words for the admin. Raises Invalid(issuer)."""
        address = document_address(issuer)
        try:
            return await self.metadata(issuer, anew=True)
        except NoAnswer as error:
            raise Invalid("issuer", Rule.ISSUER_NOT_RESPONDING, address=address) from error
        except UnusableAnswer as error:
            raise Invalid("issuer", Rule.ISSUER_NO_DOCUMENT, address=address) from error

    def _must_fit(self, issuer: str, found: Metadata) -> None:
        if found.issuer != issuer:
            raise Invalid("issuer", Rule.ISSUER_OTHER, found=found.issuer[:200])
        for endpoint in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
            if not self._safe(endpoint):
                raise Invalid("issuer", Rule.ISSUER_UNSAFE_ADDRESS, endpoint=endpoint[:200])
        if "code" not in found.response_types_supported:
            raise Invalid("issuer", Rule.ISSUER_NO_CODE_FLOW)
        # Microsoft's providers accept PKCE and do not say so in their documents.
        if "S256" not in found.code_challenge_methods_supported and urlsplit(issuer).hostname != MICROSOFT:
            raise Invalid("issuer", Rule.ISSUER_NO_PKCE)
        if not algorithms_of(found):
            raise Invalid("issuer", Rule.ISSUER_NO_SIGNATURE, accepted=list(ALGORITHMS))
        if not set(SECRET_METHODS) & set(found.token_endpoint_auth_methods_supported):
            raise Invalid("issuer", Rule.ISSUER_NO_CLIENT_SECRET)

    def _safe(self, address: str) -> bool:
        """An address that a browser or this server may be sent to."""
        try:
            parts = urlsplit(address)
            numbered = parts.port is None or parts.port > 0  # raises ValueError beyond the last port
            plain = (
                numbered
                and parts.username is None
                and not parts.fragment
                and address.isprintable()
                and " " not in address
            )
        except ValueError:
            return False
        if on_this_machine(address):
            return self._local and plain and parts.scheme in ("http", "https")
        return plain and parts.scheme == "https" and bool(parts.hostname)


def algorithms_of(metadata: Metadata) -> list[str]:
    return [one for one in ALGORITHMS if one in metadata.id_token_signing_alg_values_supported]


def document_address(issuer: str) -> str:
    """Source: OpenID Connect Discovery 1.0, section 4."""
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"
