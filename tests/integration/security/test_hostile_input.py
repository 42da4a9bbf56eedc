"""The answer to any hostile input is a documented refusal; nothing of it is stored, and no other client waits."""

import gzip
import json
import re
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.browser import Browser
from tests.database import DatabaseServer, fresh_database
from tests.integration.security.raw_client import raw_client
from tests.integration.security.rules import RULES, SLOT
from tests.real_processes import ADMIN, Service, service
from tests.stored import everything
from tests.tally import tally

JSON = {"content-type": "application/json"}
LARGE = 3_000_000


@pytest.fixture(scope="module")
def calendra(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with (
        fresh_database(database_server) as address,
        service(address, tmp_path_factory.mktemp("hostile"), worker_in_web="false") as running,
    ):
        running.serve()
        yield running


@pytest.fixture
def admin(calendra: Service) -> Browser:
    return calendra.browser(ADMIN)


def wrong_values() -> list[Any]:
    return [
        None, 10**400, 1e308, -(2**63) - 1, [[]], {"a": {}}, "x" * 200_000, "a\u0000b", "\u0007\u001b[2J\u202e",
        "'; DROP TABLE bookings; --", "", "{0.__class__}%s%n${jndi:ldap://x}", "9999-12-31T23:59:59.999999+14:00",
    ]  # fmt: skip


BODIES = {route: rule.body for route, rule in RULES.items() if isinstance(rule.body, dict)}


@pytest.mark.parametrize("route", BODIES)
def test_wrong_values_in_every_field_of_every_body(admin: Browser, route: str) -> None:
    method, _, path = route.partition(" ")
    given = {"provider": "zoom", "token": "x"}
    address = path.format_map({name: given.get(name, str(uuid4())) for name in re.findall(r"{(\w+)}", path)})
    faults = []
    values = wrong_values()[:8] if "password" in BODIES[route] or "old" in BODIES[route] else wrong_values()
    cases = [{**BODIES[route], name: value} for name in BODIES[route] for value in values]
    for body in cases:
        answer = admin.api(method, address, content=json.dumps(body).encode(), headers=JSON)
        if answer.status_code >= 500:
            faults.append((body, answer.text))
    tally("Hostile input", route, tried=len(cases), server_errors=len(faults))
    assert faults == []


RAW: dict[str, bytes] = {
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000,
    "deep and closed": b'{"name":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "a lone surrogate": b'{"name": "\\ud800", "email": "a@example.org"}',
    "a surrogate as bytes": b'{"name": "\xed\xa0\x80", "email": "a@example.org"}',
    "not UTF-8": b'{"name": "\xff\xfe", "email": "a@example.org"}',
    "a byte order mark": b'\xef\xbb\xbf{"name": "a", "email": "a@example.org"}',
    "UTF-16": '{"name": "a", "email": "a@example.org"}'.encode("utf-16"),
    "NaN": b'{"name": NaN, "email": "a@example.org"}',
    "infinity": b'{"name": 1e99999, "email": "a@example.org"}',
    "many digits": b'{"name": ' + b"9" * 100_000 + b', "email": "a@example.org"}',
    "two documents": b'{"name": "a", "email": "a@example.org"}{}',
    "a comment": b'{"name": "a", /* x */ "email": "a@example.org"}',
    "many keys": b"{" + b",".join(b'"k%d":1' % n for n in range(50_000)) + b"}",
    "an unknown key": b'{"name": "a", "email": "a@example.org", "organization_id": "x"}',
    "a prototype": b'{"name": "a", "email": "a@example.org", "__proto__": {}}',
    "gzip that is not asked for": gzip.compress(b'{"name": "a", "email": "a@example.org"}'),
}


@pytest.mark.parametrize("name", RAW)
def test_bytes_that_are_no_form(admin: Browser, calendra: Service, name: str) -> None:
    before = everything(calendra.environment["CALENDRA_DATABASE_URL"])
    answer = admin.api("POST", "/api/clients", content=RAW[name], headers=JSON)
    tally("Hostile input", "bytes that are no form", tried=1, server_errors=answer.status_code >= 500)
    assert (answer.status_code, answer.json()["code"]) in ((400, "malformed"), (422, "invalid_input"))
    assert _clients(everything(calendra.environment["CALENDRA_DATABASE_URL"])) == _clients(before)


def _clients(rows: list[str]) -> set[str]:
    return {row for row in rows if row.startswith("clients ")}


def test_of_two_equal_keys_one_counts_and_the_rules_are_the_same(admin: Browser) -> None:
    body = b'{"name": "One", "name": "", "email": "a@example.org"}'
    answer = admin.api("POST", "/api/clients", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "name")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_compressed_bodies_are_not_unpacked(admin: Browser, encoding: str) -> None:
    """So a small one cannot become a big one."""
    bomb = gzip.compress(b" " * 50_000_000)
    began = time.monotonic()
    answer = admin.api("POST", "/api/clients", content=bomb, headers=JSON | {"content-encoding": encoding})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("path", ["/api/clients", "/api/bookings", "/api/login", "/webhooks/zoom", "/api/nowhere"])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_a_body_that_is_announced_too_large_is_refused_before_it_comes(
    calendra: Service, admin: Browser, path: str, kind: str
) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in admin.http.cookies.items())
    token = admin.http.cookies["calendra_csrf"]
    with raw_client(calendra.address) as client:
        lines = (f"Content-Type: {kind}", f"Cookie: {cookies}", f"X-CSRFToken: {token}", f"Content-Length: {LARGE}")
        client.send(client.head("POST", path, *lines))
        said = client.answer()
    status = int(said.split(b" ", 2)[1]) if said else 0
    tally("Hostile input", "bodies announced too large", tried=1, let_in=status not in (404, 413, 415))
    assert status in (404, 413, 415), said[:300]


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_a_body_without_a_length_is_cut_at_one_megabyte(calendra: Service, admin: Browser, kind: str) -> None:
    """With and without the token: no client makes the server read more."""
    cookies = "; ".join(f"{name}={value}" for name, value in admin.http.cookies.items())
    for token in (admin.http.cookies["calendra_csrf"], ""):
        with raw_client(calendra.address) as client:
            lines = (f"Content-Type: {kind}", f"Cookie: {cookies}", "Transfer-Encoding: chunked")
            client.send(client.head("POST", "/api/clients", *lines, *([f"X-CSRFToken: {token}"] if token else [])))
            sent = _send_chunks(client, LARGE)
            said = client.answer()
        status = int(said.split(b" ", 2)[1]) if said else 0
        assert status in (0, 403, 413, 415), said[:300]
        assert status or sent < LARGE


def _send_chunks(client: Any, most: int) -> int:
    part = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    for count in range(most // 0x10000):
        try:
            client.send(part)
        except OSError:
            return count * 0x10000
    try:
        client.send(b"0\r\n\r\n")
    except OSError:
        return most - 1
    return most


HEADS = {
    "a long address": ("GET", "/api/clients?text=" + "x" * 60_000, ()),
    "an endless address": ("GET", "/api/clients?text=" + "x" * 2_000_000, ()),
    "a long header": ("GET", "/api/me", ("X-Long: " + "x" * 2_000_000,)),
    "many headers": ("GET", "/api/me", tuple(f"X-{n}: {n}" for n in range(50_000))),
    "many cookies": ("GET", "/api/me", ("Cookie: " + "; ".join(f"c{n}=1" for n in range(4_000)),)),
    "two lengths": ("POST", "/api/clients", ("Content-Length: 2", "Content-Length: 20")),
    "a length and chunks": ("POST", "/api/clients", ("Content-Length: 2", "Transfer-Encoding: chunked")),
    "a negative length": ("POST", "/api/clients", ("Content-Length: -1",)),
    "no length at all": ("POST", "/api/clients", ("Content-Length: x",)),
    "an unknown method": ("BREW", "/api/me", ()),
    "an absolute address": ("GET", "http://evil.example/api/me", ()),
    "a path upwards": ("GET", "/assets/../../../../etc/passwd", ()),
    "an encoded path upwards": ("GET", "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd", ()),
    "a null byte": ("GET", "/assets/%00", ()),
    "not UTF-8": ("GET", "/api/help/%ff%fe", ()),
    "a header that is not ASCII": ("GET", "/api/me", ("X-Name: \u00e9\u010d",)),
    "a cookie that is none": ("GET", "/api/me", ("Cookie: calendra_session=\x01;;==;",)),
    "an upgrade": ("GET", "/api/events", ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads_that_are_too_long_or_none(calendra: Service, name: str) -> None:
    method, path, lines = HEADS[name]
    with raw_client(calendra.address) as client:
        try:
            client.send(client.head(method, path, *lines, "Connection: close"))
            said = client.answer()
        except OSError:
            said = b""  # cut off while it still came
    status = int(said.split(b" ", 2)[1]) if said.startswith(b"HTTP/1.1 ") else 0
    tally("Hostile input", "heads", tried=1, server_errors=status >= 500)
    assert status < 500, said[:500]
    assert b"root:" not in said
    assert calendra.stranger().api("GET", "/health/live").status_code == 200


@pytest.mark.parametrize("name", ["two lengths", "a length and chunks", "a negative length", "no length at all"])
def test_a_request_of_two_lengths_is_refused(calendra: Service, name: str) -> None:
    """A proxy and Calendra might split it at different places, and take its end for another person's request."""
    method, path, lines = HEADS[name]
    smuggled = b"0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
    with raw_client(calendra.address) as client:
        client.send(client.head(method, path, *lines) + smuggled)
        said = client.answer()
    assert said.startswith(b"HTTP/1.1 400 ") or said == b"", said[:500]
    assert said.count(b"HTTP/1.1 ") <= 1


@pytest.mark.parametrize("path", ["/", "/api/me", "/assets/x.js", "/nowhere"])
def test_a_request_is_never_sent_back(calendra: Service, path: str) -> None:
    """TRACE would show scripts the cookies that they must not read."""
    with raw_client(calendra.address) as client:
        client.send(client.head("TRACE", path, "Cookie: calendra_session=not-to-be-seen", "Connection: close"))
        said = client.answer()
    assert int(said.split(b" ", 2)[1]) in (404, 405), said[:200]
    assert b"not-to-be-seen" not in said


def test_a_session_of_hostile_texts_is_shown_as_it_is_or_refused(admin: Browser) -> None:
    """Stored texts come back byte for byte, as JSON, and are never markup."""
    client = admin.api("GET", "/api/clients").json()[0]["id"]
    consultant = admin.api("GET", "/api/consultants").json()[0]["id"]
    text = "<img src=x onerror=alert(1)> {{7*7}} ${7*7} '; --"
    form = {"consultant_id": consultant, "client_ids": [client], **SLOT, "title": "t", "notes": text}
    booked = admin.api("POST", "/api/bookings", json=form)
    assert booked.status_code == 201, booked.text
    assert booked.headers["content-type"].startswith("application/json")
    assert booked.json()["notes"] == text


def test_texts_that_no_database_can_store_are_refused_by_name(admin: Browser) -> None:
    weeks = "start=2027-01-01T00:00:00Z&until=2027-02-01T00:00:00Z"
    for path in ("/api/clients?text=%00", f"/api/bookings?{weeks}&text=%00"):
        answer = admin.api("GET", path)
        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "text"), path
    tried = admin.api("POST", "/api/login", json={"email": "a\u0000@example.com", "password": "x"})
    assert tried.status_code in (401, 422)
