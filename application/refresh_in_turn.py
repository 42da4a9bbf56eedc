"""Lets one process of all refresh a connection's tokens; the others wait for its result."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from application.refresh_tokens import RefreshTokens
from application.running_refreshes import RunningRefreshes
from domain.connection.connection import Connection
from domain.connection.token_set import AccessToken, TokenSet
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.lease import Lease
from domain.meeting.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.provider_errors import NeedsConsultant, Refused, TryLater

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0  # seconds


@dataclass(frozen=True)
class RefreshInTurn:
    """Rules:

    - One process at a time refreshes the tokens of a connection, under a lease. Only that process locks the connection.
    - The others read the connection without a lock, after pauses that grow from 50 milliseconds to a second. Callers in
      the refreshing process are woken when it has ended.
    - A caller waits for `patience` at most. The refresh goes on without the caller, and its tokens are stored.
    - While the present token lasts and was not rejected, callers do not wait for the refresh of another process.
    """

    begin: Begin
    clock: Clock
    refresh: RefreshTokens
    running: RunningRefreshes
    patience: timedelta

    async def __call__(self, found: Connection, *, removing: bool, rejected: AccessToken | None) -> AccessToken | None:
        """`found` is the connection as it was just read. None when the authorization was replaced or ended meanwhile.
        Raises the provider errors of a refresh, and TryLater when `patience` is over."""
        host = found.host
        for pause in (None, *_pauses(self.patience)):
            if pause:
                await self.running.pause(host, pause)
                found = await connection_of(self.begin, host)
            found, lease = await self._leased(found, removing, rejected)
            if lease:
                return await self._refreshed(found, removing, lease, rejected)
            if self._will_do(found.tokens_for_call(removing=removing), rejected):
                return found.access
        raise TryLater(reason=FailureReason.REFRESHING)

    def _will_do(self, token_set: TokenSet, rejected: AccessToken | None) -> bool:
        now = self.clock.now()
        return token_set.good(now, rejected) or (rejected is None and token_set.alive(now))

    async def _leased(
        self, seen: Connection, removing: bool, rejected: AccessToken | None
    ) -> tuple[Connection, Lease | None]:
        """The connection, with a lease when it is this process's turn."""
        now = self.clock.now()
        if seen.refreshing(now) or seen.tokens_for_call(removing=removing).good(now, rejected):
            return seen, None
        async with self.begin() as work:
            present = _present(await work.connections.to_change(seen.host))
            now = self.clock.now()
            if present.tokens_for_call(removing=removing).good(now, rejected) or present.refreshing(now):
                return present, None
            lease = Lease(uuid4(), now + self.refresh.lease_time)
            await work.connections.save(present.leased(lease))
            await work.commit()
        return present, lease

    async def _refreshed(
        self, found: Connection, removing: bool, lease: Lease, rejected: AccessToken | None
    ) -> AccessToken | None:
        """The new token, or the old one while the provider still accepts it."""
        token_set = found.tokens_for_call(removing=removing)
        alive = rejected is None and token_set.alive(self.clock.now())
        refresh = self.running.start(found.host, self.refresh(found.host, token_set, lease, spent=not alive))
        await asyncio.wait({refresh}, timeout=self.patience.total_seconds())
        if not refresh.done():
            if alive:
                return found.access
            raise TryLater(reason=FailureReason.REFRESHING)
        match refresh.result():
            case TokenSet() as renewed:
                return replace(found.access, token=renewed.access_token)
            case ProviderError() as error if alive and not _over(error):
                return found.access
            case Refused() as error:  # the provider refused the refresh, not the call, and the authorization is valid
                raise TryLater(reason=FailureReason.PROVIDER_DOWN, answered=error.answered) from error
            case ProviderError() as error:
                raise error
        return None


async def connection_of(begin: Begin, host: Host) -> Connection:
    """Raises NeedsConsultant when there is none."""
    async with begin() as work:
        return _present(await work.connections.find(host))


def _present(found: Connection | None) -> Connection:
    if found is None:
        raise NeedsConsultant(reason=FailureReason.NOT_CONNECTED)
    return found


def _over(error: ProviderError) -> bool:
    return isinstance(error, NeedsConsultant) and error.ended


def _pauses(patience: timedelta) -> Iterator[float]:
    """Together as long as `patience`."""
    left, pause = patience.total_seconds(), _FIRST_PAUSE
    while left > 0:
        yield min(pause, left)
        left -= pause
        pause = min(pause * 2, _LONGEST_PAUSE)
