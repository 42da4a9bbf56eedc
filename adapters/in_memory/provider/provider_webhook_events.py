"""Webhook events of a meeting provider in memory: JSON, signed with a secret that both sides share."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from domain.errors import Invalid
from domain.ports.meeting_provider import WebhookEvents
from domain.rule import Rule
from domain.webhook_event import Deauthorized, IgnoredEvent, MeetingChanged, UrlValidation, WebhookEvent

WINDOW = timedelta(minutes=5)


class InMemoryWebhookEvents(WebhookEvents):
    def __init__(self, secret: str) -> None:
        self._secret = secret

    def signed(self, event: Mapping[str, object], at: datetime) -> tuple[dict[str, str], bytes]:
        """Headers and body as this provider sends them."""
        body = json.dumps(event).encode()
        return self.sign(body, at), body

    def sign(self, body: bytes, at: datetime) -> dict[str, str]:
        return {"x-event-time": at.isoformat(), "x-event-signature": self._signature(at.isoformat(), body)}

    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> WebhookEvent:
        stamp = headers.get("x-event-time", "")
        given = headers.get("x-event-signature", "").encode()
        if not hmac.compare_digest(given, self._signature(stamp, body).encode()):
            raise Invalid("signature", Rule.WRONG_SIGNATURE)
        if abs(datetime.fromisoformat(stamp) - now) > WINDOW:
            raise Invalid("signature", Rule.EVENT_OUT_OF_TIME)
        try:
            return _understood(json.loads(body))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise Invalid("body", Rule.EVENT_UNREADABLE) from error

    def unverified_removal(self, body: bytes) -> Deauthorized | None:
        try:
            removal = _understood(json.loads(body))
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        return removal if isinstance(removal, Deauthorized) else None

    def deduplication_key(self, headers: Mapping[str, str], body: bytes) -> str:
        return sha256(body).hexdigest()

    def _signature(self, stamp: str, body: bytes) -> str:
        return hmac.new(self._secret.encode(), stamp.encode() + b":" + body, sha256).hexdigest()


def _understood(event: dict[str, str]) -> WebhookEvent:
    kind = event["event"]
    if kind == "url_validation":
        return UrlValidation({"echo": event["word"]})
    if kind == "removed":
        return Deauthorized(event["user_id"], event["account_id"], datetime.fromisoformat(event["at"]))
    if kind == "meeting_changed":
        return MeetingChanged(str(event["meeting_id"]), datetime.fromisoformat(event["at"]))
    return IgnoredEvent(kind)
