"""OAuth client for a consultant's authorization at Zoom: OAuth 2 with PKCE and our client secret."""

from base64 import b64encode, urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlencode

from adapters.zoom.answer import Answer, Call
from adapters.zoom.api_failures import api_failure
from adapters.zoom.calls import ZoomCalls
from adapters.zoom.failures import rejected
from adapters.zoom.oauth_failures import oauth_failure
from adapters.zoom.settings import ZoomSettings
from adapters.zoom.wire import Revoked, Tokens, User
from domain.connection.connection import ProviderAccount
from domain.connection.token_set import AccessToken, TokenSet
from domain.errors import ProviderError
from domain.ports.clock import Clock
from domain.ports.meeting_provider import OAuthClient
from domain.provider_errors import AuthorizationRevoked, NeedsConsultant, TryLater

LONGEST_ON_BASIC = timedelta(minutes=40)  # also with two participants: Zoom's article KB0067966
_PLANS = {1: "basic", 2: "licensed", 4: "unassigned"}


class ZoomOAuthClient(OAuthClient):
    """Source: developers.zoom.us, OAuth for user-managed apps."""

    def __init__(self, settings: ZoomSettings, redirect_address: str, calls: ZoomCalls, clock: Clock) -> None:
        self._settings = settings
        self._redirect_address = redirect_address
        self._calls = calls
        self._clock = clock

    def authorize_address(self, state: str, verifier: str) -> str:
        """Omits `scope`: Zoom uses the app's own list, and has rejected the parameter as invalid."""
        question = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._redirect_address,
            "state": state,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        return f"{self._settings.authorize_address}?{urlencode(question)}"

    async def exchange(self, code: str, verifier: str) -> TokenSet:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_address,
            "code_verifier": verifier,
        }
        return await self._token_set("exchange", form)

    async def refresh(self, token_set: TokenSet, *, within: timedelta | None = None) -> TokenSet:
        form = {"grant_type": "refresh_token", "refresh_token": token_set.refresh_token}
        return await self._token_set("refresh", form, within)

    async def revoke(self, access: AccessToken) -> None:
        """An access token that Zoom rejects may have expired while the authorization lives on. A caller with the
        refresh token can find out."""
        answer = await self._calls.send(self._post("revoke", {"token": access.token}))
        if answer.good:
            answer.read(Revoked)
            return
        failure = oauth_failure(answer, self._clock.now())
        raise rejected(answer) if _token_ended(answer, failure) else failure

    async def current_user(self, access: AccessToken) -> ProviderAccount:
        headers = {"authorization": f"Bearer {access.token}"}
        answer = await self._calls.send(Call("current_user", "GET", f"{self._settings.api_address}/users/me", headers))
        if not answer.good:
            raise api_failure(answer, self._clock.now())
        user = answer.read(User)
        name = user.display_name or f"{user.first_name or ''} {user.last_name or ''}".strip() or user.email
        plan = _PLANS.get(user.type or 0, f"type {user.type}" if user.type else "unknown")
        longest = LONGEST_ON_BASIC if plan == "basic" else None
        return ProviderAccount(user.id, user.account_id, user.email, name, plan, longest)

    async def _token_set(self, operation: str, form: dict[str, str], within: timedelta | None = None) -> TokenSet:
        asked_at = self._clock.now()
        call = replace(self._post(operation, form), answer_within=within.total_seconds() if within else 0)
        answer = await self._calls.send(call)
        if not answer.good:
            raise oauth_failure(answer, self._clock.now())
        tokens = answer.read(Tokens)
        ends_at = asked_at + timedelta(seconds=tokens.expires_in)
        return TokenSet(tokens.access_token, tokens.refresh_token, ends_at, frozenset(tokens.scope.split()))

    def _post(self, operation: str, form: dict[str, str]) -> Call:
        """Sends the form as the body: Zoom rejects tokens in a URL, which servers on the way would log."""
        pair = f"{self._settings.client_id}:{self._settings.client_secret}"
        headers = {
            "authorization": f"Basic {b64encode(pair.encode()).decode()}",
            "content-type": "application/x-www-form-urlencoded",
        }
        address = f"{self._settings.oauth_address}/{'revoke' if operation == 'revoke' else 'token'}"
        return Call(operation, "POST", address, headers, urlencode(form).encode(), effect=True)


def _token_ended(answer: Answer, failure: ProviderError) -> bool:
    if isinstance(failure, NeedsConsultant | TryLater):
        return False
    word = answer.problem.error if answer.problem else None
    return isinstance(failure, AuthorizationRevoked) or answer.code == 124 or word == "invalid_token"


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
