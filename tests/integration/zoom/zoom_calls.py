"""Every remote operation of the provider, callable by name, for tests that go through all of them."""

from collections.abc import Awaitable, Callable
from typing import Any

import respx
from httpx import Response

from domain.provider import Provider
from tests.integration.zoom.zoom_answers import (
    ACCESS,
    API,
    MARKER,
    MEETING,
    MEETING_ID,
    MEETINGS,
    REVOKE,
    TOKEN_SET,
    TOKENS,
    details,
    meeting,
)

Operation = Callable[[Provider], Awaitable[Any]]

CALLS: dict[str, Operation] = {
    "exchange": lambda zoom: zoom.oauth.exchange("code-mavrica-3318", "verifier-of-the-attempt-7745"),
    "refresh": lambda zoom: zoom.oauth.refresh(TOKEN_SET),
    "revoke": lambda zoom: zoom.oauth.revoke(ACCESS),
    "current_user": lambda zoom: zoom.oauth.current_user(ACCESS),
    "create": lambda zoom: zoom.meetings.create(ACCESS, MARKER, details()),
    "change": lambda zoom: zoom.meetings.change(ACCESS, MEETING_ID, MARKER, details()),
    "read": lambda zoom: zoom.meetings.read(ACCESS, MEETING_ID, details()),
    "remove": lambda zoom: zoom.meetings.remove(ACCESS, MEETING_ID),
    "find": lambda zoom: zoom.meetings.find(ACCESS, MARKER, details()),
}

ADDRESSES = {
    "exchange": ("POST", TOKENS),
    "refresh": ("POST", TOKENS),
    "revoke": ("POST", REVOKE),
    "current_user": ("GET", f"{API}/users/me"),
    "create": ("POST", MEETINGS),
    "change": ("PATCH", MEETING),
    "read": ("GET", MEETING),
    "remove": ("DELETE", MEETING),
    "find": ("GET", MEETINGS),
}

# Operations that may have taken effect although the answer was lost.
WITH_EFFECT = ("exchange", "refresh", "revoke", "create", "change", "remove")


def answer(router: respx.MockRouter, operation: str, response: Response | Exception) -> respx.Route:
    """Zoom's answer to that operation from now on."""
    method, address = ADDRESSES[operation]
    exactly = {"url__startswith": address} if operation == "find" else {"url": address}
    route = router.route(method=method, **exactly)
    if isinstance(response, Exception):
        return route.mock(side_effect=response)
    return route.mock(return_value=response)


def answer_change(router: respx.MockRouter, **held: Any) -> None:
    """A change that Zoom confirms, and what it shows afterwards."""
    answer(router, "change", Response(204))
    answer(router, "read", Response(200, json=meeting(**held)))
