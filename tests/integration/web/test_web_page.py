"""The document and the files that a browser loads."""

import re
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from entrypoints.http.headers import security_headers
from entrypoints.http.web_page import ADDRESSES, OUTSIDE, web_page
from tests.real_processes import ROOT

APP = ROOT / "entrypoints/web/app.tsx"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(
        '<html data-place="{{place}}"><meta name="csp-nonce" content="{{nonce}}" /><script src="/assets/a.js">'
    )
    (tmp_path / "assets" / "a.js").write_text("plain")
    (tmp_path / "assets" / "a.js.br").write_bytes(b"brotli")
    (tmp_path / "assets" / "a.js.gz").write_bytes(b"gzipped")
    (tmp_path / "manifest.webmanifest").write_text("{}")
    (tmp_path / "service-worker.js").write_text("// worker")
    (tmp_path / "secret.txt").write_text("not for the web")
    return tmp_path


def browser(dist: Path) -> TestClient[Litestar]:
    return TestClient(Litestar(web_page(dist), before_send=[security_headers(https=True)]))


def test_each_visit_has_a_nonce_of_its_own_and_the_policy_names_it(built: Path) -> None:
    nonces = set()
    with browser(built) as http:
        for _ in range(3):
            answer = http.get("/")
            nonce = re.search(r'content="([\w-]{20,})"', answer.text)
            assert nonce
            policy = answer.headers["content-security-policy"]
            assert f"style-src 'self' 'nonce-{nonce[1]}'" in policy
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
            assert answer.headers["cache-control"] == "no-store"
            nonces.add(nonce[1])
    assert len(nonces) == 3


def test_every_address_of_the_page_answers_with_it(built: Path) -> None:
    with browser(built) as http:
        for address in ADDRESSES:
            answer = http.get(re.sub(r"\{\w+:str\}", "anything", address))
            assert answer.status_code == 200, address
            assert answer.headers["content-type"].startswith("text/html")


def test_the_server_knows_the_addresses_that_the_page_knows() -> None:
    routes = set(re.findall(r'<Route path="([^"]+)"', APP.read_text()))
    served = {re.sub(r"\{(\w+):str\}", r":\1", address) for address in ADDRESSES}
    assert served == {"/help", *(route.replace("/:provider?", "/:provider") for route in routes)}


def test_an_address_that_is_none_shows_people_the_page_and_programs_a_refusal(built: Path) -> None:
    with browser(built) as http:
        person = http.get("/nowhere/at/all", headers={"accept": "text/html,*/*"})
        assert (person.status_code, person.headers["content-type"][:9]) == (404, "text/html")
        assert http.get("/nowhere", headers={"accept": "application/json"}).status_code == 404
        program = http.get("/api/nowhere", headers={"accept": "text/html"})
        assert (program.status_code, "csp-nonce" in program.text) == (404, False)


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [
        ("gzip, deflate, br", "br", b"brotli"),
        ("gzip", "gzip", b"gzipped"),
        ("br;q=0, gzip;q=0.5", "gzip", b"gzipped"),
        ("br;q=0.0", None, b"plain"),
        ("identity", None, b"plain"),
    ],
)
def test_files_come_as_small_as_the_browser_can_read_them(
    built: Path, accepted: str, encoding: str | None, content: bytes
) -> None:
    with browser(built) as http, http.stream("GET", "/assets/a.js", headers={"accept-encoding": accepted}) as answer:
        assert answer.headers.get("content-encoding") == encoding
        assert b"".join(answer.iter_raw()) == content
        assert "javascript" in answer.headers["content-type"]
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("name", ["b.js", "a.js.br", "..%2fsecret.txt", "%2e%2e/secret.txt", "../secret.txt"])
def test_nothing_else_is_served(built: Path, name: str) -> None:
    with browser(built) as http:
        assert http.get(f"/assets/{name}").status_code == 404


def test_the_frame_that_is_seen_first_is_that_of_the_calendar_only_after_a_sign_in(built: Path) -> None:
    with browser(built) as http:
        places = {}
        for cookie in ("", "calendra_session=x", "__Host-calendra_session=x"):
            for address in ("/", "/sessions", "/help", "/connect/token"):
                answer = http.get(address, headers={"cookie": cookie})
                places[cookie, address] = 'data-place="inside"' in answer.text
    inside = [(cookie, address) for (cookie, address), found in places.items() if found]
    signed = ("calendra_session=x", "__Host-calendra_session=x")
    assert inside == [(cookie, address) for cookie in signed for address in ("/", "/sessions")]


def test_the_worker_and_the_manifest_are_asked_for_each_time(built: Path) -> None:
    with browser(built) as http:
        for name, kind in (("manifest.webmanifest", "application/manifest+json"), ("service-worker.js", "javascript")):
            answer = http.get(f"/{name}")
            assert answer.status_code == 200
            assert kind in answer.headers["content-type"]
            assert answer.headers["cache-control"] == "no-cache"
        assert "manifest-src 'self'" in http.get("/").headers["content-security-policy"]


def test_the_worker_leaves_alone_the_addresses_that_carry_tokens() -> None:
    worker = (ROOT / "entrypoints/web/offline/service-worker.js").read_text()
    named = re.search(r"const OUTSIDE = \[(.*)\]", worker)
    assert named
    assert set(re.findall(r"'([\w-]+)'", named[1])) == OUTSIDE
    assert {address.split("/")[1] for address in ADDRESSES} > OUTSIDE


def test_a_page_that_is_not_built_says_what_to_do(tmp_path: Path) -> None:
    with browser(tmp_path) as http:
        answer = http.get("/sessions")
    assert answer.status_code == 503
    assert "make page" in answer.text
