"""The contract of meeting providers. A further provider needs one stage and one subclass with a `stage` fixture."""

from tests.contract.meeting_provider_marked_meetings import MarkedMeetingsContract
from tests.contract.meeting_provider_meetings import MeetingsContract
from tests.contract.meeting_provider_oauth_client import OAuthClientContract
from tests.contract.meeting_provider_webhook_events import WebhookEventsContract


class MeetingProviderContract(OAuthClientContract, MeetingsContract, WebhookEventsContract, MarkedMeetingsContract):
    """All that the rest of the program relies on, at every provider."""
