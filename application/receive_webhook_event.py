"""Receives a provider's webhook events: verifies each, and stores its effect once."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.connection.apply_deauthorization import ApplyDeauthorization
from application.connection.record_unverified_removal import RecordUnverifiedRemoval
from application.count_repeated_events import CountRepeatedEvents
from application.meeting.mark_meeting_stale import MarkMeetingStale
from domain.errors import Invalid
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.providers import Providers
from domain.security.event import EventKind, EventOutcome, SecurityEvent
from domain.webhook_event import Deauthorized, MeetingChanged, UrlValidation


@dataclass(frozen=True)
class ReceiveWebhookEvent:
    """Rules:

    - The signature over the raw body is verified first. Only an unverified removal has an effect without it.
    - The effect of a webhook event is stored before the response, in one transaction; no provider is called meanwhile.
    - URL validation is always answered, also when no consultant is connected.
    - A removal with an invalid signature is not applied; the worker verifies it with the provider.
    - A change or deletion of a meeting makes the meeting stale; the worker verifies it.
    - A webhook event that is not genuine is refused and counted in the security log.
    - A repeated webhook event is accepted and changes nothing; events of unknown kinds are ignored.
    """

    begin: Begin
    providers: Providers
    apply: ApplyDeauthorization
    unverified_removal: RecordUnverifiedRemoval
    mark_meeting_stale: MarkMeetingStale
    clock: Clock
    count_repeated_events: CountRepeatedEvents

    async def __call__(self, provider_name: str, headers: Mapping[str, str], body: bytes) -> Mapping[str, str] | None:
        """Returns the JSON object to respond with, or None for an empty response. Raises Invalid when it is not
        genuine."""
        webhook_events = self.providers[provider_name].webhook_events
        try:
            event = webhook_events.read(headers, body, now=self.clock.now())
        except Invalid:
            refused = SecurityEvent(EventKind.WEBHOOK_EVENT, self.clock.now(), outcome=EventOutcome.REFUSED)
            self.count_repeated_events(refused.at_provider(provider_name))
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
