"""Adding colleagues, and one's own password."""

from uuid import uuid4

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


def test_a_new_password_signs_out_everywhere(calendra: Service) -> None:
    admin = calendra.browser(ADMIN)
    email = f"{uuid4().hex[:8]}@example.com"
    person = {"name": "Erik Kolar", "email": email, "password": "a first password", "roles": ["consultant"]}
    admin.api("POST", "/api/people", json=person).raise_for_status()
    here, there = calendra.stranger(), calendra.stranger()
    for browser in (here, there):
        browser.sign_in(email, "a first password")
    wrong = here.api("PUT", "/api/me/password", json={"old": "not it", "new": "a second password"})
    assert wrong.status_code == 401
    short = here.api("PUT", "/api/me/password", json={"old": "a first password", "new": "short"})
    assert short.json()["fields"][0]["field"] == "password"
    done = here.api("PUT", "/api/me/password", json={"old": "a first password", "new": "a second password"})
    assert done.status_code == 204, done.text
    assert [browser.api("GET", "/api/me").status_code for browser in (here, there)] == [401, 401]
    assert there.sign_in(email, "a second password")["email"] == email
