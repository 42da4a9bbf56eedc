"""Refreshes authorizations that were not used for a month, before the provider ends them."""

import logging
from dataclasses import dataclass

from application.connection.access_tokens import AccessTokens
from domain.connection.connection import IDLE_AFTER
from domain.errors import ProviderError
from domain.meeting.host import Host
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin

_log = logging.getLogger("calendra.connections")


@dataclass(frozen=True)
class KeepConnectionsAlive:
    """Rules: a connection whose refresh failed waits for the next round and does not delay the others."""

    begin: Begin
    access_tokens: AccessTokens
    clock: Clock

    async def __call__(self) -> int:
        """Returns how many were refreshed."""
        async with self.begin() as work:
            idle = await work.connections.idle(refreshed_before=self.clock.now() - IDLE_AFTER, most=100)
        hosts = [Host(one.organization_id, one.consultant_id, one.provider) for one in idle]
        return sum([await self._renewed(host) for host in hosts])

    async def _renewed(self, host: Host) -> bool:
        try:
            await self.access_tokens.renew(host)
        except ProviderError as error:
            _log.warning("an idle connection could not be refreshed: %s", error.code)
            return False
        return True
