"""Access tokens for calls as a consultant, refreshed by exactly one process of all that need them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

from application.connection.refresh_tokens import Refreshed, RefreshTokens
from domain.connection.connection import Connection
from domain.connection.token_set import AccessToken, TokenSet
from domain.errors import ProviderError, StorageUnavailable
from domain.failure_reason import FailureReason
from domain.lease import Lease
from domain.meeting.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.provider_errors import AccessRejected, NeedsConsultant, Refused, TryLater
from domain.providers import Providers

Answer = TypeVar("Answer")

_LOOK_AGAIN = 0.05

_log = logging.getLogger("calendra.connections")


@dataclass(frozen=True)
class AccessTokens:
    """Rules:

    - One process at a time refreshes the tokens of a connection, under a lease; the others wait and read them again.
    - A caller waits for `patience` at most. The refresh goes on without the caller, and its tokens are stored.
    - After a rejected token, one refresh and one repeated call follow; a second rejection ends the authorization.
    """

    begin: Begin
    providers: Providers
    clock: Clock
    lease_time: timedelta = timedelta(seconds=45)
    patience: timedelta = timedelta(seconds=20)
    running: set[asyncio.Task[Refreshed]] = field(default_factory=set, init=False, repr=False, compare=False)

    async def use(
        self,
        host: Host,
        call: Callable[[AccessToken], Awaitable[Answer]],
        *,
        removing: bool = False,
        known: Connection | None = None,
    ) -> Answer:
        """`removing` also accepts a connection that is being disconnected; `known` is the host's connection, when it
        was just read. Raises the provider errors of the call."""
        access = await self._access(host, removing=removing, known=known)
        try:
            return await call(access)
        except AccessRejected:
            access = await self._access(host, removing=removing, rejected=access)
        try:
            return await call(access)
        except AccessRejected as error:
            ended = await self._refresh.end(host, access, error.answered)
            if ended is None:
                raise TryLater(reason=FailureReason.PROVIDER_DOWN, answered="connected again meanwhile") from error
            raise ended from error

    async def renew(self, host: Host) -> None:
        """Refreshes early, so that the provider does not end an idle authorization."""
        connection = await self._find(host)
        if connection and connection.token_set:
            await self._access(host, removing=False, rejected=AccessToken(connection.token_set.access_token))

    async def finish(self) -> None:
        """Waits for refreshes under way before the process ends, for `patience` at most."""
        if self.running:
            _, unheard = await asyncio.wait(self.running, timeout=self.patience.total_seconds())
            if unheard:
                _log.warning("the process ends before %d refreshes were answered", len(unheard))

    @property
    def _refresh(self) -> RefreshTokens:
        return RefreshTokens(self.begin, self.providers, self.clock, self.lease_time)

    async def _find(self, host: Host) -> Connection | None:
        async with self.begin() as work:
            return await work.connections.find(host)

    async def _access(
        self, host: Host, *, removing: bool, rejected: AccessToken | None = None, known: Connection | None = None
    ) -> AccessToken:
        connection = known or await self._find(host)
        token_set = _token_set_of(connection, removing)
        if self._good(token_set, rejected):
            return _access_by(connection, token_set)
        return await self._refreshed(host, removing, rejected)

    def _good(self, token_set: TokenSet, rejected: AccessToken | None) -> bool:
        return token_set.fresh(self.clock.now()) and not (rejected and rejected.token == token_set.access_token)

    async def _refreshed(self, host: Host, removing: bool, rejected: AccessToken | None) -> AccessToken:
        looks = int(self.patience.total_seconds() / _LOOK_AGAIN)
        for _ in range(looks):
            async with self.begin() as work:
                connection = await work.connections.to_change(host)
                token_set = _token_set_of(connection, removing)
                if self._good(token_set, rejected):
                    return _access_by(connection, token_set)
                now = self.clock.now()
                if connection and not (connection.lease and connection.lease.holds(now)):
                    lease = Lease(uuid4(), now + self.lease_time)
                    await work.connections.save(connection.leased(lease))
                    await work.commit()
                    break
            if rejected is None and token_set.alive(now):
                return _access_by(connection, token_set)
            await asyncio.sleep(_LOOK_AGAIN)
        else:
            raise TryLater(reason=FailureReason.PROVIDER_DOWN, answered="another process is still refreshing")
        renewed = await self._heard(host, token_set, lease, rejected, _access_by(connection, token_set))
        # The authorization was replaced or ended meanwhile: the present one counts.
        return renewed or await self._access(host, removing=removing, rejected=rejected)

    async def _heard(
        self, host: Host, token_set: TokenSet, lease: Lease, rejected: AccessToken | None, old: AccessToken
    ) -> AccessToken | None:
        """The new token, or the old one while the provider still accepts it."""
        alive = rejected is None and token_set.alive(self.clock.now())
        refresh = self._started(self._refresh(host, token_set, lease, spent=not alive))
        await asyncio.wait({refresh}, timeout=self.patience.total_seconds())
        if not refresh.done():
            if alive:
                return old
            raise TryLater(reason=FailureReason.PROVIDER_DOWN, answered="the refresh has not been answered yet")
        match refresh.result():
            case TokenSet() as renewed:
                return replace(old, token=renewed.access_token)
            case ProviderError() as error if alive and not _over(error):
                return old
            case Refused() as error:  # the provider refused the refresh, not the call, and the authorization is valid
                raise TryLater(reason=FailureReason.PROVIDER_DOWN, answered=error.answered) from error
            case ProviderError() as error:
                raise error
        return None

    def _started(self, refresh: Coroutine[Any, Any, Refreshed]) -> asyncio.Task[Refreshed]:
        task = asyncio.create_task(refresh)
        self.running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Refreshed]) -> None:
        self.running.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, StorageUnavailable):  # the refresh itself did not fail; another one follows the lease
            _log.warning("a refresh was interrupted: the database cannot be reached")
        elif error:
            _log.error("a refresh was interrupted", exc_info=error)


def _over(error: ProviderError) -> bool:
    return isinstance(error, NeedsConsultant) and error.ended


def _access_by(connection: Connection | None, token_set: TokenSet) -> AccessToken:
    return AccessToken(token_set.access_token, connection.account_key if connection else "")


def _token_set_of(connection: Connection | None, removing: bool) -> TokenSet:
    if connection is None or connection.token_set is None:
        raise NeedsConsultant(reason=connection.why_unusable if connection else FailureReason.NOT_CONNECTED)
    if not (connection.usable or (removing and connection.usable_for_removal)):
        raise NeedsConsultant(reason=connection.why_unusable)
    return connection.token_set
