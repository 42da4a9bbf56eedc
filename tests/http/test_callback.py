"""Back from the provider, whoever comes and whatever they carry: never an error page, never a silent binding."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser import Browser
from tests.http.forms import booked, consultant, form, online
from tests.running import ADMIN, ANA, BORIS, CVETA, Service
from tests.walk import wait_until

CALLBACK = "/oauth/zoom/callback"


@pytest.fixture
def boris(calendra: Service) -> Browser:
    """Signed in and, whatever other tests did, not connected."""
    browser = calendra.browser(BORIS)
    disconnect(browser, BORIS)
    return browser


def disconnect(browser: Browser, email: str) -> None:
    me = consultant(browser, email)
    if me["connections"][0]["standing"] != "not_connected":
        browser.api("DELETE", f"/api/connections/zoom/{me['id']}?meetings=remove").raise_for_status()


def start(browser: Browser) -> str:
    answer = browser.api("POST", "/api/connections/zoom", json={})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["authorize_address"])


def standing(browser: Browser, email: str) -> str:
    return str(consultant(browser, email)["connections"][0]["standing"])


def test_the_address_carries_state_and_pkce_and_no_scope(boris: Browser) -> None:
    query = parse_qs(urlsplit(start(boris)).query)
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["code_challenge"][0]) == 43
    assert len(query["state"][0]) > 40
    assert "scope" not in query


def test_a_browser_gets_a_page_that_names_the_account_and_leads_back_to_the_form(boris: Browser) -> None:
    refused = boris.api("POST", "/api/bookings", json=online(boris, BORIS))
    page = boris.visit(refused.json()["data"]["authorize_address"])
    person = re.search(rf'name="account" value="([^"]+)"(?:(?!name="account").)*?{BORIS}', page.text, re.S)
    assert person
    back = boris.submit(page, account=person[1], decision="approve")
    assert back.status_code == 200
    assert "Zoom connected" in back.text
    assert BORIS in back.text
    assert f"/?draft={refused.json()['data']['draft_id']}" in back.text


def test_declined_is_explained_and_the_form_is_kept(boris: Browser) -> None:
    refused = boris.api("POST", "/api/bookings", json=online(boris, BORIS, title="Keep me")).json()
    back = boris.consent(refused["data"]["authorize_address"], BORIS, decision="decline")
    problem = back.json()
    assert (back.status_code, problem["code"]) == (403, "consent_declined")
    assert problem["data"]["draft_id"] == refused["data"]["draft_id"]
    assert standing(boris, BORIS) == "not_connected"
    kept = boris.api("GET", f"/api/drafts/{refused['data']['draft_id']}").json()
    assert kept["form"]["title"] == "Keep me"


def test_a_code_without_our_state_is_not_used(boris: Browser, calendra: Service) -> None:
    """As from the Marketplace's Add."""
    location = calendra.zoom.install(BORIS)
    page = boris.visit(location)
    assert page.status_code == 200
    assert "Nothing is connected yet" in page.text
    assert standing(boris, BORIS) == "not_connected"
    after = boris.submit(page)  # the button: a fresh attempt of our own; consent exists, so the person is back at once
    if "Zoom connected" not in after.text:
        person = re.search(rf'name="account" value="([^"]+)"(?:(?!name="account").)*?{BORIS}', after.text, re.S)
        assert person, after.text
        after = boris.submit(after, account=person[1], decision="approve")
    assert "Zoom connected" in after.text
    assert standing(boris, BORIS) == "connected"


def test_a_stranger_from_the_marketplace_meets_a_friendly_page(calendra: Service) -> None:
    page = calendra.stranger().visit(calendra.zoom.install(CVETA))
    assert page.status_code == 200
    assert "not signed in" in page.text
    assert "/sign-in?next=%2Fconnect-provider%2Fzoom" in page.text


def test_the_page_leads_through_signing_in_to_the_connection(calendra: Service) -> None:
    stranger = calendra.stranger()
    page = stranger.visit("/sign-in?next=/connect-provider/zoom")
    wrong = stranger.submit(page, email=CVETA, password="not it")
    assert wrong.status_code == 401
    assert "not right" in wrong.text
    inside = stranger.submit(wrong, email=CVETA, password="calendra-demo")
    assert "You are signed in as Cveta Zupan" in inside.text


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"])
def test_signing_in_never_leads_elsewhere(calendra: Service, elsewhere: str) -> None:
    stranger = calendra.stranger()
    page = stranger.visit("/sign-in")
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
    assert token
    fields = {"_csrf_token": token[1], "next": elsewhere, "email": ANA, "password": "calendra-demo"}
    answer = stranger.http.post(f"{stranger.address}/sign-in", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_state_works_once(boris: Browser, calendra: Service) -> None:
    location = approved(calendra, start(boris), BORIS)
    assert boris.visit(location, accept="application/json").status_code == 200
    again = boris.visit(location, accept="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "attempt_used")


def test_a_state_of_another_person_or_browser_is_unknown(boris: Browser, calendra: Service) -> None:
    location = approved(calendra, start(boris), BORIS)
    for thief in (calendra.browser(CVETA), calendra.browser(BORIS)):
        answer = thief.visit(location, accept="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "attempt_unknown")
    assert standing(boris, BORIS) == "not_connected"


@pytest.mark.parametrize("state", ["x", "0" * 32 + "." + "a" * 43, "%00", "a" * 5000])
def test_an_invented_state_is_unknown(boris: Browser, state: str) -> None:
    answer = boris.visit(f"{CALLBACK}?code=abc&state={state}", accept="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "attempt_unknown")
    page = boris.visit(f"{CALLBACK}?code=abc&state={state}")
    assert "still not connected" in page.text


def test_a_code_that_zoom_does_not_know(boris: Browser) -> None:
    state = parse_qs(urlsplit(start(boris)).query)["state"][0]
    answer = boris.visit(f"{CALLBACK}?code=invented&state={state}", accept="application/json")
    assert (answer.status_code, answer.json()["code"]) == (502, "consent_unfinished")


def test_neither_code_nor_error(boris: Browser) -> None:
    state = parse_qs(urlsplit(start(boris)).query)["state"][0]
    answer = boris.visit(f"{CALLBACK}?state={state}", accept="application/json")
    assert answer.json()["code"] == "consent_unfinished"
    assert boris.visit(CALLBACK).status_code == 200


@pytest.mark.parametrize(
    ("granted", "missing"),
    [("user:read:user", "meeting:write:meeting"), ("meeting:write:meeting", "user:read:user")],
)
def test_a_missing_permission_is_named(boris: Browser, calendra: Service, granted: str, missing: str) -> None:
    asked = {"authorize_url": start(boris), "account": BORIS, "decision": "approve", "scopes": [granted]}
    location = calendra.zoom.http.post("/approve", json=asked).json()["location"]
    answer = boris.visit(location, accept="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "scopes_missing")
    assert missing in answer.json()["detail"]


def test_a_colleagues_zoom_account_is_refused_and_the_colleague_is_not_harmed(
    boris: Browser, calendra: Service
) -> None:
    ana = calendra.browser(ANA)
    answer = boris.visit(approved(calendra, start(boris), ANA), accept="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "provider_account_taken")
    assert standing(boris, BORIS) == "not_connected"
    assert standing(ana, ANA) == "connected"
    session = booked(ana, online(ana, ANA))
    assert session["meeting"]["standing"] == "ready", session["meeting"]


def test_reconnecting_as_somebody_else_is_refused(boris: Browser, calendra: Service) -> None:
    assert boris.visit(approved(calendra, start(boris), BORIS), accept="application/json").status_code == 200
    answer = boris.visit(approved(calendra, start(boris), ADMIN), accept="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "other_provider_account")
    assert BORIS in answer.json()["detail"]
    assert standing(boris, BORIS) == "connected"


def test_an_expired_sign_in_on_the_way_back_binds_nothing_and_keeps_the_form(boris: Browser, calendra: Service) -> None:
    refused = boris.api("POST", "/api/bookings", json=online(boris, BORIS)).json()
    location = approved(calendra, refused["data"]["authorize_address"], BORIS)
    boris.api("DELETE", "/api/session").raise_for_status()
    page = boris.visit(location)
    assert "not signed in" in page.text
    boris.sign_in(BORIS, "calendra-demo")
    assert boris.api("GET", f"/api/drafts/{refused['data']['draft_id']}").status_code == 200
    assert standing(boris, BORIS) == "not_connected"


def test_a_personal_link_works_for_its_consultant_once(boris: Browser, calendra: Service) -> None:
    admin = calendra.browser(ADMIN)
    made = admin.api("POST", f"/api/connections/zoom/{consultant(admin, BORIS)['id']}/links")
    assert made.status_code == 201, made.text
    link = made.json()["link"]
    assert "Sign in to connect" in calendra.stranger().visit(link).text
    wrong = calendra.browser(ANA)
    assert wrong.submit(wrong.visit(link)).status_code == 410
    assert boris.visit(link).status_code == 200  # looking uses nothing up
    token = link.rsplit("/", 1)[1]
    departure = boris.api("POST", f"/api/connections/links/{token}")
    assert departure.status_code == 200, departure.text
    back = boris.visit(approved(calendra, departure.json()["authorize_address"], BORIS), accept="application/json")
    assert back.json()["account"] == BORIS
    assert boris.api("POST", f"/api/connections/links/{token}").status_code == 410


def test_only_admins_make_links(boris: Browser) -> None:
    answer = boris.api("POST", f"/api/connections/zoom/{consultant(boris, BORIS)['id']}/links")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_disconnecting_says_beforehand_what_becomes_of_each_session(boris: Browser, calendra: Service) -> None:
    boris.visit(approved(calendra, start(boris), BORIS), accept="application/json")
    kept = booked(boris, online(boris, BORIS, title="Upcoming"))
    me = consultant(boris, BORIS)["id"]
    outlook = boris.api("GET", f"/api/connections/zoom/{me}/outlook").json()
    touched = next(one for one in outlook if one["booking_id"] == kept["id"])
    assert "stops working" in touched["on_remove"]
    answer = boris.api("DELETE", f"/api/connections/zoom/{me}?meetings=remove")
    assert answer.json() == {"confirmed": True}
    assert not [one for one in calendra.zoom.meetings(BORIS) if one["join_url"] == kept["meeting"]["join_link"]]
    after = boris.api("GET", f"/api/bookings/{kept['id']}").json()
    assert (after["meeting"]["standing"], after["meeting"]["join_link"]) == ("waiting", None)
    assert after["meeting"]["waits_for"] == me
    assert not [
        one for one in calendra.zoom.requests(account=BORIS) if one["operation"] == "revoke" and one["status"] != 200
    ]
    boris.visit(approved(calendra, start(boris), BORIS), accept="application/json")

    def ready() -> bool:
        return bool(boris.api("GET", f"/api/bookings/{kept['id']}").json()["meeting"]["standing"] == "ready")

    wait_until(ready, "the waiting session gets its link after reconnecting")


def test_disconnecting_may_keep_the_meetings(boris: Browser, calendra: Service) -> None:
    boris.visit(approved(calendra, start(boris), BORIS), accept="application/json")
    kept = booked(boris, online(boris, BORIS))
    me = consultant(boris, BORIS)["id"]
    boris.api("DELETE", f"/api/connections/zoom/{me}?meetings=keep").raise_for_status()
    after = boris.api("GET", f"/api/bookings/{kept['id']}").json()
    assert after["meeting"]["join_link"] == kept["meeting"]["join_link"]
    assert [one for one in calendra.zoom.meetings(BORIS) if one["join_url"] == kept["meeting"]["join_link"]]
    moved = boris.api("PATCH", f"/api/bookings/{kept['id']}", json={"title": "Still to be saved"})
    assert moved.status_code == 200
    assert moved.json()["meeting"]["join_link"] == kept["meeting"]["join_link"]
    assert moved.json()["meeting"]["standing"] == "waiting"
    in_person = booked(boris, form(boris, BORIS))
    assert in_person["meeting"]["standing"] == "none"


def approved(calendra: Service, authorize_address: str, account: str) -> str:
    asked = {"authorize_url": authorize_address, "account": account, "decision": "approve"}
    answer = calendra.zoom.http.post("/approve", json=asked)
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["location"])
