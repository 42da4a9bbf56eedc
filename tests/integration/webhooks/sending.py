"""Webhook events on their way, with headers as Zoom sends them."""

import hmac
from hashlib import sha256

import httpx


def signature(secret: str, stamp: str, body: bytes) -> str:
    return "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest()


def signed(body: bytes, secret: str, stamp: float) -> dict[str, str]:
    second = str(int(stamp))
    return {
        "user-agent": "Zoom Marketplace/1.0a",
        "content-type": "application/json; charset=utf-8",
        "authorization": "an-old-token-that-nobody-reads",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "x-zm-request-timestamp": second,
        "x-zm-signature": signature(secret, second, body),
        "x-zm-request-id": "6009d653_d487_445d_8406_42b654974899",
        "x-zm-trackingid": "WEB_5d1f8a2e90c44b7b8a6f",
    }


def refused(answer: httpx.Response) -> bool:
    """By us, and not to be repeated."""
    return 400 <= answer.status_code < 500
