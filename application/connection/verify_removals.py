"""Verifies unverified removals with the provider, in the worker."""

import asyncio
from dataclasses import dataclass

from application.access_tokens import AccessTokens
from application.connection.apply_deauthorization import ApplyDeauthorization
from domain.connection.connection import Connection
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.provider_errors import NeedsConsultant
from domain.providers import Providers
from domain.webhook_event import Deauthorized

MOST_AT_ONCE = 20


@dataclass(frozen=True)
class VerifyRemovals:
    """Rules:

    - Only an authorization that the provider no longer accepts proves a removal.
    - A connection is verified at most once a minute, across all processes and restarts. When the provider is down, or
      the worker dies during the call, another verification follows then.
    - A call that fails or is slow does not delay the others.
    """

    begin: Begin
    providers: Providers
    access_tokens: AccessTokens
    apply: ApplyDeauthorization
    clock: Clock

    async def __call__(self) -> int:
        """Returns how many removals were verified and applied."""
        async with self.begin() as work:
            reported = await work.connections.with_unverified_removals(now=self.clock.now(), most=MOST_AT_ONCE)
        results = await asyncio.gather(*(self._verified(one.host) for one in reported), return_exceptions=True)
        for failure in (one for one in results if isinstance(one, BaseException)):
            raise failure
        return results.count(True)

    async def _verified(self, host: Host) -> bool:
        asked = await self._leased(host)
        gone = await self._gone(host) if asked else None
        return await self._concluded(host, asked, gone=gone) if asked and gone is not None else False

    async def _leased(self, host: Host) -> Connection | None:
        now = self.clock.now()
        async with self.begin() as work:
            found = await work.connections.to_change(host)
            if found is None or not found.unverified_removal.due(now):
                return None  # another worker verifies it
            await work.connections.save(found.with_unverified_removal(found.unverified_removal.asking(now)))
            await work.commit()
            return found

    async def _gone(self, host: Host) -> bool | None:
        """None when the provider's answer does not decide it."""
        try:
            await self.access_tokens.use(host, self.providers.serving(host.provider).oauth.current_user)
        except NeedsConsultant as error:
            return None if error.reason is FailureReason.TOKENS_UNREADABLE else error.ended
        except ProviderError:
            return None
        return False

    async def _concluded(self, host: Host, asked: Connection, *, gone: bool) -> bool:
        """A consultant who connected again meanwhile stays connected: the reported removal is older."""
        async with self.begin() as work:
            found = await work.connections.to_change(host)
            if found and not gone:
                await work.connections.save(
                    found.with_unverified_removal(found.unverified_removal.answered(asked.unverified_removal))
                )
            ended = gone and await self.apply(work, host.provider, _removal(asked))
            await work.commit()
            return ended


def _removal(asked: Connection) -> Deauthorized:
    account = asked.account
    return Deauthorized(account.user_id, account.account_id, asked.unverified_removal.since or asked.connected_at)
