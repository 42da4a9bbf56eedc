"""Nothing that comes with a request leads a browser elsewhere: not an address, not a host, not a parameter."""

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.in_memory_app import SETTINGS
from tests.integration.security.practices import Practice
from tests.integration.security.site import Site, ask
from tests.integration.security.two_practices import TwoPractices
from tests.tally import tally

pytestmark = pytest.mark.asyncio(loop_scope="module")

ELSEWHERE = [
    "https://evil.example", "//evil.example", "/\\evil.example", "https:evil.example", "///evil.example",
    "%2f%2fevil.example", "/%09/evil.example", "/%0a/evil.example", "/.//evil.example", "javascript:alert(1)",
    "data:text/html,x", "https://localhost:8000@evil.example", "%0d%0aLocation:%20https://evil.example",
]  # fmt: skip
LEADING = ("next", "return_to", "redirect", "redirect_uri", "url", "continue", "state", "draft")
HOSTS: list[dict[str, str]] = [
    {"host": "evil.example"},
    {"x-forwarded-host": "evil.example"},
    {"x-forwarded-proto": "https", "x-forwarded-host": "evil.example"},
    {"forwarded": "host=evil.example;proto=https"},
    {"x-original-url": "/api/erasures"},
    {"x-rewrite-url": "/api/erasures"},
    {"x-http-method-override": "DELETE"},
]
PAGES = ("/", "/sign-in", "/sessions", "/connect/token", "/connect-provider/north", "/oauth/north/callback", "/help")


@pytest.mark.parametrize("address", ELSEWHERE)
async def test_no_page_is_left_by_a_parameter_or_a_path(both: TwoPractices, address: str) -> None:
    """The page itself decides where `next` leads; its own tests cover that."""
    browser = await both.site.browser()
    paths = [f"{page}?{name}={address}" for page in PAGES for name in LEADING]
    paths += [f"/{address}", f"/help/{address}", f"/assets/{address}"]
    left = []
    for path in paths:
        answer = await ask(browser, "GET", SETTINGS.public_address + path, headers={"accept": "text/html"})
        if answer.is_redirect or "location" in answer.headers or "refresh" in answer.headers:
            left.append(path)
        assert answer.status_code < 500, path
        assert "evil.example" not in answer.text
    tally("Redirects", "pages", tried=len(paths), let_in=len(left))
    assert left == []


@pytest.mark.parametrize("more", HOSTS, ids=lambda more: ", ".join(more))
async def test_what_a_request_says_about_its_host_is_not_believed(both: TwoPractices, more: dict[str, str]) -> None:
    """Addresses that are handed out begin with the public address of the settings."""
    for who, method, path, body in _handing_out(both.here, both.site):
        answer = await ask(both.here.browsers[who], method, path, headers=dict(more), **body)
        assert answer.status_code < 300, answer.text
        tally("Redirects", "hosts", tried=1, let_in="evil.example" in answer.text + str(answer.headers))
        assert "evil.example" not in answer.text + str(answer.headers)
        if "link" in answer.json():
            assert answer.json()["link"].startswith("http://localhost:8000/connect/")


def _handing_out(here: Practice, site: Site) -> list[tuple[str, str, str, dict[str, Any]]]:
    links = f"/api/connections/{site.provider}/{here.things['consultant_id']}/links"
    return [
        ("Admin", "POST", links, {}),
        ("Ana", "POST", f"/api/connections/{site.provider}", {"json": {}}),
        ("Ana", "GET", f"/api/bookings/{here.things['booking_id']}", {}),
        ("Ana", "GET", "/schema/openapi.json", {}),
    ]


async def test_a_departure_leads_to_the_providers_consent_page_and_nowhere_else(both: TwoPractices) -> None:
    for provider in ("north", "south"):
        answer = await ask(both.here.browsers["Ana"], "POST", f"/api/connections/{provider}", json={})
        address = urlsplit(answer.json()["authorize_address"])
        assert (address.scheme, address.hostname) == ("https", f"{provider}.example")
