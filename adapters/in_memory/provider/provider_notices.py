"""Notices of a meeting provider in memory: JSON, signed with a secret that both sides know."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from domain.errors import Invalid
from domain.ports.meeting_provider import AddressCheck, Deauthorized, MeetingTouched, Notice, Notices, Unremarkable

WINDOW = timedelta(minutes=5)


class InMemoryNotices(Notices):
    def __init__(self, secret: str) -> None:
        self._secret = secret

    def signed(self, notice: Mapping[str, object], at: datetime) -> tuple[dict[str, str], bytes]:
        """Headers and body as this provider would send them."""
        body = json.dumps(notice).encode()
        return self.sign(body, at), body

    def sign(self, body: bytes, at: datetime) -> dict[str, str]:
        return {"x-notice-time": at.isoformat(), "x-notice-signature": self._signature(at.isoformat(), body)}

    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Notice:
        stamp = headers.get("x-notice-time", "")
        given = headers.get("x-notice-signature", "").encode()
        if not hmac.compare_digest(given, self._signature(stamp, body).encode()):
            raise Invalid("signature", "The signature does not match.", "Compare the secrets on both sides.")
        if abs(datetime.fromisoformat(stamp) - now) > WINDOW:
            raise Invalid("signature", "The notice is too old.", "Compare the clocks on both sides.")
        try:
            return _understood(json.loads(body))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise Invalid("body", "The notice cannot be understood.", "Nothing to do.") from error

    def unverified_removal(self, body: bytes) -> Deauthorized | None:
        try:
            removal = _understood(json.loads(body))
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        return removal if isinstance(removal, Deauthorized) else None

    def identity(self, headers: Mapping[str, str], body: bytes) -> str:
        return sha256(body).hexdigest()

    def _signature(self, stamp: str, body: bytes) -> str:
        return hmac.new(self._secret.encode(), stamp.encode() + b":" + body, sha256).hexdigest()


def _understood(notice: dict[str, str]) -> Notice:
    event = notice["event"]
    if event == "address_check":
        return AddressCheck({"echo": notice["word"]})
    if event == "removed":
        return Deauthorized(notice["user_id"], notice["account_id"], datetime.fromisoformat(notice["at"]))
    if event == "meeting_touched":
        return MeetingTouched(str(notice["meeting_id"]), datetime.fromisoformat(notice["at"]))
    return Unremarkable(event)
