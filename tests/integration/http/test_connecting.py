"""To the provider and back, whoever comes and whatever they carry: nobody is bound who did not ask."""

from urllib.parse import parse_qs, parse_qsl, urlsplit
from uuid import uuid4

import pytest

from tests.browser import Browser
from tests.integration.http.forms import booked, consultant, form, online
from tests.real_processes import ADMIN, ANA, BORIS, CVETA, Service
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
    if me["connections"][0]["status"] != "not_connected":
        browser.api("DELETE", f"/api/connections/zoom/{me['id']}?meetings=remove").raise_for_status()


def start(browser: Browser) -> str:
    answer = browser.api("POST", "/api/connections/zoom", json={})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["authorize_address"])


def status(browser: Browser, email: str) -> str:
    return str(consultant(browser, email)["connections"][0]["status"])


def test_the_address_carries_state_and_pkce_and_no_scope(boris: Browser) -> None:
    query = parse_qs(urlsplit(start(boris)).query)
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["code_challenge"][0]) == 43
    assert len(query["state"][0]) > 40
    assert "scope" not in query


def test_who_is_back_hears_which_account_it_is_and_finds_the_form(boris: Browser) -> None:
    refused = boris.api("POST", "/api/bookings", json=online(boris, BORIS)).json()
    back = boris.consent(refused["data"]["authorize_address"], BORIS)
    assert back.status_code == 200, back.text
    assert back.json() == {
        "provider": "zoom",
        "label": "Zoom",
        "account": BORIS,
        "account_name": "Boris Kranjc",
        "plan": back.json()["plan"],
        "draft_id": refused["data"]["draft_id"],
    }
    assert back.json()["plan"]


def test_declined_is_explained_and_the_form_is_kept(boris: Browser) -> None:
    refused = boris.api("POST", "/api/bookings", json=online(boris, BORIS, title="Keep me")).json()
    back = boris.consent(refused["data"]["authorize_address"], BORIS, decision="decline")
    problem = back.json()
    assert (back.status_code, problem["code"]) == (403, "consent_declined")
    assert problem["data"]["draft_id"] == refused["data"]["draft_id"]
    assert status(boris, BORIS) == "not_connected"
    kept = boris.api("GET", f"/api/drafts/{refused['data']['draft_id']}").json()
    assert kept["form"]["title"] == "Keep me"


def test_who_tries_once_more_comes_back_to_the_same_form(boris: Browser) -> None:
    refused = boris.api("POST", "/api/bookings", json=online(boris, BORIS)).json()
    declined = boris.consent(refused["data"]["authorize_address"], BORIS, decision="decline").json()
    again = {"draft_id": declined["data"]["draft_id"]}
    redirect = boris.api("POST", "/api/connections/zoom", json=again).json()
    assert redirect["draft_id"] == again["draft_id"]
    assert boris.consent(redirect["authorize_address"], BORIS).json()["draft_id"] == again["draft_id"]


def test_only_a_draft_of_ones_own_is_come_back_to_and_only_one_form(boris: Browser, calendra: Service) -> None:
    draft = str(uuid4())
    boris.api("PUT", f"/api/drafts/{draft}", json={"form": {"title": "mine"}}).raise_for_status()
    foreign = calendra.browser(CVETA).api("POST", "/api/connections/zoom", json={"draft_id": draft})
    assert (foreign.status_code, foreign.json()["code"]) == (404, "not_found")
    both = boris.api("POST", "/api/connections/zoom", json={"draft_id": draft, "form": {"title": "another"}})
    assert (both.status_code, both.json()["fields"][0]["field"]) == (422, "draft_id")


def test_a_code_without_our_state_is_not_used(boris: Browser, calendra: Service) -> None:
    """As from the Marketplace's Add."""
    answer = boris.come_back(calendra.zoom.install(BORIS))
    assert (answer.status_code, answer.json()["code"]) == (400, "authorization_request_unknown")
    assert status(boris, BORIS) == "not_connected"
    assert boris.consent(start(boris), BORIS).status_code == 200  # a fresh attempt of our own
    assert status(boris, BORIS) == "connected"


def test_a_stranger_who_comes_back_is_signed_out(calendra: Service) -> None:
    answer = calendra.stranger().come_back(calendra.zoom.install(CVETA))
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


def test_coming_back_to_an_unknown_provider(boris: Browser) -> None:
    answer = boris.api("POST", "/api/connections/nowhere/callback", json={"state": "x", "code": "y"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_return_needs_the_csrf_token(boris: Browser, calendra: Service) -> None:
    location = approved(calendra, start(boris), BORIS)
    carried = dict(parse_qsl(urlsplit(location).query))
    answer = boris.api("POST", "/api/connections/zoom/callback", json=carried, headers={"x-csrftoken": ""})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert boris.visit(location).status_code == 200


def test_a_state_works_once(boris: Browser, calendra: Service) -> None:
    location = approved(calendra, start(boris), BORIS)
    assert boris.visit(location).status_code == 200
    again = boris.visit(location)
    assert (again.status_code, again.json()["code"]) == (409, "authorization_request_used")


def test_a_state_of_another_person_or_browser_is_unknown(boris: Browser, calendra: Service) -> None:
    location = approved(calendra, start(boris), BORIS)
    for thief in (calendra.browser(CVETA), calendra.browser(BORIS)):
        answer = thief.visit(location)
        assert (answer.status_code, answer.json()["code"]) == (400, "authorization_request_unknown")
    assert status(boris, BORIS) == "not_connected"


@pytest.mark.parametrize("state", ["x", "0" * 32 + "." + "a" * 43, "%00", "a" * 5000])
def test_an_invented_state_is_unknown(boris: Browser, state: str) -> None:
    answer = boris.visit(f"{CALLBACK}?code=abc&state={state}")
    assert (answer.status_code, answer.json()["code"]) == (400, "authorization_request_unknown")


def test_a_code_that_zoom_does_not_know(boris: Browser) -> None:
    state = parse_qs(urlsplit(start(boris)).query)["state"][0]
    answer = boris.visit(f"{CALLBACK}?code=invented&state={state}")
    assert (answer.status_code, answer.json()["code"]) == (502, "consent_unfinished")


def test_neither_code_nor_error(boris: Browser) -> None:
    state = parse_qs(urlsplit(start(boris)).query)["state"][0]
    answer = boris.visit(f"{CALLBACK}?state={state}")
    assert answer.json()["code"] == "consent_unfinished"
    assert boris.visit(CALLBACK).json()["code"] == "authorization_request_unknown"


@pytest.mark.parametrize(
    ("granted", "missing"),
    [("user:read:user", "meeting:write:meeting"), ("meeting:write:meeting", "user:read:user")],
)
def test_a_missing_permission_is_named(boris: Browser, calendra: Service, granted: str, missing: str) -> None:
    asked = {"authorize_url": start(boris), "account": BORIS, "decision": "approve", "scopes": [granted]}
    location = calendra.zoom.http.post("/approve", json=asked).json()["location"]
    answer = boris.visit(location)
    assert (answer.status_code, answer.json()["code"]) == (403, "scopes_missing")
    assert missing in answer.json()["detail"]


def test_a_colleagues_zoom_account_is_refused_and_the_colleague_is_not_harmed(
    boris: Browser, calendra: Service
) -> None:
    ana = calendra.browser(ANA)
    answer = boris.visit(approved(calendra, start(boris), ANA))
    assert (answer.status_code, answer.json()["code"]) == (409, "provider_account_taken")
    assert status(boris, BORIS) == "not_connected"
    assert status(ana, ANA) == "connected"
    session = booked(ana, online(ana, ANA))
    assert session["meeting"]["status"] == "ready", session["meeting"]


def test_reconnecting_as_somebody_else_is_refused(boris: Browser, calendra: Service) -> None:
    assert boris.visit(approved(calendra, start(boris), BORIS)).status_code == 200
    answer = boris.visit(approved(calendra, start(boris), ADMIN))
    assert (answer.status_code, answer.json()["code"]) == (409, "other_provider_account")
    assert BORIS in answer.json()["detail"]
    assert status(boris, BORIS) == "connected"


def test_an_expired_sign_in_on_the_way_back_binds_nothing_and_keeps_the_form(boris: Browser, calendra: Service) -> None:
    refused = boris.api("POST", "/api/bookings", json=online(boris, BORIS)).json()
    location = approved(calendra, refused["data"]["authorize_address"], BORIS)
    boris.api("DELETE", "/api/login").raise_for_status()
    assert boris.visit(location).json()["code"] == "signed_out"
    boris.log_in(BORIS, "calendra-demo")
    assert boris.api("GET", f"/api/drafts/{refused['data']['draft_id']}").status_code == 200
    assert status(boris, BORIS) == "not_connected"


def test_a_personal_link_works_for_its_consultant_once(boris: Browser, calendra: Service) -> None:
    admin = calendra.browser(ADMIN)
    made = admin.api("POST", f"/api/connections/zoom/{consultant(admin, BORIS)['id']}/links")
    assert made.status_code == 201, made.text
    link = made.json()["link"]
    token = link.rsplit("/", 1)[1]
    for method in ("GET", "POST"):  # said on opening the link already
        wrong = calendra.browser(ANA).api(method, f"/api/connections/links/{token}")
        assert (wrong.status_code, wrong.json()["code"]) == (410, "connect_link_invalid")
    for _ in range(2):
        opened = boris.api("GET", f"/api/connections/links/{token}")
        assert (opened.status_code, opened.json()) == (200, {"provider": "zoom", "label": "Zoom"})
    redirect = boris.api("POST", f"/api/connections/links/{token}")
    assert redirect.status_code == 200, redirect.text
    back = boris.visit(approved(calendra, redirect.json()["authorize_address"], BORIS))
    assert back.json()["account"] == BORIS
    assert [boris.api(one, f"/api/connections/links/{token}").status_code for one in ("GET", "POST")] == [410, 410]


def test_only_admins_make_links(boris: Browser) -> None:
    answer = boris.api("POST", f"/api/connections/zoom/{consultant(boris, BORIS)['id']}/links")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_disconnecting_says_beforehand_what_becomes_of_each_session(boris: Browser, calendra: Service) -> None:
    boris.visit(approved(calendra, start(boris), BORIS))
    kept = booked(boris, online(boris, BORIS, title="Upcoming"))
    me = consultant(boris, BORIS)["id"]
    preview = boris.api("GET", f"/api/connections/zoom/{me}/preview").json()
    changed = next(one for one in preview if one["booking_id"] == kept["id"])
    assert "stops working" in changed["on_remove"]
    answer = boris.api("DELETE", f"/api/connections/zoom/{me}?meetings=remove")
    assert answer.json()["revocation"] == "confirmed"
    assert not [one for one in calendra.zoom.meetings(BORIS) if one["join_url"] == kept["meeting"]["join_link"]]
    after = boris.api("GET", f"/api/bookings/{kept['id']}").json()
    assert (after["meeting"]["status"], after["meeting"]["join_link"]) == ("waiting", None)
    assert after["meeting"]["waits_for"] == me
    assert not [
        one for one in calendra.zoom.requests(account=BORIS) if one["operation"] == "revoke" and one["status"] != 200
    ]
    boris.visit(approved(calendra, start(boris), BORIS))

    def ready() -> bool:
        return bool(boris.api("GET", f"/api/bookings/{kept['id']}").json()["meeting"]["status"] == "ready")

    wait_until(ready, "the waiting session gets its link after reconnecting")


def test_disconnecting_may_keep_the_meetings(boris: Browser, calendra: Service) -> None:
    boris.visit(approved(calendra, start(boris), BORIS))
    kept = booked(boris, online(boris, BORIS))
    me = consultant(boris, BORIS)["id"]
    boris.api("DELETE", f"/api/connections/zoom/{me}?meetings=keep").raise_for_status()
    after = boris.api("GET", f"/api/bookings/{kept['id']}").json()
    assert after["meeting"]["join_link"] == kept["meeting"]["join_link"]
    assert [one for one in calendra.zoom.meetings(BORIS) if one["join_url"] == kept["meeting"]["join_link"]]
    moved = boris.api("PATCH", f"/api/bookings/{kept['id']}", json={"title": "Still to be saved"})
    assert moved.status_code == 200
    assert moved.json()["meeting"]["join_link"] == kept["meeting"]["join_link"]
    assert moved.json()["meeting"]["status"] == "waiting"
    in_person = booked(boris, form(boris, BORIS))
    assert in_person["meeting"]["status"] == "none"


def approved(calendra: Service, authorize_address: str, account: str) -> str:
    asked = {"authorize_url": authorize_address, "account": account, "decision": "approve"}
    answer = calendra.zoom.http.post("/approve", json=asked)
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["location"])


def test_a_repeated_request_for_a_personal_link_gets_the_same_one(calendra: Service) -> None:
    admin = calendra.browser(ADMIN)
    path, key = f"/api/connections/zoom/{consultant(admin, BORIS)['id']}/links", {"Idempotency-Key": uuid4().hex}
    first, again = (admin.api("POST", path, headers=key).raise_for_status().json() for _ in range(2))
    assert again == first
    assert admin.api("POST", path).json()["link"] != first["link"]
    other = admin.api("POST", f"/api/connections/zoom/{consultant(admin, ANA)['id']}/links", headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
