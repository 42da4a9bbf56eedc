"""Adding colleagues, and what one decides about oneself."""

from uuid import uuid4

import pytest

from tests.browser import Browser
from tests.running import ADMIN, ANA, Service


def test_an_admin_adds_a_consultant_who_can_work_at_once(calendra: Service) -> None:
    admin = calendra.browser(ADMIN)
    email = f"{uuid4().hex[:8]}@example.com"
    person = {"name": "Dana Rozman", "email": email, "password": "a first password", "roles": ["consultant"]}
    added = admin.api("POST", "/api/people", json=person)
    assert added.status_code == 201, added.text
    assert "password" not in added.text
    dana = calendra.stranger()
    assert dana.sign_in(email, "a first password")["id"] == added.json()["id"]
    twice = admin.api("POST", "/api/people", json=person)
    assert (twice.status_code, twice.json()["fields"][0]["field"]) == (422, "email")


def test_only_admins_add_people(calendra: Service) -> None:
    person = {"name": "X", "email": "x@example.com", "password": "a first password", "roles": ["admin"]}
    assert calendra.browser(ANA).api("POST", "/api/people", json=person).status_code == 403


def test_a_new_password_signs_out_everywhere_but_here(calendra: Service) -> None:
    admin = calendra.browser(ADMIN)
    email = f"{uuid4().hex[:8]}@example.com"
    person = {"name": "Erik Kolar", "email": email, "password": "a first password", "roles": ["consultant"]}
    admin.api("POST", "/api/people", json=person).raise_for_status()
    here, there = calendra.stranger(), calendra.stranger()
    for browser in (here, there):
        browser.sign_in(email, "a first password")
    stolen = calendra.stranger()
    stolen.http.cookies.update(here.http.cookies)
    wrong = here.api("PUT", "/api/me/password", json={"old": "not it", "new": "a second password"})
    assert wrong.status_code == 401
    short = here.api("PUT", "/api/me/password", json={"old": "a first password", "new": "short"})
    assert short.json()["fields"][0]["field"] == "password"
    done = here.api("PUT", "/api/me/password", json={"old": "a first password", "new": "a second password"})
    assert done.status_code == 204, done.text
    assert [browser.api("GET", "/api/me").status_code for browser in (here, there)] == [200, 401]
    assert stolen.api("GET", "/api/me").status_code == 401, "here is a new session"
    assert there.sign_in(email, "a second password")["email"] == email


@pytest.fixture
def newcomer(calendra: Service) -> Browser:
    email = f"{uuid4().hex[:8]}@example.com"
    person = {"name": "Fani Lah", "email": email, "password": "a first password", "roles": ["consultant"]}
    calendra.browser(ADMIN).api("POST", "/api/people", json=person).raise_for_status()
    browser = calendra.stranger()
    browser.sign_in(email, "a first password")
    return browser


def test_who_i_am_names_the_practice_and_the_language(newcomer: Browser) -> None:
    me = newcomer.api("GET", "/api/me").json()
    assert (me["name"], me["roles"], me["language"]) == ("Fani Lah", ["consultant"], None)
    assert me["practice"] == {"name": "Linden Practice", "zone": me["zone"]}
    assert set(me) == {"id", "organization_id", "name", "email", "roles", "zone", "language", "practice"}
    assert newcomer.sign_in(me["email"], "a first password") == me


def test_preferences_change_one_by_one_and_at_once(newcomer: Browser) -> None:
    me = newcomer.api("GET", "/api/me").json()
    for change in ({"language": "sl"}, {"name": "Fani L."}, {"zone": "Europe/Zagreb"}, {}, {"language": None}):
        me |= change
        answer = newcomer.api("PATCH", "/api/me", json=change)
        assert (answer.status_code, answer.json()) == (200, me)
        assert newcomer.api("GET", "/api/me").json() == me


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [({"zone": "Mars"}, 422, "zone"), ({"name": ""}, 422, "name"), ({"language": "xx"}, 400, "language")],
)
def test_a_wrong_preference_is_named(newcomer: Browser, change: dict[str, str], status: int, field: str) -> None:
    answer = newcomer.api("PATCH", "/api/me", json=change)
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (status, field)
    assert newcomer.api("PATCH", "/api/me", json={"roles": ["admin"]}).status_code == 400
