"""A provider's webhook: verified, written down, acted on once."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.connection.apply_deauthorization import ApplyDeauthorization
from application.connection.record_unverified_removal import RecordUnverifiedRemoval
from application.meeting.mark_meeting_stale import MarkMeetingStale
from domain.errors import Invalid
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Deauthorized, MeetingChanged, UrlValidation
from domain.ports.unit_of_work import Begin
from domain.providers import Providers


@dataclass(frozen=True)
class ReceiveWebhookEvent:
    """Rules:

    - Nothing happens before the signature over the raw body is verified.
    - What follows from a webhook event is stored before the answer, in one transaction; no provider is called meanwhile.
    - The check of our address is always answered, also when nobody is connected.
    - A removal whose signature does not fit is not believed; the worker asks the provider whether it is true.
    - A change or deletion of a meeting leads to a look at it, by the worker.
    - A webhook event that comes again is accepted and changes nothing; unknown kinds are accepted.
    """

    begin: Begin
    providers: Providers
    apply: ApplyDeauthorization
    unverified_removal: RecordUnverifiedRemoval
    mark_meeting_stale: MarkMeetingStale
    clock: Clock

    async def __call__(self, provider_name: str, headers: Mapping[str, str], body: bytes) -> Mapping[str, str] | None:
        """The JSON object to answer with, or None for an empty answer. Raises Invalid when it is not genuine."""
        webhook_events = self.providers[provider_name].webhook_events
        try:
            event = webhook_events.read(headers, body, now=self.clock.now())
        except Invalid:
            if removal := webhook_events.unverified_removal(body):
                await self.unverified_removal(provider_name, removal)
            raise
        if isinstance(event, UrlValidation):
            return event.answer
        if isinstance(event, Deauthorized | MeetingChanged):
            await self._act_once(provider_name, webhook_events.deduplication_key(headers, body), event)
        return None

    async def _act_once(self, provider: str, deduplication_key: str, event: Deauthorized | MeetingChanged) -> None:
        async with self.begin() as work:
            if not await work.processed_events.first_time(provider, deduplication_key, now=self.clock.now()):
                return
            if isinstance(event, Deauthorized):
                await self.apply(work, provider, event)
            else:
                await self.mark_meeting_stale(work, provider, event)
            await work.commit()
