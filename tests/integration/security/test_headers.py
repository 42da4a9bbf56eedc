"""The headers of every kind of answer, and the attributes of cookies."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx
import msgspec
import pytest

from entrypoints.http.web_page import DIST
from tests.in_memory_app import PASSWORD, SETTINGS, in_memory_app
from tests.integration.security.first_words import FirstWords
from tests.integration.security.site import ask
from tests.tally import tally

PUBLIC = "https://calendra.example"
ASSET = "/assets/a program of the page"  # its name follows from its content

JSON = {"content-type": "application/json"}
# Name → method, path, what is sent more.
KINDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "api": ("GET", "/api/me", {}),
    "list": ("GET", "/api/clients", {}),
    "stream": ("GET", "/api/events", {}),
    "created": ("POST", "/api/clients", {"json": {"name": "Eva", "email": "eva@example.org"}}),
    "no content": ("DELETE", "/api/drafts/00000000-0000-4000-8000-000000000000", {}),
    "malformed": ("POST", "/api/clients", {"json": {}}),
    "invalid": ("GET", "/api/bookings?start=2027-02-01T00:00:00Z&until=2027-01-01T00:00:00Z", {}),
    "not found": ("GET", "/api/nothing", {}),
    "no such object": ("GET", "/api/bookings/00000000-0000-4000-8000-000000000000", {}),
    "wrong method": ("DELETE", "/api/me", {}),
    "too large": ("POST", "/api/clients", {"content": b" " * 1_100_000, "headers": JSON}),
    "wrong media type": ("POST", "/api/clients", {"content": b"x", "headers": {"content-type": "text/plain"}}),
    "forged": ("POST", "/api/clients", {"json": {}, "headers": {"x-csrftoken": ""}}),
    "options": ("OPTIONS", "/api/me", {}),
    "head": ("HEAD", "/", {}),
    "page": ("GET", "/", {"headers": {"accept": "text/html"}}),
    "page of nothing": ("GET", "/nowhere", {"headers": {"accept": "text/html"}}),
    "consent callback": ("GET", "/oauth/north/callback?code=x&state=y", {"headers": {"accept": "text/html"}}),
    "asset": ("GET", ASSET, {}),
    "compressed asset": ("GET", ASSET, {"headers": {"accept-encoding": "gzip"}}),
    "no asset": ("GET", "/assets/nothing.js", {}),
    "document": ("GET", "/schema/openapi.json", {}),
    "health": ("GET", "/health/ready", {}),
    "webhook": ("POST", "/webhooks/north", {"json": {}}),
}
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}
LEAST = ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "script-src 'self'")


@asynccontextmanager
async def over_https() -> AsyncIterator[httpx.AsyncClient]:
    """Signed in at the address of a real deployment."""
    async with in_memory_app(msgspec.structs.replace(SETTINGS, public_address=PUBLIC)) as running:
        _, admin = await running.found("Practice", "Zala")
        transport = FirstWords(cast(Any, running.app))
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as browser:
            await browser.get("/health/live")
            answer = await ask(browser, "POST", "/api/login", json={"email": admin.email, "password": PASSWORD})
            assert answer.status_code == 201
            yield browser


def _built_asset() -> str:
    if not (DIST / "assets").exists():
        pytest.fail("The page is not built. Run: make page")
    return next(f"/assets/{file.name}" for file in sorted((DIST / "assets").iterdir()) if file.suffix == ".js")


@pytest.mark.parametrize("kind", KINDS)
async def test_every_answer_carries_them(kind: str) -> None:
    method, path, more = KINDS[kind]
    path = _built_asset() if path == ASSET else path
    async with over_https() as browser:
        answer = await ask(browser, method, path, **more)
    missing = [name for name, value in ALWAYS.items() if answer.headers.get(name) != value]
    policy = answer.headers["content-security-policy"]
    directives = [one.strip() for one in policy.split(";")]
    missing += [one for one in LEAST if one not in directives]
    tally("Headers", kind, searched=1, failed=len(missing))
    assert missing == []
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http:" not in policy
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert "server" not in answer.headers
    forever = kind in ("asset", "compressed asset")
    assert ("no-store" in answer.headers["cache-control"]) != forever


async def test_cookies_are_as_closed_as_they_can_be() -> None:
    """The session is out of reach of scripts; the page reads the other one, to send it back."""
    async with over_https() as browser:
        me = (await ask(browser, "GET", "/api/me")).json()
        browser.cookies.clear()
        first = await browser.get("/health/live")
        again = await ask(browser, "POST", "/api/login", json={"email": me["email"], "password": PASSWORD})
        out = await ask(browser, "DELETE", "/api/login")
    for answer, name, more in (
        (first, "csrf", {"secure", "samesite=lax", "path=/"}),
        (again, "csrf", {"secure", "samesite=lax", "path=/"}),
        (again, "session", {"secure", "samesite=lax", "path=/", "httponly", "max-age=1209600"}),
        (again, "browser", {"secure", "samesite=lax", "path=/", "httponly", "max-age=15552000"}),
        (out, "session", {"secure", "samesite=lax", "path=/", "httponly", "max-age=0"}),
    ):
        given = answer.headers.get_list("set-cookie")
        [cookie] = [one for one in given if one.startswith(f"__Host-calendra_{name}=")]
        _, *attributes = (part.strip().lower() for part in cookie.split(";"))
        assert set(attributes) >= more, cookie
        assert not any(one.startswith("domain") for one in attributes), cookie


async def test_a_page_runs_only_what_is_ours() -> None:
    """Every script and style of the page is a file of ours or carries this answer's own nonce."""
    nonces = []
    async with over_https() as browser:
        for _ in range(2):
            page = await browser.get("/", headers={"accept": "text/html"})
            [nonce] = re.findall(r"'nonce-([\w-]+)'", page.headers["content-security-policy"])
            nonces.append(nonce)
            scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page.text, re.S)
            assert scripts
            assert all('src="/assets/' in attributes and not text.strip() for attributes, text in scripts)
            assert not re.findall(r"\son\w+=|javascript:|style=", page.text)
    assert nonces[0] != nonces[1]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://calendra.example.evil.example"])
async def test_no_other_page_may_read_an_answer(origin: str) -> None:
    async with over_https() as browser:
        for method in ("GET", "OPTIONS"):
            asked = {"origin": origin, "access-control-request-method": "PATCH"}
            answer = await ask(browser, method, "/api/me", headers=asked)
            assert not [name for name in answer.headers if name.startswith("access-control-")]
