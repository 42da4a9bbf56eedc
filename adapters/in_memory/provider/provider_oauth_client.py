"""OAuth client of a meeting provider in memory: each code works once, refresh tokens rotate."""

import asyncio
import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlencode

from adapters.in_memory.provider.provider_world import PROFILE, ProviderWorld
from domain.connection.connection import ProviderAccount
from domain.connection.token_set import AccessToken, TokenSet
from domain.failure_reason import FailureReason
from domain.ports.meeting_provider import OAuthClient
from domain.provider_errors import AuthorizationRevoked, TryLater


class InMemoryOAuthClient(OAuthClient):
    def __init__(self, world: ProviderWorld) -> None:
        self._world = world

    def authorize_address(self, state: str, verifier: str) -> str:
        question = {"state": state, "code_challenge": _challenge(verifier), "code_challenge_method": "S256"}
        return f"https://{self._world.name}.example/authorize?{urlencode(question)}"

    async def exchange(self, code: str, verifier: str) -> TokenSet:
        return await self._world.faults.during("exchange", lambda: self._exchange(code, verifier))

    async def refresh(self, token_set: TokenSet, *, within: timedelta | None = None) -> TokenSet:
        try:
            async with asyncio.timeout(within.total_seconds() if within else None):
                return await self._world.faults.during("refresh", lambda: self._refresh(token_set))
        except TimeoutError as error:
            raise TryLater(reason=FailureReason.PROVIDER_DOWN, unheard=True, answered="no answer") from error

    async def revoke(self, access: AccessToken) -> None:
        await self._world.faults.during("revoke", lambda: self._revoke(access))

    async def current_user(self, access: AccessToken) -> ProviderAccount:
        return await self._world.faults.during("current_user", lambda: self._who(access))

    def _exchange(self, code: str, verifier: str) -> TokenSet:
        consented = self._world.codes.pop(code, None)
        if consented is None or not hmac.compare_digest(consented.challenge, _challenge(verifier)):
            raise AuthorizationRevoked(words="The code is not valid", answered="400")
        self._world.calls.append(("exchange", consented.user_id))
        return self._world.issue(consented.user_id, consented.scopes)

    def _refresh(self, token_set: TokenSet) -> TokenSet:
        user_id = self._world.owner(token_set.refresh_token)
        self._world.calls.append(("refresh", user_id or ""))
        if user_id is None:
            raise AuthorizationRevoked(words="The refresh token is not valid", answered="400")
        return self._world.issue(user_id, self._world.token_sets[user_id].scopes)

    def _revoke(self, access: AccessToken) -> None:
        self._world.calls.append(("revoke", self._world.owner(access.token) or ""))
        self._world.remove_app(self._world.bearer(access))

    def _who(self, access: AccessToken) -> ProviderAccount:
        user_id = self._world.admit(access, PROFILE)
        self._world.calls.append(("current_user", user_id))
        return self._world.people[user_id]


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
