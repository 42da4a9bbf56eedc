"""Calls in a consultant's name, with a token that is surely good, refreshed by exactly one of all who need it."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from uuid import uuid4

from domain.claim import Claim
from domain.connection import Connection
from domain.errors import ProviderError, StorageUnavailable
from domain.grant import Access, Grant
from domain.history import AUTHORIZATION_ENDED, Entry
from domain.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.provider_errors import AccessRejected, GrantDead, NeedsConsultant, Refused, TryLater
from domain.providers import Providers

Answer = TypeVar("Answer")

_LOOK_AGAIN = 0.05
_STORE_AGAIN = 0.2


@dataclass(frozen=True)
class FreshAccess:
    """Rules:

    - One refresher at a time per connection, over all processes, by a lease; the others wait and re-read.
    - No transaction is open while the provider is asked; both new tokens are committed before either is used.
    - New tokens that cannot be stored at once are kept for as long as the lease holds: the old ones are worthless.
    - A refresh whose answer was lost is repeated once at once. Only the provider's final word ends a connection.
    - A token that the provider rejects is refreshed once and the call repeated once; then consent is gone.
    """

    begin: Begin
    providers: Providers
    clock: Clock
    lease: timedelta = timedelta(seconds=45)
    patience: timedelta = timedelta(seconds=20)

    async def use(
        self,
        host: Host,
        call: Callable[[Access], Awaitable[Answer]],
        *,
        removing: bool = False,
        known: Connection | None = None,
    ) -> Answer:
        """`removing` also takes a connection that is on its way out; `known` is the host's connection, when it was
        read a moment ago. Raises the provider errors of the call."""
        access = await self._access(host, removing=removing, known=known)
        try:
            return await call(access)
        except AccessRejected:
            access = await self._access(host, removing=removing, rejected=access)
        try:
            return await call(access)
        except AccessRejected as error:
            if not await self._bury(host, access, "consent_gone"):
                raise TryLater(reason="provider_down", answered="connected again meanwhile") from error
            raise NeedsConsultant(reason="consent_gone", answered=error.answered) from error

    async def renew(self, host: Host) -> None:
        """Refreshes although it is not yet time, so that an idle authorization does not lapse."""
        connection = await self._find(host)
        if connection and connection.grant:
            await self._access(host, removing=False, rejected=Access(connection.grant.access_token))

    async def _find(self, host: Host) -> Connection | None:
        async with self.begin() as work:
            return await work.connections.find(host.organization_id, host.consultant_id, host.provider)

    async def _access(
        self, host: Host, *, removing: bool, rejected: Access | None = None, known: Connection | None = None
    ) -> Access:
        connection = known or await self._find(host)
        grant = _grant_of(connection, removing)
        if self._good(grant, rejected):
            return _access_by(connection, grant)
        return await self._refreshed(host, removing, rejected)

    def _good(self, grant: Grant, rejected: Access | None) -> bool:
        return grant.fresh(self.clock.now()) and not (rejected and rejected.token == grant.access_token)

    async def _refreshed(self, host: Host, removing: bool, rejected: Access | None) -> Access:
        tries = int(self.patience.total_seconds() / _LOOK_AGAIN)
        for _ in range(tries):
            async with self.begin() as work:
                connection = await _to_change(work, host)
                grant = _grant_of(connection, removing)
                if self._good(grant, rejected):
                    return _access_by(connection, grant)
                now = self.clock.now()
                if connection and not (connection.claim and connection.claim.holds(now)):
                    claim = Claim(uuid4(), now + self.lease)
                    await work.connections.save(connection.claimed(claim))
                    await work.commit()
                    break
            if rejected is None and grant.alive(now):
                return _access_by(connection, grant)
            await asyncio.sleep(_LOOK_AGAIN)
        else:
            raise TryLater(reason="provider_down", answered="another process is still refreshing")
        renewed = await self._refresh(host, grant, claim, rejected, connection.account_key)
        # Somebody replaced or ended the authorization meanwhile: what stands now counts.
        return renewed or await self._access(host, removing=removing, rejected=rejected)

    async def _refresh(
        self, host: Host, grant: Grant, claim: Claim, rejected: Access | None, account: str
    ) -> Access | None:
        try:
            renewed = await self._ask(host, grant)
        except GrantDead as error:
            if not await self._bury(host, Access(grant.access_token), "consent_gone"):
                return None
            raise NeedsConsultant(reason="consent_gone", answered=error.answered) from error
        except ProviderError as error:
            await self._give_up(host, claim, error.reason)
            if rejected is None and grant.alive(self.clock.now()):
                return Access(grant.access_token, account)
            if isinstance(error, Refused):  # of a word that does not end it: the call itself was never refused
                raise TryLater(reason="provider_down", answered=error.answered) from error
            raise
        return Access(renewed.access_token, account) if await self._store_surely(host, grant, renewed) else None

    async def _ask(self, host: Host, grant: Grant) -> Grant:
        consent = self.providers.serving(host.provider).consent
        try:
            return await consent.refresh(grant)
        except TryLater as error:
            if not error.unheard:
                raise
        return await consent.refresh(grant)

    async def _store_surely(self, host: Host, old: Grant, renewed: Grant) -> bool:
        for _ in range(int(self.lease.total_seconds() / _STORE_AGAIN)):
            with contextlib.suppress(StorageUnavailable):
                return await self._store(host, old, renewed)
            await asyncio.sleep(_STORE_AGAIN)
        return await self._store(host, old, renewed)

    async def _store(self, host: Host, old: Grant, renewed: Grant) -> bool:
        """False when the old grant is not the present one any more: then what is there is newer, or meant to end."""
        async with self.begin() as work:
            connection = await _to_change(work, host)
            if connection and connection.grant == renewed:
                return True  # it was stored, and only the confirmation was lost
            if not (connection and connection.grant and connection.grant.access_token == old.access_token):
                return False
            await work.connections.save(connection.refreshed(renewed, now=self.clock.now()))
            await work.commit()
            return True

    async def _give_up(self, host: Host, claim: Claim, trouble: str) -> None:
        async with self.begin() as work:
            connection = await _to_change(work, host)
            if connection and connection.claim and connection.claim.token == claim.token:
                await work.connections.save(connection.ailing(trouble))
                await work.commit()

    async def _bury(self, host: Host, access: Access, trouble: str) -> bool:
        """The provider's final word on this grant; False when another one has come since."""
        async with self.begin() as work:
            connection = await _to_change(work, host)
            if not (connection and connection.grant and connection.grant.access_token == access.token):
                return False
            await work.connections.save(connection.died(trouble))
            now, who = self.clock.now(), host.consultant_id
            entry = Entry(host.organization_id, who, now, AUTHORIZATION_ENDED, provider=host.provider, host_id=who)
            await work.histories.add(entry)
            await work.commit()
            return True


async def _to_change(work: UnitOfWork, host: Host) -> Connection | None:
    return await work.connections.to_change(host.organization_id, host.consultant_id, host.provider)


def _access_by(connection: Connection | None, grant: Grant) -> Access:
    return Access(grant.access_token, connection.account_key if connection else "")


def _grant_of(connection: Connection | None, removing: bool) -> Grant:
    if connection is None or connection.grant is None:
        reason = "consent_gone" if connection else "not_connected"
        raise NeedsConsultant(reason=reason)
    if not (connection.usable or (removing and connection.usable_for_removal)):
        raise NeedsConsultant(reason="not_connected")
    return connection.grant
