"""Exchanges the code of an authorization for tokens, and asks the provider whose they are."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from domain.connection.connection import Connection, ProviderAccount
from domain.connection.token_set import AccessToken, TokenSet
from domain.ports.clock import Clock
from domain.provider import Provider
from domain.provider_errors import AccessRejected, TryLater

PAUSES = (0.2, 0.5, 1.0)  # seconds


@dataclass(frozen=True, slots=True)
class Consented:
    """The result of an authorization. `before` is the consultant's connection when the tokens were requested."""

    token_set: TokenSet
    account: ProviderAccount
    asked_at: datetime
    before: Connection | None


async def exchanged(provider: Provider, code: str, verifier: str, before: Connection | None, clock: Clock) -> Consented:
    """Raises the provider's errors."""
    asked_at = clock.now()
    token_set = await provider.oauth.exchange(code, verifier)
    return Consented(token_set, await current_user_of(provider, token_set), asked_at, before)


async def current_user_of(provider: Provider, token_set: TokenSet) -> ProviderAccount:
    """Retries without an answer: giving up would lose an authorization that has already ended the earlier one."""
    for pause in PAUSES:
        try:
            return await provider.oauth.current_user(AccessToken(token_set.access_token))
        except TryLater:
            await asyncio.sleep(pause)
    return await provider.oauth.current_user(AccessToken(token_set.access_token))


async def takes(provider: Provider, token_set: TokenSet) -> bool:
    """Whether the provider still accepts these tokens. Raises its other errors."""
    try:
        await current_user_of(provider, token_set)
    except AccessRejected:
        return False
    return True
