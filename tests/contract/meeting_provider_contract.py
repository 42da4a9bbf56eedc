"""The contract of meeting providers. Another provider needs one stage and one subclass with a `stage` fixture."""

from tests.contract.meeting_provider_marked_meetings import MarkedMeetingsContract
from tests.contract.meeting_provider_meetings import MeetingsContract
from tests.contract.meeting_provider_oauth_client import OAuthClientContract
from tests.contract.meeting_provider_webhook_events import WebhookEventsContract


class MeetingProviderContract(OAuthClientContract, MeetingsContract, WebhookEventsContract, MarkedMeetingsContract):
    """Everything that the rest of the program relies on, for every provider."""
