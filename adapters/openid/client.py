"""Sign-ins at identity providers: authorization code flow with PKCE, and a confidential client."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

import httpx

from adapters.openid.calls import TOTAL_SECONDS, NoAnswer, OpenIdCalls, UnusableAnswer, decoded
from adapters.openid.discovery import Discovery, algorithms_of
from adapters.openid.id_token import GOOGLE, NotValid, identity_of, key_id, verified
from adapters.openid.signing_keys import SigningKeys
from adapters.openid.wire import Metadata, TokenError, Tokens
from domain.accounts.identity import Identity
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.sign_on_errors import IdentityProviderFailed, IdentityProviderFault
from domain.errors import Invalid
from domain.ports.clock import Clock
from domain.ports.identity import OpenIdClient
from domain.rule import Rule

# Providers that follow the letter of the standard leave the address out of ID tokens unless it is requested there.
_CLAIMS = '{"id_token":{"email":null,"email_verified":null,"auth_time":null}}'
_CLIENT_ERRORS = ("invalid_client", "unauthorized_client")


class HttpOpenIdClient(OpenIdClient):
    """`redirect_address` is that of a practice: each has its own, so that an answer meant for another provider is
    recognized (RFC 9700, 4.4.2). `local`: whether providers on this machine may be used."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        clock: Clock,
        redirect_address: Callable[[UUID], str],
        *,
        local: bool,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._calls = OpenIdCalls(http, total_seconds)
        self._clock = clock
        self._redirect_address = redirect_address
        self._discovery = Discovery(self._calls, clock, local=local)
        self._keys = SigningKeys(self._calls, clock)

    async def check(self, issuer: str) -> None:
        metadata = await self._discovery.checked(issuer)
        try:
            await self._keys.read(metadata.jwks_uri)
        except NoAnswer as error:
            raise Invalid("issuer", Rule.ISSUER_NOT_RESPONDING, address=metadata.jwks_uri[:200]) from error
        except UnusableAnswer as error:
            raise Invalid("issuer", Rule.ISSUER_NO_DOCUMENT, address=metadata.jwks_uri[:200]) from error

    async def sign_in_address(
        self, provider: IdentityProvider, *, state: str, nonce: str, verifier: str, again: bool
    ) -> str:
        with _failures():
            metadata = await self._discovery.metadata(provider.issuer)
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": self._redirect_address(provider.organization_id),
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if metadata.claims_parameter_supported:
            query["claims"] = _CLAIMS
        if again:
            # Google refuses the prompt "login", and lets a person choose among accounts.
            query |= {"prompt": "select_account" if provider.issuer == GOOGLE else "login", "max_age": "0"}
        begun = "&" if urlsplit(metadata.authorization_endpoint).query else "?"
        return f"{metadata.authorization_endpoint}{begun}{urlencode(query)}"

    async def identity(
        self, provider: IdentityProvider, *, code: str, issuer: str | None, verifier: str, nonce_hash: bytes
    ) -> Identity:
        with _failures():
            metadata = await self._discovery.metadata(provider.issuer)
            named = issuer is not None or metadata.authorization_response_iss_parameter_supported
            if named and issuer != provider.issuer:
                raise IdentityProviderFailed(IdentityProviderFault.OTHER_ISSUER)
            token = await self._exchanged(provider, metadata, code, verifier)
            keys = await self._keys.of(metadata.jwks_uri, key_id(token))
            return identity_of(
                verified(token, keys, algorithms_of(metadata)),
                issuer=provider.issuer,
                client_id=provider.client_id,
                nonce_hash=nonce_hash,
                now=self._clock.now(),
            )

    async def _exchanged(self, provider: IdentityProvider, metadata: Metadata, code: str, verifier: str) -> str:
        if provider.client_secret is None:
            raise IdentityProviderFailed(IdentityProviderFault.CLIENT_REFUSED)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_address(provider.organization_id),
            "code_verifier": verifier,
        }
        headers: dict[str, str] = {}
        if "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
            headers["authorization"] = _basic(provider.client_id, provider.client_secret)
        else:
            form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
        status, content = await self._calls.post(metadata.token_endpoint, form, headers)
        if status == 200:
            return decoded(content, Tokens).id_token
        error = decoded(content, TokenError).error
        refused = status == 401 or error in _CLIENT_ERRORS
        fault = IdentityProviderFault.CLIENT_REFUSED if refused else IdentityProviderFault.CODE_REFUSED
        raise IdentityProviderFailed(fault)


def _basic(client_id: str, secret: str) -> str:
    """Source: RFC 6749, 2.3.1: both are encoded as in a form first."""
    pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return f"Basic {b64encode(pair.encode()).decode()}"


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except NoAnswer as error:
        raise IdentityProviderFailed(IdentityProviderFault.NOT_RESPONDING) from error
    except UnusableAnswer as error:
        raise IdentityProviderFailed(IdentityProviderFault.UNUSABLE_ANSWER) from error
    except NotValid as error:
        raise IdentityProviderFailed(IdentityProviderFault.TOKEN_NOT_VALID) from error
    except Invalid as error:
        raise IdentityProviderFailed(IdentityProviderFault.UNFIT) from error
