"""Ending an account, bringing it back, and the link for a new password."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx
import pytest

from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from tests.in_memory_app import NOON, PASSWORD
from tests.integration.http.conftest import Api
from tests.integration.security.site import ask
from tests.joining import token_of

NEW = "another password for tests"


def path(api: Api, who: str, rest: str = "") -> str:
    return f"/api/people/{api.practice.accounts[who].id}{rest}"


async def end(api: Api, who: str = "Ana", meetings: str = "keep", by: str = "Admin") -> httpx.Response:
    return await api.ask(by, "POST", path(api, who, "/end"), json={"meetings": meetings})


async def person(api: Api, who: str) -> dict[str, Any]:
    people = await api.told("Admin", "/api/people")
    return dict(next(one for one in people if one["id"] == str(api.practice.accounts[who].id)))


async def sign_in(api: Api, who: str, password: str = PASSWORD) -> httpx.Response:
    credentials = {"email": api.practice.accounts[who].email, "password": password}
    return await ask(await api.site.browser(), "POST", "/api/login", json=credentials)


async def reset_token(api: Api, who: str) -> str:
    made = await api.ask("Admin", "POST", path(api, who, "/reset-link"))
    return token_of(made.raise_for_status().json()["link"])


async def use(api: Api, token: str, password: str = NEW) -> httpx.Response:
    form = {"token": token, "password": password}
    return await ask(await api.site.browser(), "POST", "/api/reset-links/use", json=form)


async def test_the_list_has_everybody_and_who_left_at_the_end(api: Api) -> None:
    people = await api.told("Admin", "/api/people")
    assert [(one["name"], one["roles"]) for one in people] == [
        ("Admin", ["admin"]),
        ("Ana", ["consultant"]),
        ("Bor", ["consultant"]),
        ("Cene", ["consultant"]),
        ("Dina", ["consultant"]),  # whose account has ended
    ]
    assert {one["last_login_at"] for one in people[:-1]} == {NOON.isoformat().replace("+00:00", "Z")}
    await end(api)
    people = await api.told("Admin", "/api/people")
    assert [(one["name"], one["ended_at"] is None) for one in people][2:] == [
        ("Cene", True),
        ("Ana", False),
        ("Dina", False),
    ]


async def test_the_preview_shows_what_ends_and_changes_nothing(api: Api) -> None:
    before = await api.told("Admin", "/api/people")
    in_person = await api.booked()
    seen = await api.told("Admin", path(api, "Ana", "/ending"))
    assert (seen["person"]["coming"], seen["last_admin"]) == (2, False)
    assert [one["booking_id"] for one in seen["sessions"]] == [api.practice.things["booking_id"], in_person["id"]]
    (connection,) = seen["connections"]
    assert connection["label"] == "North"
    assert [(one["booking_id"], one["on_remove"], one["on_keep"]) for one in connection["affected"]] == [
        (api.practice.things["booking_id"], "removed", "kept")
    ]
    after = await api.told("Admin", "/api/people")
    assert [one | {"coming": 0} for one in after] == [one | {"coming": 0} for one in before]
    assert (await api.told("Admin", path(api, "Admin", "/ending")))["last_admin"] is True


async def test_an_ended_person_signs_in_nowhere_and_is_nobody_to_assign_to(api: Api) -> None:
    ended = (await end(api)).raise_for_status().json()
    assert [(one["label"], one["revocation"]) for one in ended["connections"]] == [("North", "confirmed")]
    assert (await api.ask("Ana", "GET", "/api/me")).status_code == 401
    unknown = await ask(
        await api.site.browser(), "POST", "/api/login", json={"email": "nobody@example.com", "password": PASSWORD}
    )
    refused = await sign_in(api, "Ana")
    assert (refused.status_code, refused.json()) == (unknown.status_code, unknown.json())
    assert "Ana" not in [one["name"] for one in await api.told("Admin", "/api/consultants")]
    booking = await api.refused("Admin", "POST", "/api/bookings", json=api.form("Ana"))
    assert booking == (422, "invalid_input", ["consultant_id: unknown_consultant"])
    link = f"/api/connections/{api.practice.things['provider']}/{api.practice.accounts['Ana'].id}/links"
    assert (await api.refused("Admin", "POST", link))[:2] == (404, "not_found")
    told = [one["action"] for one in await api.told("Admin", "/api/practice/history")]
    assert told[-1] == "account_ended"
    log = (await api.told("Admin", "/api/security-log"))["items"]
    assert "account_ended" in [one["event"] for one in log]


async def test_upcoming_sessions_stay_until_they_are_reassigned(api: Api) -> None:
    booking = api.practice.things["booking_id"]
    await end(api, meetings="remove")
    assert (await person(api, "Ana"))["coming"] == 1
    session = await api.told("Admin", f"/api/bookings/{booking}")
    assert (session["consultant"], session["status"], session["meeting"]["status"]) == ("Ana", "planned", "waiting")
    to_bor = {"consultant_id": str(api.practice.accounts["Bor"].id)}
    given = (await api.ask("Admin", "PATCH", f"/api/bookings/{booking}", json=to_bor)).raise_for_status().json()
    assert (given["consultant"], given["meeting"]["status"]) == ("Bor", "ready")
    assert (await person(api, "Ana"))["coming"] == 0


async def test_the_last_admin_stays_and_another_may_leave(api: Api) -> None:
    assert (await api.refused("Admin", "POST", path(api, "Admin", "/end"), json={}))[:2] == (409, "last_admin")
    roles = {"roles": ["admin", "consultant"]}
    (await api.ask("Admin", "PUT", path(api, "Bor", "/roles"), json=roles)).raise_for_status()
    (await end(api, "Admin")).raise_for_status()
    assert (await api.refused("Bor", "POST", path(api, "Bor", "/end"), json={}))[:2] == (409, "last_admin")


async def test_who_comes_back_has_the_roles_and_needs_a_new_password(api: Api) -> None:
    await end(api)
    assert (await api.refused("Admin", "POST", path(api, "Ana", "/reset-link")))[:2] == (409, "account_ended")
    back = (await api.ask("Admin", "POST", path(api, "Ana", "/restore"))).raise_for_status().json()
    assert (back["roles"], back["ended_at"], back["connected_at"]) == (["consultant"], None, [])
    assert (await sign_in(api, "Ana")).status_code == 401
    me = (await use(api, await reset_token(api, "Ana"))).raise_for_status().json()
    assert (me["name"], me["roles"]) == ("Ana", ["consultant"])
    assert (await sign_in(api, "Ana", NEW)).is_success
    told = [one["action"] for one in await api.told("Admin", "/api/practice/history")]
    assert told[-2:] == ["account_ended", "account_restored"]


async def test_links_of_an_admin_who_left_let_nobody_in(api: Api) -> None:
    """An admin who expects to be ended may have prepared a way back."""
    roles = {"roles": ["admin", "consultant"]}
    (await api.ask("Admin", "PUT", path(api, "Bor", "/roles"), json=roles)).raise_for_status()
    wanted = {"name": "A friend", "email": "friend@example.com", "roles": ["admin"]}
    invited = (await api.ask("Bor", "POST", "/api/invitations", json=wanted)).json()
    for_cene = (await api.ask("Bor", "POST", path(api, "Cene", "/reset-link"))).json()
    await end(api, "Bor")
    form = {"token": token_of(invited["link"]), "name": "A friend", "password": PASSWORD}
    accepted = await ask(await api.site.browser(), "POST", "/api/invitations/accept", json=form)
    assert (accepted.status_code, accepted.json()["code"]) == (410, "invitation_invalid")
    assert (await use(api, token_of(for_cene["link"]))).status_code == 410


async def test_a_reset_link_works_once_and_ends_every_login(api: Api) -> None:
    first = await reset_token(api, "Ana")
    assert (await person(api, "Ana"))["reset_link_until"] is not None
    second = await reset_token(api, "Ana")
    assert (await api.ask("Ana", "GET", "/api/me")).is_success
    assert (await sign_in(api, "Ana")).is_success, "the old password works until the link is used"
    assert (await use(api, first)).json()["code"] == "reset_link_invalid"
    assert (await use(api, second, "short")).json()["fields"][0]["code"] == "password_length"
    assert (await use(api, second)).is_success
    assert (await use(api, second)).status_code == 410
    assert (await api.ask("Ana", "GET", "/api/me")).status_code == 401
    assert [(await sign_in(api, "Ana", password)).status_code for password in (PASSWORD, NEW)] == [401, 201]
    assert (await person(api, "Ana"))["reset_link_until"] is None
    log = [one["event"] for one in (await api.told("Admin", "/api/security-log"))["items"]]
    assert log.count("reset_link_created") >= 2
    assert log.count("password_reset") == 1


async def test_a_reset_link_ends_by_time_by_revoking_and_by_a_new_password(api: Api) -> None:
    revoked = await reset_token(api, "Ana")
    assert (await api.ask("Admin", "DELETE", path(api, "Ana", "/reset-link"))).status_code == 204
    overtaken = await reset_token(api, "Ana")
    changed = {"old": PASSWORD, "new": NEW}
    assert (await api.ask("Ana", "PUT", "/api/me/password", json=changed)).status_code == 204
    late = await reset_token(api, "Ana")
    look = await ask(await api.site.browser(), "POST", "/api/reset-links/look", json={"token": late})
    assert (look.json()["email"], look.json()["name"]) == (api.practice.accounts["Ana"].email, "Ana")
    api.app.clock.move(timedelta(hours=72))
    for token in (revoked, overtaken, late):
        assert (await use(api, token, "a third password for tests")).status_code == 410


async def test_an_admin_makes_no_reset_link_for_themselves(api: Api) -> None:
    assert (await api.refused("Admin", "POST", path(api, "Admin", "/reset-link")))[:2] == (409, "own_reset_link")


async def test_the_operator_ends_restores_and_resets(api: Api) -> None:
    container, email = api.app.container, api.practice.accounts["Ana"].email
    ended = await container.end_account().by_operator(f" {email.upper()} ", MeetingsOnDisconnect.KEEP)
    assert (ended.status.account.ended, ended.status.coming) == (True, 1)
    assert (await sign_in(api, "Ana")).status_code == 401
    await container.restore_account().by_operator(email)
    made = await container.make_reset_link().by_operator(email)
    assert (await use(api, made.secret.text)).is_success


@pytest.mark.parametrize("meetings", ["keep", "remove"])
async def test_ending_again_changes_nothing(api: Api, meetings: str) -> None:
    first = (await end(api, meetings=meetings)).json()
    before = api.site.rows()
    assert (await end(api, meetings=meetings)).json() == {"person": first["person"], "connections": []}
    assert api.site.rows() == before


async def test_an_erased_person_leaves_sessions_and_histories_without_a_name(api: Api) -> None:
    email, ana = api.practice.accounts["Ana"].email, str(api.practice.accounts["Ana"].id)
    booking = f"/api/bookings/{api.practice.things['booking_id']}"
    assert (await api.refused("Admin", "POST", path(api, "Ana", "/erasure")))[:2] == (409, "account_not_ended")
    await end(api)
    assert (await api.refused("Admin", "POST", path(api, "Ana", "/erasure")))[:2] == (409, "sessions_to_come")
    (await api.ask("Admin", "POST", f"{booking}/cancel")).raise_for_status()
    receipt = (await api.ask("Admin", "POST", path(api, "Ana", "/erasure"))).raise_for_status().json()
    assert receipt["email_hash"] == sha256(email.encode()).hexdigest()
    assert (receipt["asked_by"], receipt["erased"]["accounts"]) == ("Admin", 1)
    assert ana not in {one["id"] for one in await api.told("Admin", "/api/people")}
    assert (await api.told("Admin", booking))["consultant"] == ""
    told = await api.told("Admin", "/api/practice/history")
    assert told[-1]["action"] == "account_erased"
    assert "Ana" not in str(told)
    assert {one["actor"] for one in await api.told("Admin", f"{booking}/history") if one["actor_id"] == ana} == {None}
    events = (await api.told("Admin", "/api/security-log?event=account_erased"))["items"]
    assert [(one["subject_id"], one["subject"]) for one in events] == [(ana, None)]
    assert (await api.refused("Admin", "POST", path(api, "Ana", "/restore")))[0] == 404
    assert (await api.refused("Admin", "POST", path(api, "Ana", "/erasure")))[0] == 404
    rows = str(api.site.rows())
    assert email not in rows
    wanted = {"name": "Ana again", "email": email, "roles": ["consultant"]}
    invited = (await api.ask("Admin", "POST", "/api/invitations", json=wanted)).raise_for_status().json()
    form = {"token": token_of(invited["link"]), "name": "Ana again", "password": PASSWORD}
    accepted = await ask(await api.site.browser(), "POST", "/api/invitations/accept", json=form)
    assert accepted.json()["email"] == email
