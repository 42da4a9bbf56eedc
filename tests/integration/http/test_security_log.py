"""The security log over HTTP: what an admin finds there after a day in the practice."""

import csv
import io
from typing import Any
from uuid import uuid4

import pytest

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.joining import founded, invite, join
from tests.real_processes import Service
from tests.walk import wait_until


@pytest.fixture
def admin(calendra: Service) -> Browser:
    """Of a practice of its own."""
    browser = calendra.stranger()
    browser.log_in(founded(calendra, "Elm Practice"), PASSWORD)
    return browser


def _events(admin: Browser, query: str = "") -> list[dict[str, Any]]:
    return list(admin.api("GET", f"/api/security-log?{query}").raise_for_status().json()["items"])


def test_people_and_their_sign_ins_are_in_the_log(calendra: Service, admin: Browser) -> None:
    dora, email = calendra.stranger(), f"dora.{uuid4().hex}@example.com"
    join(admin, dora, "Dora Elm", email, PASSWORD)
    stranger = calendra.stranger()
    wrong = stranger.api("POST", "/api/login", json={"email": email, "password": "not her password"})
    assert wrong.status_code == 401
    dora.api("DELETE", "/api/login").raise_for_status()
    wait_until(lambda: _events(admin, "outcome=refused"), "the refusal is recorded")
    told = [(one["event"], one["outcome"], one["actor"], one["subject"]) for one in _events(admin)]
    assert set(told) >= {
        ("invited", "succeeded", "Olga", "Dora Elm"),
        ("joined", "succeeded", "Dora Elm", "Dora Elm"),
        ("sign_in", "refused", None, "Dora Elm"),
        ("sign_out", "succeeded", "Dora Elm", "Dora Elm"),
    }
    about_dora = _events(admin, f"person_id={_events(admin, 'event=joined')[0]['subject_id']}")
    assert {one["event"] for one in about_dora} == {"joined", "sign_in", "sign_out"}


def test_an_event_names_the_request_whose_id_the_response_had(admin: Browser) -> None:
    answer = admin.api("DELETE", "/api/login/others", headers={"X-Request-Id": "forged"})
    (event,) = _events(admin, "event=sign_out_elsewhere")
    assert (event["request_id"], event["network"]) == (answer.headers["x-request-id"], "127.0.0.1")
    assert event["request_id"] != "forged"


def test_an_unknown_address_is_in_no_practices_log(calendra: Service, admin: Browser) -> None:
    stranger = calendra.stranger()
    typed = "correct horse battery staple"  # a password in the field of the address
    assert stranger.api("POST", "/api/login", json={"email": typed, "password": "x"}).status_code == 401
    assert _events(admin, "outcome=refused") == []


def test_pages_and_ranges(admin: Browser) -> None:
    for _ in range(3):
        admin.api("DELETE", "/api/login/others").raise_for_status()
    everything = _events(admin)
    page = admin.api("GET", "/api/security-log?limit=2").json()
    rest = admin.api("GET", f"/api/security-log?limit=200&cursor={page['cursor']}").json()
    assert (page["items"] + rest["items"], rest["cursor"]) == (everything, None)
    assert _events(admin, f"until={everything[-1]['at']}") == []
    for query, field in (("limit=0", "limit"), ("cursor=x", "cursor"), ("since=2026-01-01T00:00:00", "since")):
        refused = admin.api("GET", f"/api/security-log?{query}")
        assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, field)


def test_the_export_is_a_table_that_no_spreadsheet_takes_for_formulas(calendra: Service, admin: Browser) -> None:
    invite(admin, '=HYPERLINK("http://x")', f"{uuid4().hex}@example.com")
    answer = admin.api("GET", "/api/security-log/export").raise_for_status()
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    (invited,) = [one for one in rows if one["event"] == "invited"]
    assert invited["subject"] == '\'=HYPERLINK("http://x")'
    assert len(rows) == len(_events(admin)), "the export itself is recorded, and in the export"
    assert _events(admin)[0]["event"] == "security_log_exported"
