"""Passes on the tokens of an authorization that could not be bound, because they have ended the earlier ones."""

import contextlib
import logging
from dataclasses import dataclass

from application.connection.exchange_code import Consented, takes
from domain.connection.token_set import AccessToken, TokenSet
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.provider import Provider
from domain.provider_errors import TryLater

_log = logging.getLogger("calendra.connections")


@dataclass(frozen=True)
class PassOnTokens:
    """Rules:

    - A new authorization by the same provider user invalidates the earlier tokens, so the connection that had those
      gets the new ones. Without such a connection the new ones are revoked.
    - Tokens that the provider no longer accepts are not passed on: a newer authorization has ended them.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, provider: Provider, new: Consented) -> None:
        """Gives the tokens to the connection that already has this provider user; without one, revokes them.

        A token set without the needed permissions can only end the authorization, and the earlier token set is invalid
        by now.
        """
        with contextlib.suppress(TryLater):  # without an answer these tokens count as the newest
            if not await takes(provider, new.token_set):
                return  # a newer authorization ended it
        async with self.begin() as work:
            holder = await work.connections.of_provider_user(provider.name, new.account.user_id)
            if holder and holder.token_set:
                enough = not provider.missing_scopes(new.token_set.scopes)
                now = self.clock.now()
                await work.connections.save(
                    holder.refreshed(new.token_set, now=now)
                    if enough
                    else holder.lacking(FailureReason.SCOPE_MISSING, new.token_set)
                )
                await work.commit()
                return
        await self._give_back(provider, new.token_set)

    async def _give_back(self, provider: Provider, token_set: TokenSet) -> None:
        try:
            await provider.oauth.revoke(AccessToken(token_set.access_token))
        except ProviderError:
            _log.warning("an unused authorization could not be revoked; it lapses by itself")
