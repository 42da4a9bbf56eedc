"""Joining a practice by a one-time link: made by an admin, used once by the invited person."""

from uuid import uuid4

import pytest

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.joining import accept, invite, join, token_of
from tests.real_processes import ADMIN, ANA, Service


@pytest.fixture
def admin(calendra: Service) -> Browser:
    return calendra.browser(ADMIN)


@pytest.fixture
def email() -> str:
    return f"{uuid4().hex[:8]}@example.com"


def test_an_invited_person_sees_who_invites_and_becomes_a_person_of_the_practice(
    calendra: Service, admin: Browser, email: str
) -> None:
    token = invite(admin, "Dana Rozman", email)
    dana = calendra.stranger()
    seen = dana.api("POST", "/api/invitations/look", json={"token": token}).json()
    assert (seen["practice"], seen["invited_by"], seen["name"], seen["email"], seen["roles"]) == (
        "Linden Practice",
        "Maja Hribar",
        "Dana Rozman",
        email,
        ["consultant"],
    )
    assert dana.api("GET", "/api/me").status_code == 401, "looking signs nobody in"
    me = accept(dana, token, " Dana R. ", PASSWORD)
    assert (me["name"], me["email"], me["roles"]) == ("Dana R.", email, ["consultant"])
    assert dana.api("GET", "/api/me").json() == me
    assert calendra.stranger().log_in(email, PASSWORD) == me
    assert _state(admin, email) == "accepted"
    actions = [one["action"] for one in admin.api("GET", "/api/practice/history").json()]
    assert actions[-2:] == ["invited", "joined"]


def test_an_address_counts_only_after_the_link_was_used(calendra: Service, admin: Browser, email: str) -> None:
    invite(admin, "Dana", email)
    tried = calendra.stranger().api("POST", "/api/login", json={"email": email, "password": PASSWORD})
    assert tried.status_code == 401
    assert email not in admin.api("GET", "/api/people").text


def test_a_link_works_once(calendra: Service, admin: Browser, email: str) -> None:
    token = invite(admin, "Dana", email)
    accept(calendra.stranger(), token, "Dana", PASSWORD)
    for path, form in (("look", {}), ("accept", {"name": "Dana", "password": PASSWORD})):
        again = calendra.stranger().api("POST", f"/api/invitations/{path}", json={"token": token, **form})
        assert (again.status_code, again.json()["code"]) == (410, "invitation_invalid")


def test_a_new_link_ends_the_one_before_and_revoking_ends_both(calendra: Service, admin: Browser, email: str) -> None:
    first = invite(admin, "Dana", email)
    (listed,) = [one for one in admin.api("GET", "/api/invitations").json() if one["email"] == email]
    assert (listed["state"], listed["made_by"]) == ("pending", "Maja Hribar")
    renewed = admin.api("POST", f"/api/invitations/{listed['id']}/link").raise_for_status().json()
    second = token_of(renewed["link"])
    assert renewed["ends_at"] > listed["ends_at"]
    stranger = calendra.stranger()
    look = [stranger.api("POST", "/api/invitations/look", json={"token": one}).status_code for one in (first, second)]
    assert look == [410, 200]
    assert admin.api("DELETE", f"/api/invitations/{listed['id']}").status_code == 204
    assert stranger.api("POST", "/api/invitations/look", json={"token": second}).status_code == 410
    assert _state(admin, email) == "revoked"
    refused = admin.api("POST", f"/api/invitations/{listed['id']}/link")
    assert (refused.status_code, refused.json()["code"]) == (409, "invitation_revoked")
    invite(admin, "Dana", email)
    assert _state(admin, email) == "pending"


def test_wrong_invitations_name_their_field(calendra: Service, admin: Browser, email: str) -> None:
    for wrong, field in (
        ({"email": ANA}, "email"),  # signs in already
        ({"email": "nowhere"}, "email"),
        ({"name": " "}, "name"),
        ({"roles": []}, "roles"),
    ):
        form = {"name": "Dana", "email": email, "roles": ["consultant"]} | wrong
        refused = admin.api("POST", "/api/invitations", json=form)
        assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, field)
    invite(admin, "Dana", email)
    twice = admin.api("POST", "/api/invitations", json={"name": "Dana", "email": email, "roles": ["admin"]})
    assert (twice.status_code, twice.json()["fields"][0]["field"]) == (422, "email")


def test_a_weak_password_uses_no_link_up(calendra: Service, admin: Browser, email: str) -> None:
    token = invite(admin, "Dana", email)
    for weak in ("short", email.upper()):
        form = {"token": token, "name": "Dana", "password": weak}
        refused = calendra.stranger().api("POST", "/api/invitations/accept", json=form)
        assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, "password")
    accept(calendra.stranger(), token, "Dana", PASSWORD)


def test_trying_links_is_paced_and_a_link_that_works_costs_nothing(
    calendra: Service, admin: Browser, email: str
) -> None:
    token, stranger = invite(admin, "Dana", email), calendra.stranger()
    assert {stranger.api("POST", "/api/invitations/look", json={"token": token}).status_code for _ in range(25)} == {
        200
    }


def test_who_was_somebody_else_in_this_browser_is_so_no_more(calendra: Service, admin: Browser, email: str) -> None:
    browser = calendra.browser(ANA)
    ana = browser.http.cookies["calendra_session"]
    join(admin, browser, "Dana", email, PASSWORD)
    assert browser.api("GET", "/api/me").json()["email"] == email
    thief = calendra.stranger()
    thief.http.cookies.set("calendra_session", ana)
    assert thief.api("GET", "/api/me").status_code == 401


def _state(admin: Browser, email: str) -> str:
    return next(str(one["state"]) for one in admin.api("GET", "/api/invitations").json() if one["email"] == email)
