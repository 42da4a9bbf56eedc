"""A provider's webhook: verified, written down, acted on once."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.connection.doubt_deauthorization import DoubtDeauthorization
from application.connection.honour_deauthorization import HonourDeauthorization
from application.meeting.doubt_meeting import DoubtMeeting
from domain.errors import Invalid
from domain.ports.clock import Clock
from domain.ports.meeting_provider import AddressCheck, Deauthorized, MeetingTouched
from domain.ports.unit_of_work import Begin
from domain.providers import Providers


@dataclass(frozen=True)
class ReceiveNotice:
    """Rules:

    - Nothing happens before the signature over the raw body is verified.
    - What follows from a notice is stored before the answer, in one transaction; no provider is called meanwhile.
    - The check of our address is always answered, also when nobody is connected.
    - A removal whose signature does not fit is not believed; the worker asks the provider whether it is true.
    - A change or deletion of a meeting leads to a look at it, by the worker.
    - A notice that comes again is accepted and changes nothing; unknown kinds are accepted.
    """

    begin: Begin
    providers: Providers
    honour: HonourDeauthorization
    doubt: DoubtDeauthorization
    doubt_meeting: DoubtMeeting
    clock: Clock

    async def __call__(self, provider_name: str, headers: Mapping[str, str], body: bytes) -> Mapping[str, str] | None:
        """The JSON object to answer with, or None for an empty answer. Raises Invalid when it is not genuine."""
        notices = self.providers[provider_name].notices
        try:
            notice = notices.read(headers, body, now=self.clock.now())
        except Invalid:
            if removal := notices.unverified_removal(body):
                await self.doubt(provider_name, removal)
            raise
        if isinstance(notice, AddressCheck):
            return notice.answer
        if isinstance(notice, Deauthorized | MeetingTouched):
            await self._act_once(provider_name, notices.identity(headers, body), notice)
        return None

    async def _act_once(self, provider: str, identity: str, notice: Deauthorized | MeetingTouched) -> None:
        async with self.begin() as work:
            if not await work.seen_notices.first_time(provider, identity, now=self.clock.now()):
                return
            if isinstance(notice, Deauthorized):
                await self.honour(work, provider, notice)
            else:
                await self.doubt_meeting(work, provider, notice)
            await work.commit()
