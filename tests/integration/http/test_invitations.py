"""Joining a practice by a one-time link: made by an admin, used once by the invited person."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.in_memory_app import PASSWORD
from tests.integration.http.conftest import Api
from tests.integration.security.site import ask
from tests.joining import token_of

HOUR = timedelta(hours=1)


@pytest.fixture
def email() -> str:
    return f"{uuid4().hex[:8]}@example.com"


async def invite(api: Api, email: str, name: str = "Dana Rozman") -> str:
    """The token of the link."""
    wanted = {"name": name, "email": email, "roles": ["consultant"]}
    made = await api.ask("Admin", "POST", "/api/invitations", json=wanted)
    return token_of(made.raise_for_status().json()["link"])


async def look(api: Api, token: str) -> httpx.Response:
    return await ask(await api.site.browser(), "POST", "/api/invitations/look", json={"token": token})


async def accept(api: Api, token: str, browser: httpx.AsyncClient | None = None, **more: str) -> httpx.Response:
    form = {"token": token, "name": "Dana", "password": PASSWORD} | more
    return await ask(browser or await api.site.browser(), "POST", "/api/invitations/accept", json=form)


async def listed(api: Api, email: str) -> dict[str, Any]:
    return dict(next(one for one in await api.told("Admin", "/api/invitations") if one["email"] == email))


async def test_an_invited_person_sees_who_invites_and_becomes_a_person_of_the_practice(api: Api, email: str) -> None:
    token, dana = await invite(api, email), await api.site.browser()
    seen = (await ask(dana, "POST", "/api/invitations/look", json={"token": token})).json()
    assert {name: seen[name] for name in ("practice", "invited_by", "name", "email", "roles")} == {
        "practice": api.practice.organization.name,
        "invited_by": "Admin",
        "name": "Dana Rozman",
        "email": email,
        "roles": ["consultant"],
    }
    assert (await ask(dana, "GET", "/api/me")).status_code == 401, "looking signs nobody in"
    tried = {"email": email, "password": PASSWORD}
    assert (await ask(dana, "POST", "/api/login", json=tried)).status_code == 401, "the address does not count yet"
    assert email not in str(await api.told("Admin", "/api/people"))
    me = (await accept(api, token, dana, name=" Dana R. ")).raise_for_status().json()
    assert (me["name"], me["email"], me["roles"]) == ("Dana R.", email, ["consultant"])
    assert (await ask(dana, "GET", "/api/me")).json() == me
    assert (await ask(await api.site.browser(), "POST", "/api/login", json=tried)).json() == me
    assert (await listed(api, email))["state"] == "accepted"
    actions = [one["action"] for one in await api.told("Admin", "/api/practice/history")]
    assert actions[-2:] == ["invited", "joined"]


async def test_a_link_works_once(api: Api, email: str) -> None:
    token = await invite(api, email)
    (await accept(api, token)).raise_for_status()
    for again in (await look(api, token), await accept(api, token)):
        assert (again.status_code, again.json()["code"]) == (410, "invitation_invalid")


async def test_a_new_link_ends_the_one_before_and_revoking_ends_both(api: Api, email: str) -> None:
    first, before = await invite(api, email), await listed(api, email)
    assert (before["state"], before["made_by"]) == ("pending", "Admin")
    path = f"/api/invitations/{before['id']}"
    api.app.clock.move(HOUR)
    (await api.ask("Admin", "POST", "/api/login/confirmation", json={"password": PASSWORD})).raise_for_status()
    renewed = (await api.ask("Admin", "POST", f"{path}/link")).raise_for_status().json()
    second = token_of(renewed["link"])
    assert renewed["ends_at"] > before["ends_at"]
    assert [(await look(api, one)).status_code for one in (first, second)] == [410, 200]
    assert (await api.ask("Admin", "DELETE", path)).status_code == 204
    assert (await look(api, second)).status_code == 410
    assert (await listed(api, email))["state"] == "revoked"
    assert (await api.refused("Admin", "POST", f"{path}/link"))[:2] == (409, "invitation_revoked")
    await invite(api, email)
    assert (await listed(api, email))["state"] == "pending"


async def test_wrong_invitations_name_their_field(api: Api, email: str) -> None:
    right = {"name": "Dana", "email": email, "roles": ["consultant"]}
    for wrong, field in (
        ({"email": api.practice.accounts["Ana"].email}, "email: email_taken"),
        ({"email": "nowhere"}, "email: not_an_email"),
        ({"name": " "}, "name: empty"),
        ({"roles": []}, "roles: no_role"),
    ):
        refused = await api.refused("Admin", "POST", "/api/invitations", json=right | wrong)
        assert refused == (422, "invalid_input", [field])
    await invite(api, email)
    assert (await api.refused("Admin", "POST", "/api/invitations", json=right))[2] == ["email: email_invited"]


async def test_a_weak_password_uses_no_link_up(api: Api, email: str) -> None:
    token = await invite(api, email)
    for weak in ("short", email.upper()):
        refused = await accept(api, token, password=weak)
        assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, "password")
    (await accept(api, token)).raise_for_status()


async def test_trying_links_is_paced_and_a_link_that_works_costs_nothing(api: Api, email: str) -> None:
    token = await invite(api, email)
    assert {(await look(api, token)).status_code for _ in range(25)} == {200}


async def test_who_was_another_person_in_this_browser_is_so_no_more(api: Api, email: str) -> None:
    browser = api.practice.browsers["Ana"]
    of_ana = browser.cookies["calendra_session"]
    (await accept(api, await invite(api, email), browser)).raise_for_status()
    assert (await ask(browser, "GET", "/api/me")).json()["email"] == email
    thief = await api.site.browser()
    thief.cookies.set("calendra_session", of_ana)
    assert (await ask(thief, "GET", "/api/me")).status_code == 401
