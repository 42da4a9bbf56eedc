"""One refresh of a consultant's tokens, under a lease, heard to its end whoever waits for it."""

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import timedelta

from domain.audit_log import AUTHORIZATION_ENDED, AuditEntry
from domain.connection.token_set import AccessToken, TokenSet
from domain.errors import ProviderError, StorageUnavailable
from domain.lease import Lease
from domain.meeting.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.provider_errors import AuthorizationRevoked, NeedsConsultant, TryLater
from domain.providers import Providers

Refreshed = TokenSet | ProviderError | None

_STORE_AGAIN = 0.2
_FOR_THE_ANSWER = 5 / 6  # of the lease; the rest is for storing what came


@dataclass(frozen=True)
class RefreshTokens:
    """Rules:

    - The provider is listened to for as long as the lease holds: where tokens rotate, the answer is their only copy.
    - An answer that was lost earlier is asked for once more, with the same token, while there is time for it.
    - No transaction is open meanwhile. Both new tokens are committed before either is used, and kept for as long as
      the lease holds when they cannot be stored at once: the old ones are worthless.
    - Only the provider's final word ends the authorization, and only the one that it is about. When it follows an
      answer that did not arrive, that is the reason given: the provider may have used up the old tokens with it.
    """

    begin: Begin
    providers: Providers
    clock: Clock
    lease_time: timedelta

    async def __call__(self, host: Host, token_set: TokenSet, lease: Lease, *, spent: bool) -> Refreshed:
        """The new tokens, stored, or why there are none; None when the authorization was replaced or ended meanwhile.
        `spent`: the access token is of no use any more."""
        try:
            renewed = await self._ask(host, token_set, lease)
        except AuthorizationRevoked as error:
            return await self.end(host, AccessToken(token_set.access_token), error.answered, lost=error.lost)
        except ProviderError as error:
            await self._give_up(host, lease, error, spent)
            return error
        return renewed if await self._store_surely(host, token_set, renewed) else None

    async def _ask(self, host: Host, token_set: TokenSet, lease: Lease) -> TokenSet:
        consent = self.providers.serving(host.provider).oauth
        loop = asyncio.get_running_loop()
        until = loop.time() + (lease.until - self.clock.now()).total_seconds() * _FOR_THE_ANSWER
        try:
            return await consent.refresh(token_set, within=timedelta(seconds=until - loop.time()))
        except TryLater as error:
            if not error.unheard or loop.time() >= until:
                raise
            unheard = error
        try:
            return await consent.refresh(token_set, within=timedelta(seconds=until - loop.time()))
        except AuthorizationRevoked as dead:
            raise AuthorizationRevoked(reason=dead.reason, answered=dead.answered, lost=True) from unheard

    async def _store_surely(self, host: Host, old: TokenSet, renewed: TokenSet) -> bool:
        for _ in range(int(self.lease_time.total_seconds() / _STORE_AGAIN)):
            with contextlib.suppress(StorageUnavailable):
                return await self._store(host, old, renewed)
            await asyncio.sleep(_STORE_AGAIN)
        return await self._store(host, old, renewed)

    async def _store(self, host: Host, old: TokenSet, renewed: TokenSet) -> bool:
        """False when the old grant is not the present one any more: then what is there is newer, or meant to end."""
        async with self.begin() as work:
            connection = await work.connections.to_change(host.organization_id, host.consultant_id, host.provider)
            if connection and connection.token_set == renewed:
                return True  # it was stored, and only the confirmation was lost
            if not (connection and connection.token_set and connection.token_set.access_token == old.access_token):
                return False
            await work.connections.save(connection.refreshed(renewed, now=self.clock.now()))
            await work.commit()
            return True

    async def _give_up(self, host: Host, lease: Lease, error: ProviderError, spent: bool) -> None:
        async with self.begin() as work:
            connection = await work.connections.to_change(host.organization_id, host.consultant_id, host.provider)
            if connection and connection.lease and connection.lease.token == lease.token:
                over = spent and isinstance(error, NeedsConsultant)
                unheard = isinstance(error, TryLater) and error.unheard
                await work.connections.save(
                    connection.lacking(error.reason)
                    if over
                    else connection.refresh_failed(error.reason, unheard=unheard)
                )
                await work.commit()

    async def end(
        self, host: Host, access: AccessToken, answered: str, *, lost: bool = False
    ) -> NeedsConsultant | None:
        """The provider's final word on this grant; None when another one has come since. `lost`: an answer that may
        have held newer tokens did not arrive."""
        async with self.begin() as work:
            connection = await work.connections.to_change(host.organization_id, host.consultant_id, host.provider)
            if not (connection and connection.token_set and connection.token_set.access_token == access.token):
                return None
            ended = connection.refused(lost=lost)
            await work.connections.save(ended)
            now, who = self.clock.now(), host.consultant_id
            entry = AuditEntry(host.organization_id, who, now, AUTHORIZATION_ENDED, provider=host.provider, host_id=who)
            await work.audit_log.add(entry)
            await work.commit()
            return NeedsConsultant(reason=ended.refresh_failure, answered=answered)
