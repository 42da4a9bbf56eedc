"""Bad input names the field and the rule, and stores nothing."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.browser import Browser
from tests.integration.http.forms import booked, form, online
from tests.real_processes import ADMIN, ANA, BORIS, Service

PAST = datetime(2026, 1, 5, 9, tzinfo=UTC)

WRONG: dict[str, tuple[dict[str, Any], int, str]] = {
    "start without offset": ({"starts_at": "2027-09-01T09:00:00"}, 422, "starts_at"),
    "end without offset": ({"ends_at": "2027-09-01T09:00:00"}, 422, "ends_at"),
    "end before start": ({"starts_at": "2027-09-01T09:00:00Z", "ends_at": "2027-09-01T08:00:00Z"}, 422, "ends_at"),
    "end at start": ({"starts_at": "2027-09-01T09:00:00Z", "ends_at": "2027-09-01T09:00:00Z"}, 422, "ends_at"),
    "25 hours": ({"starts_at": "2027-09-01T09:00:00Z", "ends_at": "2027-09-02T10:00:00Z"}, 422, "ends_at"),
    "no time at all": ({"starts_at": "tomorrow"}, 400, "starts_at"),
    "absurd year": ({"starts_at": "9999-12-31T23:00:00Z", "ends_at": "9999-12-31T23:50:00Z"}, 422, "starts_at"),
    "unknown zone": ({"zone": "Europe/Atlantis"}, 422, "zone"),
    "zone as a path": ({"zone": "../../etc/passwd"}, 422, "zone"),
    "title of 301": ({"title": "t" * 301}, 422, "title"),
    "title with a control character": ({"title": "First\u0000 talk"}, 422, "title"),
    "title with a line break": ({"title": "First\ntalk"}, 422, "title"),
    "notes with a control character": ({"notes": "one\u0007"}, 422, "notes"),
    "notes too long": ({"notes": "n" * 10_001}, 422, "notes"),
    "no client": ({"client_ids": []}, 422, "client_ids"),
    "unknown client": ({"client_ids": [str(uuid4())]}, 422, "client_ids"),
    "101 clients": ({"client_ids": [str(uuid4()) for _ in range(101)]}, 422, "client_ids"),
    "unknown consultant": ({"consultant_id": str(uuid4())}, 422, "consultant_id"),
    "no id": ({"consultant_id": "Ana"}, 400, "consultant_id"),
    "online without provider": ({"online": True}, 422, "provider"),
    "provider without online": ({"provider": "zoom"}, 422, "provider"),
    "unknown provider": ({"online": True, "provider": "carrier-pigeon"}, 422, "provider"),
    "unknown field": ({"colour": "red"}, 400, "data"),
    "wrong type": ({"online": "yes"}, 400, "online"),
}


@pytest.fixture
def ana(calendra: Service) -> Browser:
    return calendra.browser(ANA)


def count(browser: Browser) -> int:
    path = "/api/bookings?start=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&limit=200"
    later = "/api/bookings?start=2027-01-01T00:00:00Z&until=2028-01-30T00:00:00Z&limit=200"
    return sum(len(browser.api("GET", one).raise_for_status().json()["items"]) for one in (path, later))


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_form_names_the_field_and_stores_nothing(ana: Browser, name: str) -> None:
    changes, status, field = WRONG[name]
    right = form(ana, ANA)
    before = count(ana)
    answer = ana.api("POST", "/api/bookings", json=right | changes)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), problem
    assert [one["field"] for one in problem["fields"]] == [field], problem
    assert problem["fields"][0]["rule"]
    assert problem["next"]
    assert count(ana) == before


def test_an_edit_obeys_the_same_rules(ana: Browser) -> None:
    session = booked(ana, form(ana, ANA))
    for changes, field in [
        ({"ends_at": session["starts_at"]}, "ends_at"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"title": "t" * 301}, "title"),
        ({"client_ids": []}, "client_ids"),
        ({"online": True}, "provider"),
    ]:
        answer = ana.api("PATCH", f"/api/bookings/{session['id']}", json=changes)
        assert answer.status_code == 422, answer.text
        assert answer.json()["fields"][0]["field"] == field
    unchanged = ana.api("GET", f"/api/bookings/{session['id']}").json()
    assert unchanged == session


def test_an_online_session_cannot_start_in_the_past_one_in_person_can(ana: Browser) -> None:
    times = {"starts_at": PAST.isoformat(), "ends_at": (PAST + timedelta(minutes=50)).isoformat()}
    answer = ana.api("POST", "/api/bookings", json=online(ana, ANA) | times)
    assert answer.status_code == 422
    assert answer.json()["fields"] == [{"field": "starts_at", "rule": "An online session cannot start in the past."}]
    noted_later = booked(ana, form(ana, ANA) | times)
    assert noted_later["meeting"]["status"] == "none"
    ana.api("DELETE", f"/api/bookings/{noted_later['id']}").raise_for_status()


def test_a_title_that_is_long_for_zoom_is_kept_here_and_cut_there(ana: Browser, calendra: Service) -> None:
    title = "Ž" * 300
    session = booked(ana, online(ana, ANA, title=title))
    assert session["title"] == title
    held = [one for one in calendra.zoom.meetings(ANA) if one["join_url"] == session["meeting"]["join_link"]]
    assert len(held[0]["topic"]) == 200
    history = ana.api("GET", f"/api/bookings/{session['id']}/history").json()
    created = next(line for line in history if line["action"] == "create")
    assert created["facts"] == {"title_shortened_to": "200"}


def test_a_colleagues_session_looks_like_none(ana: Browser, calendra: Service) -> None:
    boris = calendra.browser(BORIS)
    theirs = booked(boris, form(boris, BORIS))
    path = f"/api/bookings/{theirs['id']}"
    nowhere = f"/api/bookings/{uuid4()}"
    for method, more in [("GET", {}), ("PATCH", {"json": {"title": "mine"}}), ("DELETE", {})]:
        refused, unknown = (ana.api(method, address, **more) for address in (path, nowhere))
        assert (refused.status_code, refused.json()) == (404, unknown.json())
    for end in ("/cancel", "/history"):
        method = "POST" if end == "/cancel" else "GET"
        assert ana.api(method, path + end).json() == ana.api(method, nowhere + end).json()
    assert boris.api("GET", path).json() == theirs


def test_a_consultant_does_not_book_for_a_colleague(ana: Browser, calendra: Service) -> None:
    admin = calendra.browser(ADMIN)
    answer = ana.api("POST", "/api/bookings", json=form(admin, BORIS))
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "consultant_id"
    own = booked(ana, form(ana, ANA))
    moved = ana.api("PATCH", f"/api/bookings/{own['id']}", json={"consultant_id": form(admin, BORIS)["consultant_id"]})
    assert moved.status_code == 422
    assert moved.json()["fields"][0]["field"] == "consultant_id"


@pytest.mark.parametrize("cursor", ["nonsense", "e30", "=", "MjAyNy0wMS0wMXx4", "%00"])
def test_a_bad_cursor(ana: Browser, cursor: str) -> None:
    query = f"start=2027-01-01T00:00:00Z&until=2027-02-01T00:00:00Z&cursor={cursor}"
    answer = ana.api("GET", f"/api/bookings?{query}")
    assert answer.status_code == 422, answer.text
    assert answer.json()["fields"][0]["field"] == "cursor"


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("start=2027-01-01T00:00:00&until=2027-02-01T00:00:00Z", 422, "start"),
        ("start=2027-02-01T00:00:00Z&until=2027-01-01T00:00:00Z", 422, "until"),
        ("start=2027-01-01T00:00:00Z&until=2029-01-01T00:00:00Z", 422, "until"),
        ("start=2027-01-01T00:00:00Z&until=2027-02-01T00:00:00Z&limit=0", 422, "limit"),
        ("start=2027-01-01T00:00:00Z&until=2027-02-01T00:00:00Z&limit=501", 422, "limit"),
        ("start=soon&until=2027-02-01T00:00:00Z", 400, "start"),
        ("until=2027-02-01T00:00:00Z", 400, "start"),
    ],
)
def test_a_bad_range(ana: Browser, query: str, status: int, field: str) -> None:
    answer = ana.api("GET", f"/api/bookings?{query}")
    assert answer.status_code == status, answer.text
    assert answer.json()["fields"][0]["field"] == field


@pytest.mark.parametrize("etag", ["nonsense", '"x-1"', '""', '"99999999999999999999-a"'])
def test_a_bad_etag(ana: Browser, etag: str) -> None:
    session = booked(ana, form(ana, ANA))
    answer = ana.api("PATCH", f"/api/bookings/{session['id']}", json={"title": "x"}, headers={"If-Match": etag})
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "If-Match"


def test_an_oversized_body_is_refused_and_the_connection_lives_on(ana: Browser) -> None:
    answer = ana.api("POST", "/api/bookings", json=form(ana, ANA, notes="n" * 2_000_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"text"', b"[" * 100_000])
def test_a_body_that_is_no_form(ana: Browser, body: bytes) -> None:
    answer = ana.api("POST", "/api/bookings", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert answer.json()["code"] == "malformed"


@pytest.mark.parametrize("key", ["", "k" * 256, "a\tb"])
def test_a_bad_idempotency_key(ana: Browser, key: str) -> None:
    answer = ana.api("POST", "/api/bookings", json=form(ana, ANA), headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "Idempotency-Key"


def test_texts_that_no_database_can_store_are_refused_by_name(ana: Browser) -> None:
    for method, path, more in [
        ("GET", "/api/clients?text=%00", {}),
        ("GET", "/api/bookings?start=2027-01-01T00:00:00Z&until=2027-02-01T00:00:00Z&text=%00", {}),
        ("POST", "/api/login", {"json": {"email": "a\u0000@example.com", "password": "x"}}),
    ]:
        answer = ana.api(method, path, **more)
        assert answer.status_code in (401, 422), (path, answer.text)
    latin = b'{"name": "Ren\xe9", "email": "rene@example.com"}'
    answer = ana.api("POST", "/api/clients", content=latin, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_a_missing_body_is_said_so(ana: Browser) -> None:
    answer = ana.api("POST", "/api/clients", content=b"", headers={"content-type": "application/json"})
    assert answer.json()["fields"] == [{"field": "data", "rule": "The body is missing."}]


def test_saving_again_retries_a_failed_meeting(ana: Browser, calendra: Service) -> None:
    calendra.zoom.fault(
        "create", "status", status=400, body={"code": 300, "message": "Validation Failed."}, account=ANA
    )
    session = booked(ana, online(ana, ANA))
    assert session["meeting"]["status"] == "failed", session["meeting"]
    again = ana.api("PATCH", f"/api/bookings/{session['id']}", json={"title": session["title"]}).json()
    assert again["meeting"]["status"] == "ready", again["meeting"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"])
def test_a_body_that_is_not_declared_as_json(ana: Browser, kind: str) -> None:
    body = json.dumps({"name": "Eva", "email": "eva@example.org"})
    answer = ana.api("POST", "/api/clients", content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "wrong_media_type")
