"""Access tokens for calls as a consultant: the stored one, or a new one when that has ended or was rejected."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from application.refresh_in_turn import RefreshInTurn, connection_of
from application.refresh_tokens import RefreshTokens
from application.running_refreshes import RunningRefreshes
from domain.connection.connection import Connection
from domain.connection.token_set import AccessToken
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.provider_errors import AccessRejected, TryLater
from domain.providers import Providers

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class AccessTokens:
    """Rules:

    - A token that has ended, or ends within five minutes, is refreshed before the call (RefreshInTurn).
    - After a rejected token, one refresh and one repeated call follow; a second rejection ends the authorization.
    """

    begin: Begin
    providers: Providers
    clock: Clock
    lease_time: timedelta = timedelta(seconds=45)
    patience: timedelta = timedelta(seconds=20)
    running: RunningRefreshes = field(default_factory=RunningRefreshes, init=False, repr=False, compare=False)

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
                raise TryLater(reason=FailureReason.RECONNECTED) from error
            raise ended from error

    async def renew(self, host: Host) -> None:
        """Refreshes early, so that the provider does not end an idle authorization."""
        connection = await connection_of(self.begin, host)
        if connection.token_set:
            await self._access(host, removing=False, rejected=AccessToken(connection.token_set.access_token))

    async def finish(self) -> None:
        """Waits for refreshes under way before the process ends, for `patience` at most."""
        await self.running.finish(self.patience)

    async def _access(
        self, host: Host, *, removing: bool, rejected: AccessToken | None = None, known: Connection | None = None
    ) -> AccessToken:
        connection = known or await connection_of(self.begin, host)
        if connection.tokens_for_call(removing=removing).good(self.clock.now(), rejected):
            return connection.access
        in_turn = RefreshInTurn(self.begin, self.clock, self._refresh, self.running, self.patience)
        renewed = await in_turn(connection, removing=removing, rejected=rejected)
        # The authorization was replaced or ended meanwhile: the present one counts.
        return renewed or await self._access(host, removing=removing, rejected=rejected)

    @property
    def _refresh(self) -> RefreshTokens:
        return RefreshTokens(self.begin, self.providers, self.clock, self.lease_time)
