"""A provider's webhook: verified, remembered, acted on once."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.doubt_deauthorization import DoubtDeauthorization
from application.honour_deauthorization import HonourDeauthorization
from domain.errors import Invalid
from domain.ports.clock import Clock
from domain.ports.meeting_provider import AddressCheck, Deauthorized
from domain.ports.unit_of_work import Begin
from domain.providers import Providers


@dataclass(frozen=True)
class ReceiveNotice:
    """Rules:

    - Nothing happens before the signature over the raw body is verified.
    - The check of our address is always answered, also when nobody is connected.
    - A removal whose signature does not fit is not believed; the provider itself is asked whether it is true.
    - A notice that comes again is accepted and changes nothing; unknown kinds are accepted.
    """

    begin: Begin
    providers: Providers
    honour: HonourDeauthorization
    doubt: DoubtDeauthorization
    clock: Clock

    async def __call__(self, provider_name: str, headers: Mapping[str, str], body: bytes) -> Mapping[str, str] | None:
        """The JSON object to answer with, or None for an empty answer. Raises Invalid when it is not genuine, and
        TryLater or Misconfigured when it has to come again because the provider could not be asked about it."""
        now = self.clock.now()
        notices = self.providers[provider_name].notices
        try:
            notice = notices.read(headers, body, now=now)
        except Invalid:
            if claim := notices.claimed(body):
                await self.doubt(provider_name, claim)
            raise
        if isinstance(notice, AddressCheck):
            return notice.answer
        if isinstance(notice, Deauthorized):
            async with self.begin() as work:
                if await work.seen_notices.first_time(provider_name, notices.identity(headers, body), now=now):
                    await self.honour(work, provider_name, notice)
                    await work.commit()
        return None
