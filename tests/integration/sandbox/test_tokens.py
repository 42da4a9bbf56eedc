"""Codes are used once, refresh tokens rotate, a new authorization ends the old one, removal ends all."""

import httpx
import pytest

from tests.integration.sandbox.zoom_client import ANA, APP, BORIS, CONFIG, REDIRECT, ZoomClient

DEAD = (400, {"reason": "Invalid Token!", "error": "invalid_grant"})
INVALID = (401, {"code": 124, "message": "Invalid access token."})


def _said(answer: httpx.Response) -> tuple[int, object]:
    return answer.status_code, answer.json()


def _me(zoom: ZoomClient, token: str) -> httpx.Response:
    return zoom.api("GET", "/users/me", token)


def test_the_token_answer_has_what_zoom_sends(zoom: ZoomClient) -> None:
    tokens = zoom.connect()
    assert set(tokens) == {"access_token", "token_type", "refresh_token", "expires_in", "scope", "api_url"}
    assert (tokens["token_type"], tokens["expires_in"], tokens["api_url"]) == ("bearer", 3599, zoom.address)
    assert tokens["scope"].split(" ") == list(CONFIG.scopes)
    assert len(tokens["access_token"]) > 400


def test_a_code_is_used_once(zoom: ZoomClient) -> None:
    code = zoom.approve()["code"]
    assert zoom.exchange(code).status_code == 200
    refusal = {"reason": f"Invalid authorization code {code}", "error": "invalid_request"}
    assert _said(zoom.exchange(code)) == (400, refusal)


def test_a_code_lives_five_minutes(zoom: ZoomClient) -> None:
    young, old = zoom.approve()["code"], zoom.approve()["code"]
    zoom.control("clock", {"advance_seconds": 295})
    assert zoom.exchange(young).status_code == 200
    zoom.control("clock", {"advance_seconds": 10})
    assert zoom.exchange(old).json()["error"] == "invalid_request"


def test_the_redirect_must_be_the_one_that_was_asked_with(zoom: ZoomClient) -> None:
    code = zoom.approve()["code"]
    refused = zoom.exchange(code, redirect_uri=f"{REDIRECT}2")
    assert _said(refused) == (400, {"reason": "Redirect URI mismatch.", "error": "invalid_request"})


def test_the_secret_must_be_right(zoom: ZoomClient) -> None:
    form = {"grant_type": "authorization_code", "code": zoom.approve()["code"], "redirect_uri": REDIRECT}
    for auth in ((CONFIG.client_id, "wrong"), ("wrong", CONFIG.client_secret), ("", "")):
        answer = zoom.http.post("/oauth/token", data=form, auth=auth)
        refusal = {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}
        assert _said(answer) == (401, refusal)
    assert zoom.token(**form).status_code == 200


def test_grants_in_the_address_are_refused(zoom: ZoomClient) -> None:
    tokens = zoom.connect()
    refusal = "Invalid access token, this access token is not supported as query parameter string."
    in_address = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    for answer in (
        zoom.http.post("/oauth/token", params=in_address, auth=APP),
        zoom.http.post("/oauth/revoke", params={"token": tokens["access_token"]}, auth=APP),
        zoom.http.get("/v2/users/me", params={"access_token": tokens["access_token"]}),
    ):
        assert _said(answer) == (401, {"code": 124, "message": refusal})
    assert zoom.refresh(tokens["refresh_token"]).status_code == 200


def test_a_json_body_is_no_grant(zoom: ZoomClient) -> None:
    body = {"grant_type": "refresh_token", "refresh_token": zoom.connect()["refresh_token"]}
    assert zoom.http.post("/oauth/token", json=body, auth=APP).json()["error"] == "invalid_request"


def test_other_grants_are_refused(zoom: ZoomClient) -> None:
    assert zoom.token(grant_type="password").json()["error"] == "unsupported_grant_type"


def test_a_refresh_rotates_and_the_old_one_is_dead_at_once(zoom: ZoomClient) -> None:
    first = zoom.connect()
    second = zoom.refresh(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert _said(zoom.refresh(first["refresh_token"])) == DEAD
    assert _me(zoom, second["access_token"]).status_code == 200
    assert _me(zoom, first["access_token"]).status_code == 200, "the access token runs out by itself"
    assert zoom.account()["counts"]["refreshed"] == 1


def test_with_a_grace_the_old_one_may_be_repeated_for_a_while(zoom: ZoomClient) -> None:
    zoom.control("config", {"refresh_grace_seconds": 30}, "PATCH")
    first = zoom.connect()["refresh_token"]
    assert [zoom.refresh(first).status_code for _ in range(2)] == [200, 200]
    zoom.control("clock", {"advance_seconds": 31})
    assert _said(zoom.refresh(first)) == DEAD


def test_a_refresh_token_lives_ninety_days(zoom: ZoomClient) -> None:
    first = zoom.connect()["refresh_token"]
    zoom.control("clock", {"advance_seconds": 89 * 86400})
    second = zoom.refresh(first).json()["refresh_token"]
    zoom.control("clock", {"advance_seconds": 89 * 86400})
    third = zoom.refresh(second).json()["refresh_token"]
    zoom.control("clock", {"advance_seconds": 91 * 86400})
    assert _said(zoom.refresh(third)) == DEAD


def test_an_access_token_expires(zoom: ZoomClient) -> None:
    token = zoom.connect()["access_token"]
    zoom.control("clock", {"advance_seconds": 3600})
    assert _said(_me(zoom, token)) == (401, {"code": 124, "message": "Access token is expired."})


def test_expiry_on_demand_leaves_the_refresh_token(zoom: ZoomClient) -> None:
    tokens = zoom.connect()
    zoom.control(f"accounts/{ANA}/expire-access")
    assert _me(zoom, tokens["access_token"]).status_code == 401
    fresh = zoom.refresh(tokens["refresh_token"]).json()
    assert _me(zoom, fresh["access_token"]).status_code == 200


def test_a_new_authorization_ends_the_earlier_tokens_of_that_person_only(zoom: ZoomClient) -> None:
    first, other = zoom.connect(), zoom.connect(BORIS)
    second = zoom.connect()
    assert _said(_me(zoom, first["access_token"])) == INVALID
    assert _said(zoom.refresh(first["refresh_token"])) == DEAD
    assert _me(zoom, second["access_token"]).status_code == 200
    assert _me(zoom, other["access_token"]).status_code == 200


def test_revoking_removes_the_app(zoom: ZoomClient) -> None:
    tokens = zoom.connect()
    form = {"token": tokens["access_token"]}
    assert _said(zoom.http.post("/oauth/revoke", data=form, auth=APP)) == (200, {"status": "success"})
    assert zoom.account()["installed"] is False
    assert _said(_me(zoom, tokens["access_token"])) == INVALID
    assert _said(zoom.refresh(tokens["refresh_token"])) == DEAD
    assert zoom.http.post("/oauth/revoke", data=form, auth=APP).status_code == 400


def test_removal_in_zoom_ends_everything_codes_included(zoom: ZoomClient) -> None:
    tokens, code = zoom.connect(), zoom.approve()["code"]
    form = {"account": zoom.account()["user_id"]}
    page = zoom.http.post("/user/installed/remove", data=form, follow_redirects=True)
    assert "Calendra was removed from ana.novak@example.com" in page.text
    assert _said(_me(zoom, tokens["access_token"])) == INVALID
    assert _said(zoom.refresh(tokens["refresh_token"])) == DEAD
    zoom.approve()
    assert zoom.exchange(code).status_code == 400


@pytest.mark.parametrize("header", ["", "Basic abc", "Bearer made-up"])
def test_without_a_token_there_is_no_answer(zoom: ZoomClient, header: str) -> None:
    assert _said(zoom.http.get("/v2/users/me", headers={"authorization": header})) == INVALID


def test_an_empty_token_is_named(zoom: ZoomClient) -> None:
    answer = zoom.http.get("/v2/users/me", headers={"authorization": "Bearer"})
    assert _said(answer) == (401, {"code": 4700, "message": "Token cannot be empty."})


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("POST", "/users/me/meetings", "meeting:write:meeting"),
        ("GET", "/users/me/meetings", "meeting:read:list_meetings"),
        ("GET", "/meetings/1", "meeting:read:meeting"),
        ("PATCH", "/meetings/1", "meeting:update:meeting"),
        ("DELETE", "/meetings/1", "meeting:delete:meeting"),
        ("PUT", "/meetings/1/status", "meeting:update:status"),
        ("GET", "/users/me", "user:read:user"),
    ],
)
def test_each_call_needs_its_scope(zoom: ZoomClient, method: str, path: str, scope: str) -> None:
    others = [name for name in CONFIG.scopes if name != scope]
    token = zoom.connect(scopes=others)["access_token"]
    message = f"Invalid access token, does not contain scopes:[{scope}, {scope}:admin]."
    assert _said(zoom.api(method, path, token, {})) == (400, {"code": 4711, "message": message})


def test_tokens_that_are_older_than_the_scopes_of_the_app_cannot_be_refreshed(zoom: ZoomClient) -> None:
    renewal = zoom.connect()["refresh_token"]
    zoom.control("config", {"scopes": [*CONFIG.scopes, "meeting:update:status"]}, method="PATCH")
    refused = zoom.refresh(renewal)
    assert (refused.status_code, refused.json()["code"]) == (400, 4711)
    zoom.control("config", {"scopes": list(CONFIG.scopes)}, method="PATCH")
    assert zoom.refresh(renewal).status_code == 200


def test_classic_scopes_are_enough(zoom: ZoomClient) -> None:
    token = zoom.connect(scopes=["meeting:write", "meeting:read", "user:read"])["access_token"]
    assert zoom.api("GET", "/users/me", token).status_code == 200
    assert zoom.api("DELETE", f"/meetings/{zoom.create(token)['id']}", token).status_code == 204


def test_a_user_level_token_names_nobody_but_me(zoom: ZoomClient) -> None:
    token, own_id = zoom.connect()["access_token"], zoom.account()["user_id"]
    for path in (f"/users/{own_id}", f"/users/{own_id}/meetings", f"/users/{BORIS}"):
        assert zoom.api("GET", path, token).json()["code"] == 4711


def test_current_user(zoom: ZoomClient) -> None:
    me, known = _me(zoom, zoom.connect()["access_token"]).json(), zoom.account()
    assert (me["id"], me["account_id"], me["email"]) == (known["user_id"], known["account_id"], ANA)
    assert (me["type"], me["display_name"], me["timezone"]) == (2, "Ana Novak", "Europe/Ljubljana")
