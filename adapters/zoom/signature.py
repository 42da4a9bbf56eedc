"""Verifies that the sender of a webhook event knows one of our webhook secrets and signed it recently."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from domain.errors import Invalid
from domain.rule import Rule

WINDOW_SECONDS = 5 * 60


def signed_with(headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now: datetime) -> str:
    """Returns the secret that matches. The signature covers the raw bytes: the same JSON in another layout has another
    signature."""
    stamp = headers.get("x-zm-request-timestamp", "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
        raise Invalid("signature", Rule.EVENT_UNDATED)
    if abs(int(stamp) - now.timestamp()) > WINDOW_SECONDS:
        raise Invalid("signature", Rule.EVENT_OUT_OF_TIME)
    given = headers.get("x-zm-signature", "").encode(errors="replace")
    fitting = [secret for secret in secrets if hmac.compare_digest(given, _signature(secret, stamp, body))]
    if not fitting:
        raise Invalid("signature", Rule.WRONG_SIGNATURE)
    return fitting[0]


def signed_text(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), sha256).hexdigest()


def _signature(secret: str, stamp: str, body: bytes) -> bytes:
    return b"v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest().encode()
