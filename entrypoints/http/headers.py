"""Security headers for every response, errors included."""

from litestar.types import BeforeMessageSendHookHandler, Message, Scope

# Source: OWASP secure headers.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def page_policy(nonce: str) -> str:
    """For the page: also allows style elements with the nonce, and the manifest."""
    return _POLICY.replace("style-src 'self'", f"manifest-src 'self'; style-src 'self' 'nonce-{nonce}'")


def security_headers(*, https: bool) -> BeforeMessageSendHookHandler:
    """A hook for every response. Headers that a handler sets take precedence."""
    headers = {
        "content-security-policy": _POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
        "cache-control": "no-store",
    }
    if https:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def add(message: Message, _: Scope) -> None:
        if message["type"] == "http.response.start":
            sent = list(message["headers"])
            own = {name.lower() for name, _ in sent}
            message["headers"] = [*sent, *(header for header in encoded if header[0] not in own)]

    return add
