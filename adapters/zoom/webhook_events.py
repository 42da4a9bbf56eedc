"""Zoom's webhook events: verifies the signature, then decodes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypeVar

import msgspec

from adapters.zoom.signature import signed_text, signed_with
from adapters.zoom.wire import Challenge, Deauthorization, MeetingEvent
from adapters.zoom.wire import WebhookEvent as WireEvent
from domain.errors import Invalid
from domain.ports.meeting_provider import WebhookEvents
from domain.rule import Rule
from domain.webhook_event import Deauthorized, IgnoredEvent, MeetingChanged, UrlValidation, WebhookEvent

LARGEST = 256 * 1024
# After these events the meeting may differ from the stored one. Zoom sends them for accounts on Pro and higher plans.
_CHANGED = ("meeting.updated", "meeting.deleted", "meeting.permanently_deleted", "meeting.recovered")
_LEAST_MILLISECONDS = 1e11  # the year 1973; a smaller number is in seconds

Body = TypeVar("Body")


class ZoomWebhookEvents(WebhookEvents):
    """Source: developers.zoom.us, Using webhooks; Deauthorization."""

    def __init__(self, client_id: str, secrets: tuple[str, ...]) -> None:
        self._client_id = client_id
        self._secrets = tuple(secret for secret in secrets if secret)

    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> WebhookEvent:
        if len(body) > LARGEST:
            raise Invalid("body", Rule.EVENT_TOO_LONG)
        secret = signed_with(headers, body, self._secrets, now)
        event = _decoded(body, WireEvent)
        if event.event == "endpoint.url_validation":
            return _url_validation(event, secret)
        if event.event == "app_deauthorized":
            return self._deauthorized(event)
        if event.event in _CHANGED:
            meeting = _decoded(event.payload, MeetingEvent).object
            return MeetingChanged(str(meeting.id), _instant(event.event_ts) or now)
        return IgnoredEvent(event.event[:100])

    def unverified_removal(self, body: bytes) -> Deauthorized | None:
        try:
            event = _decoded(body[:LARGEST], WireEvent)
            removal = self._deauthorized(event) if event.event == "app_deauthorized" else None
        except Invalid:
            return None
        return removal if isinstance(removal, Deauthorized) else None

    def deduplication_key(self, headers: Mapping[str, str], body: bytes) -> str:
        """Derived from the body alone. The body is signed and contains the event's time in milliseconds, so no two
        webhook events share a key.

        The request and tracking ids in the headers are not signed. Zoom does not promise that a retry, or the same
        webhook event at a second address, has the same ids.
        """
        return sha256(body).hexdigest()

    def _deauthorized(self, event: WireEvent) -> WebhookEvent:
        removal = _decoded(event.payload, Deauthorization)
        if removal.client_id and removal.client_id != self._client_id:
            return IgnoredEvent(event.event)  # for our other app: development and production share an address
        at = _iso(removal.deauthorization_time) or _instant(event.event_ts)
        if at is None:
            raise Invalid("body", Rule.EVENT_UNREADABLE)
        return Deauthorized(str(removal.user_id), str(removal.account_id), at)


def _url_validation(event: WireEvent, secret: str) -> UrlValidation:
    """Answers with the secret that signed the request, which the sender knows."""
    plain = _decoded(event.payload, Challenge).plainToken
    return UrlValidation({"plainToken": plain, "encryptedToken": signed_text(secret, plain)})


def _decoded(body: bytes | msgspec.Raw, kind: type[Body]) -> Body:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("body", Rule.EVENT_UNREADABLE) from error


def _iso(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _instant(stamp: float | str | None) -> datetime | None:
    """From milliseconds, as Zoom sends them."""
    try:
        number = float(stamp or 0)
        seconds = number / 1000 if number >= _LEAST_MILLISECONDS else number
        return datetime.fromtimestamp(seconds, UTC) if number else None
    except (ValueError, OverflowError, OSError):
        return None
