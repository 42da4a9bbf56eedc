"""Refreshes a consultant's tokens once, under a lease, to the end even when no caller waits any more."""

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import timedelta

from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.outcome import Outcome
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
_FOR_THE_ANSWER = 5 / 6  # of the lease; the rest is for storing the tokens


@dataclass(frozen=True)
class RefreshTokens:
    """Rules:

    - The refresh waits for the response while the lease lasts: where tokens rotate, the response is their only copy.
    - After a lost response the refresh is repeated once with the same token, while there is time for it.
    - No transaction is open during the call. Both new tokens are committed before either is used. While the storage is
      unavailable, storing them is retried until the lease ends: the old ones are worthless.
    - Only the provider's final refusal ends the authorization, and only the one that it concerns. When it follows a
      lost response, the reason says so: that response may have replaced the old tokens.
    """

    begin: Begin
    providers: Providers
    clock: Clock
    lease_time: timedelta

    async def __call__(self, host: Host, token_set: TokenSet, lease: Lease, *, spent: bool) -> Refreshed:
        """Returns the stored new tokens, or why there are none; None when the authorization was replaced or ended
        meanwhile. `spent`: the access token is no longer usable."""
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
            raise AuthorizationRevoked(words=dead.words, answered=dead.answered, lost=True) from unheard

    async def _store_surely(self, host: Host, old: TokenSet, renewed: TokenSet) -> bool:
        for _ in range(int(self.lease_time.total_seconds() / _STORE_AGAIN)):
            with contextlib.suppress(StorageUnavailable):
                return await self._store(host, old, renewed)
            await asyncio.sleep(_STORE_AGAIN)
        return await self._store(host, old, renewed)

    async def _store(self, host: Host, old: TokenSet, renewed: TokenSet) -> bool:
        """False when the old token set is no longer the present one, which is then newer or about to end."""
        async with self.begin() as work:
            connection = await work.connections.to_change(host)
            if connection and connection.token_set == renewed:
                return True  # an earlier attempt stored it, and only the confirmation was lost
            if not (connection and connection.token_set and connection.token_set.access_token == old.access_token):
                return False
            await work.connections.save(connection.refreshed(renewed, now=self.clock.now()))
            await work.commit()
            return True

    async def _give_up(self, host: Host, lease: Lease, error: ProviderError, spent: bool) -> None:
        async with self.begin() as work:
            connection = await work.connections.to_change(host)
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
        """Records the provider's final refusal of this token set. None when another one has replaced it since. `lost`:
        a response that may have contained newer tokens was lost."""
        async with self.begin() as work:
            connection = await work.connections.to_change(host)
            if not (connection and connection.token_set and connection.token_set.access_token == access.token):
                return None
            ended = connection.refused(lost=lost)
            await work.connections.save(ended)
            now, who = self.clock.now(), host.consultant_id
            entry = AuditEntry(
                host.organization_id,
                who,
                now,
                Action.AUTHORIZATION_ENDED,
                provider=host.provider,
                host_id=who,
                outcome=Outcome.AUTHORIZATION_ENDED,
            )
            await work.audit_log.add(entry)
            await work.commit()
            return NeedsConsultant(reason=ended.why_unusable, answered=answered)
