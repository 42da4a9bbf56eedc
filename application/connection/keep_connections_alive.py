"""Refreshes authorizations that were not used for a month, before the provider ends them."""

import logging
from dataclasses import dataclass

from application.access_tokens import AccessTokens
from domain.connection.connection import IDLE_AFTER, Connection
from domain.errors import ProviderError
from domain.meeting.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin

_log = logging.getLogger("calendra.connections")


@dataclass(frozen=True)
class KeepConnectionsAlive:
    """Rules:

    - A round reaches every idle connection, however many of them fail.
    - A connection whose refresh failed waits for the next round.
    """

    begin: Begin
    access_tokens: AccessTokens
    clock: Clock
    at_once: int = 100

    async def __call__(self) -> int:
        """Returns how many were refreshed."""
        refreshed_before = self.clock.now() - IDLE_AFTER
        renewed = 0
        last: Connection | None = None
        while True:
            async with self.begin() as work:
                idle = await work.connections.idle(refreshed_before=refreshed_before, most=self.at_once, after=last)
            renewed += sum([await self._renewed(one.host) for one in idle])
            if len(idle) < self.at_once:
                return renewed
            last = idle[-1]

    async def _renewed(self, host: Host) -> bool:
        try:
            await self.access_tokens.renew(host)
        except ProviderError as error:
            _log.warning("an idle connection could not be refreshed: %s", error.code)
            return False
        return True
