"""The consent page: who may open it, and the redirects with their parameters."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.integration.sandbox.zoom_client import (
    ANA,
    BORIS,
    CHALLENGE,
    CONFIG,
    REDIRECT,
    VERIFIER,
    ZoomClient,
    query_of,
)


def _decide(zoom: ZoomClient, decision: str, who: str = ANA, **changes: str | None) -> str:
    """As the page's form does."""
    query = urlsplit(zoom.authorize_url(**changes)).query
    form = {"query": query, "account": zoom.account(who)["user_id"], "decision": decision}
    answer = zoom.http.post("/oauth/authorize/decision", data=form)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def test_the_page_says_who_asks_and_what_for_and_that_it_is_not_zoom(zoom: ZoomClient) -> None:
    page = zoom.http.get(zoom.authorize_url()).text
    assert "Sandbox — not the real Zoom" in page
    assert "Calendra asks for access" in page
    assert all(scope in page for scope in CONFIG.scopes)
    assert re.findall(r'name="decision" value="(\w+)"', page) == ["approve", "decline", "ask_admin"]
    assert page.count('type="radio"') == 4
    assert "<script" not in page


def test_approving_sends_the_browser_back_with_a_code_and_its_state(zoom: ZoomClient) -> None:
    location = _decide(zoom, "approve", state="a b&c")
    assert location.startswith("http://127.0.0.1:9/back?kept=1&code=")
    assert query_of(location)["state"] == "a b&c"
    assert zoom.exchange(query_of(location)["code"]).status_code == 200


def test_a_person_who_agreed_before_is_sent_back_without_being_asked(zoom: ZoomClient) -> None:
    _decide(zoom, "approve")
    again = zoom.http.get(zoom.authorize_url(state="two"))
    assert again.status_code == 302
    assert query_of(again.headers["location"])["state"] == "two"
    zoom.http.get("/logout")
    assert zoom.http.get(zoom.authorize_url()).status_code == 200


def test_where_an_administrator_decides_earlier_consent_does_not_suffice(zoom: ZoomClient) -> None:
    _decide(zoom, "approve")
    zoom.control(f"accounts/{ANA}", {"needs_admin_approval": True}, "PATCH")
    assert zoom.http.get(zoom.authorize_url()).status_code == 200


def test_who_removed_the_app_is_asked_again(zoom: ZoomClient) -> None:
    _decide(zoom, "approve")
    zoom.control(f"accounts/{ANA}/remove-app")
    assert zoom.http.get(zoom.authorize_url()).status_code == 200


def test_declining_returns_an_error_and_the_state(zoom: ZoomClient) -> None:
    assert query_of(_decide(zoom, "decline")) == {"kept": "1", "error": "access_denied", "state": "st-1"}
    assert zoom.account()["installed"] is False


def test_without_state_none_comes_back(zoom: ZoomClient) -> None:
    assert "state" not in query_of(_decide(zoom, "approve", state=None))


@pytest.mark.parametrize("decision", ["ask_admin", "approve"])
def test_an_administrator_who_must_agree_keeps_the_browser_here(zoom: ZoomClient, decision: str) -> None:
    zoom.control(f"accounts/{BORIS}", {"needs_admin_approval": decision == "approve"}, "PATCH")
    form = {"query": urlsplit(zoom.authorize_url()).query, "account": zoom.account(BORIS)["user_id"]}
    answer = zoom.http.post("/oauth/authorize/decision", data=form | {"decision": decision})
    assert answer.status_code == 200
    assert "Your administrator was asked" in answer.text
    assert zoom.account(BORIS)["installed"] is False


def test_an_unregistered_redirect_is_never_followed(zoom: ZoomClient) -> None:
    for redirect in ("http://127.0.0.1:9/BACK?kept=1", "http://127.0.0.1:9/back", "https://evil.example.com/", ""):
        answer = zoom.http.get(zoom.authorize_url(redirect_uri=redirect))
        assert answer.status_code == 400
        assert answer.json() == {
            "status": False,
            "errorCode": 4700,
            "errorMessage": f"Invalid redirect: {redirect}",
            "result": None,
        }


def test_an_unknown_client_is_refused(zoom: ZoomClient) -> None:
    answer = zoom.http.get(zoom.authorize_url(client_id="somebody"))
    assert (answer.status_code, answer.json()["errorCode"]) == (400, 4702)


def test_a_scope_parameter_is_refused(zoom: ZoomClient) -> None:
    answer = zoom.http.get(zoom.authorize_url(scope="meeting:write:meeting"))
    assert answer.status_code == 400
    assert "Invalid scope" in answer.text


@pytest.mark.parametrize(
    "changes", [{"response_type": "token"}, {"code_challenge": "x", "code_challenge_method": "S1"}]
)
def test_other_flows_are_refused(zoom: ZoomClient, changes: dict[str, str]) -> None:
    answer = zoom.http.get(zoom.authorize_url(**changes))
    assert answer.status_code == 400
    assert "Invalid request" in answer.text


def test_an_unpublished_app_is_for_its_developer_only(zoom: ZoomClient) -> None:
    developer = zoom.account(ANA)["account_id"]
    zoom.control("config", {"published": False, "developer_account_id": developer}, "PATCH")
    assert "code" in zoom.approve(ANA)
    refused = zoom.http.post("/_sandbox/approve", json={"authorize_url": zoom.authorize_url(), "account": BORIS})
    assert refused.status_code == 400


def test_the_marketplace_sends_a_code_that_nobody_asked_for(zoom: ZoomClient) -> None:
    page = zoom.http.get("/marketplace").text
    link = re.search(r'href="(/oauth/authorize[^"]+)"', page)
    assert link
    address = link.group(1).replace("&amp;", "&")
    assert not {"state", "code_challenge", "scope"} & set(query_of(address))
    assert zoom.http.get(address).status_code == 200
    location = zoom.control("install", {"account": ANA})["location"]
    assert set(query_of(location)) == {"kept", "code"}
    assert zoom.exchange(query_of(location)["code"]).status_code == 200


def test_s256_and_plain_challenges_are_verified(zoom: ZoomClient) -> None:
    for challenge, method in ((CHALLENGE, "S256"), (VERIFIER, "plain"), (VERIFIER, None)):
        asked: dict[str, Any] = {"code_challenge": challenge, "code_challenge_method": method}
        assert zoom.exchange(zoom.approve(**asked)["code"], code_verifier=VERIFIER).status_code == 200
        for wrong in ({"code_verifier": VERIFIER + "x"}, {}):
            refused = zoom.exchange(zoom.approve(**asked)["code"], **wrong)
            assert (refused.status_code, refused.json()) == (400, {"error": "invalid_grant"})


def test_the_form_checks_again_what_the_page_was_asked_with(zoom: ZoomClient) -> None:
    query = urlsplit(zoom.authorize_url()).query.replace("back", "elsewhere")
    form = {"query": query, "account": zoom.account()["user_id"], "decision": "approve"}
    assert zoom.http.post("/oauth/authorize/decision", data=form).json()["errorCode"] == 4700
    assert REDIRECT not in query
