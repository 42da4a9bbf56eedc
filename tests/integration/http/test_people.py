"""The people of a practice, and the settings of a person's own account."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.integration.security.rules import SLOT
from tests.joining import founded, invite, join
from tests.real_processes import ADMIN, Service


@dataclass(frozen=True)
class Oak:
    """A practice of its own, whose admin is alone in it."""

    admin: Browser
    me: dict[str, Any]

    def roles(self, *roles: str) -> httpx.Response:
        return self.admin.api("PUT", f"/api/people/{self.me['id']}/roles", json={"roles": list(roles)})


@pytest.fixture
def oak(calendra: Service) -> Oak:
    admin = calendra.stranger()
    return Oak(admin, admin.log_in(founded(calendra, "Oak Practice"), PASSWORD))


def test_an_admin_who_is_alone_begins_and_ends_to_hold_sessions(oak: Oak) -> None:
    client = oak.admin.api("POST", "/api/clients", json={"name": "Otto", "email": "otto@example.org"}).json()["id"]
    form = {**SLOT, "client_ids": [client], "consultant_id": oak.me["id"]}
    nobody = oak.admin.api("POST", "/api/bookings", json=form)
    assert nobody.status_code == 422
    assert [(one["field"], one["code"]) for one in nobody.json()["fields"]] == [("consultant_id", "no_consultants")]
    assert oak.roles("admin", "consultant").json()["roles"] == ["admin", "consultant"]
    booked = oak.admin.api("POST", "/api/bookings", json=form).raise_for_status().json()["id"]
    (listed,) = oak.admin.api("GET", "/api/people").json()
    assert (listed["coming"], listed["connected_at"]) == (1, [])
    refused = oak.roles("admin")
    assert (refused.status_code, refused.json()["code"], refused.json()["data"]["sessions"]) == (
        409,
        "sessions_to_come",
        1,
    )
    oak.admin.api("POST", f"/api/bookings/{booked}/cancel").raise_for_status()
    assert oak.roles("admin").json()["roles"] == ["admin"]
    assert oak.admin.api("GET", "/api/consultants").json() == []
    told = [one["action"] for one in oak.admin.api("GET", "/api/practice/history").json()]
    assert told == ["roles_changed", "roles_changed"]


def test_a_practice_keeps_an_admin_and_everybody_a_role(oak: Oak) -> None:
    assert (oak.roles("consultant").status_code, oak.roles("consultant").json()["code"]) == (409, "last_admin")
    assert (oak.roles().status_code, oak.roles().json()["fields"][0]["field"]) == (422, "roles")


def test_the_practices_settings_are_trimmed_checked_and_followed(oak: Oak) -> None:
    changed = oak.admin.api(
        "PATCH", "/api/practice", json={"name": "  Oak & Ash ", "zone": "Europe/Vienna", "language": "sl"}
    )
    named = {"name": "Oak & Ash", "zone": "Europe/Vienna", "language": "sl"}
    assert changed.json() == {**named, "idle_minutes": 10080, "second_factor_from": None}
    me = oak.admin.api("GET", "/api/me").json()
    assert (me["practice"], me["zone"]) == (changed.json(), "Europe/Vienna"), "the admin's zone was the practice's"
    for wrong, field in (({"name": " "}, "name"), ({"zone": "Mars"}, "zone")):
        refused = oak.admin.api("PATCH", "/api/practice", json=wrong)
        assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, field)
    history = oak.admin.api("GET", "/api/practice/history").json()
    assert [one["facts"]["changed"] for one in history] == [["name", "zone", "language"]]


def test_the_first_steps_follow_from_what_is_there(oak: Oak) -> None:
    def steps() -> dict[str, bool]:
        return {one["step"]: one["done"] for one in oak.admin.api("GET", "/api/practice/first-steps").json()}

    undone = dict.fromkeys(("practice", "consultant", "colleague", "connection", "session"), False)
    assert steps() == undone
    oak.admin.api("PATCH", "/api/practice", json={"language": "en"}).raise_for_status()
    oak.roles("admin", "consultant").raise_for_status()
    invite(oak.admin, "Oto", f"{uuid4().hex[:8]}@example.com")
    assert steps() == undone | {"practice": True, "consultant": True, "colleague": True}
    oak.roles("admin").raise_for_status()
    assert steps() == undone | {"practice": True, "colleague": True}, "a step comes undone"


def test_outside_the_demo_nobody_is_offered_at_the_sign_in(calendra: Service) -> None:
    """Although people with these very addresses are there."""
    assert calendra.stranger().api("GET", "/api/demo/people").json() == []


def test_a_new_password_signs_out_everywhere_but_here(calendra: Service) -> None:
    admin = calendra.browser(ADMIN)
    email = f"{uuid4().hex[:8]}@example.com"
    join(admin, calendra.stranger(), "Erik Kolar", email, "a first password")
    here, there = calendra.stranger(), calendra.stranger()
    for browser in (here, there):
        browser.log_in(email, "a first password")
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
    assert there.log_in(email, "a second password")["email"] == email


@pytest.fixture
def newcomer(calendra: Service) -> Browser:
    email = f"{uuid4().hex[:8]}@example.com"
    browser = calendra.stranger()
    join(calendra.browser(ADMIN), browser, "Fani Lah", email, "a first password")
    return browser


def test_who_i_am_names_the_practice_and_the_language(newcomer: Browser) -> None:
    me = newcomer.api("GET", "/api/me").json()
    assert (me["name"], me["roles"], me["language"]) == ("Fani Lah", ["consultant"], None)
    named = {"name": "Linden Practice", "zone": me["zone"], "language": None}
    assert me["practice"] == {**named, "idle_minutes": 10080, "second_factor_from": None}
    assert set(me) == {"id", "organization_id", "name", "email", "roles", "zone", "language", "practice"}
    assert newcomer.log_in(me["email"], "a first password") == me


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
