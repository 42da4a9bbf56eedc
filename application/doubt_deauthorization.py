"""Somebody says, without a signature that fits, that a consultant removed Calendra: the provider is asked."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from application.fresh_access import FreshAccess
from application.honour_deauthorization import HonourDeauthorization
from domain.connection import Connection
from domain.errors import ProviderError
from domain.host import Host
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Deauthorized
from domain.ports.unit_of_work import Begin
from domain.provider_errors import Misconfigured, NeedsConsultant, TryLater
from domain.providers import Providers

PAUSE = timedelta(minutes=1)


@dataclass(frozen=True)
class DoubtDeauthorization:
    """Rules:

    - Nothing is destroyed on an unproved word; an authorization that the provider no longer takes is the proof.
    - While the provider cannot say, nothing is decided: the notice is to come again.
    - A connection is asked about once a minute at most, so that forged notices cannot make us a nuisance.
    """

    begin: Begin
    providers: Providers
    access: FreshAccess
    honour: HonourDeauthorization
    clock: Clock
    _asked: dict[UUID, datetime] = field(default_factory=dict)

    async def __call__(self, provider: str, claim: Deauthorized) -> bool:
        """True when it proved true and was acted on. Raises TryLater or Misconfigured when that cannot be known now."""
        async with self.begin() as work:
            found = await work.connections.of_provider_user(provider, claim.user_id)
        if found is None or found.account.account_id != claim.account_id or not self._may_ask(found):
            return False
        if not await self._gone(found):
            return False
        async with self.begin() as work:
            ended = await self.honour(work, provider, claim)
            await work.commit()
        return ended

    def _may_ask(self, connection: Connection) -> bool:
        now = self.clock.now()
        asked = self._asked.get(connection.id)
        if asked and now < asked + PAUSE:
            return False
        self._asked[connection.id] = now
        return True

    async def _gone(self, connection: Connection) -> bool:
        host = Host(connection.organization_id, connection.consultant_id, connection.provider)
        try:
            await self.access.use(host, self.providers[connection.provider].consent.who_am_i)
        except NeedsConsultant as error:
            return error.reason == "consent_gone"
        except (TryLater, Misconfigured):
            raise
        except ProviderError:
            return False
        return False
