"""The contract of meeting providers. A further provider needs one stage and one subclass with a `stage` fixture."""

from tests.contract.meeting_provider_consent import ConsentContract
from tests.contract.meeting_provider_marked_meetings import MarkedMeetingsContract
from tests.contract.meeting_provider_meetings import MeetingsContract
from tests.contract.meeting_provider_webhook_events import WebhookEventsContract


class MeetingProviderContract(ConsentContract, MeetingsContract, WebhookEventsContract, MarkedMeetingsContract):
    """All that the rest of the program relies on, at every provider."""
