"""The kinds of webhook events of a provider, after their verification."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UrlValidation:
    """URL validation: the provider checks that the webhook address is ours. `answer` is the JSON object to return."""

    answer: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deauthorized:
    """The consultant removed the app at the provider."""

    user_id: str
    account_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """A meeting was changed or deleted, by its host or by Calendra itself."""

    meeting_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IgnoredEvent:
    """A genuine event that Calendra does not act on."""

    event: str


WebhookEvent = UrlValidation | Deauthorized | MeetingChanged | IgnoredEvent
