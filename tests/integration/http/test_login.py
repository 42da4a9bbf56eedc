"""Signing in and out, cookies, the CSRF token."""

import httpx

from tests.integration.http.forms import form
from tests.real_processes import ADMIN, ANA, Service


def test_the_session_cookie_is_out_of_reach_of_scripts_and_new_each_time(calendra: Service) -> None:
    first, second = calendra.browser(ANA), calendra.browser(ANA)
    tokens = {one.http.cookies["calendra_session"] for one in (first, second)}
    assert len(tokens) == 2
    answer = calendra.stranger().api("GET", "/api/me")
    assert answer.status_code == 401
    signed = first.api("POST", "/api/login", json={"email": ANA, "password": "calendra-demo"})
    cookie = signed.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_token_planted_before_signing_in_is_worth_nothing(calendra: Service) -> None:
    browser = calendra.stranger()
    planted = "0" * 32 + "." + "a" * 43
    browser.http.cookies.set("calendra_session", planted)
    browser.log_in(ANA, "calendra-demo")
    other = calendra.stranger()
    other.http.cookies.set("calendra_session", planted)
    assert other.api("GET", "/api/me").status_code == 401


def test_signing_out_ends_the_session_for_good(calendra: Service) -> None:
    browser = calendra.browser(ANA)
    token = browser.http.cookies["calendra_session"]
    assert browser.api("GET", "/api/me").json()["email"] == ANA
    assert browser.api("DELETE", "/api/login").status_code == 204
    thief = calendra.stranger()
    thief.http.cookies.set("calendra_session", token)
    problem = thief.api("GET", "/api/me").json()
    assert (problem["status"], problem["code"]) == (401, "signed_out")
    assert "draft" in problem["next"]


def test_wrong_password_and_unknown_person_get_the_same_answer(calendra: Service) -> None:
    browser = calendra.stranger()
    states = [{"email": ANA, "password": "wrong"}, {"email": "nobody@example.com", "password": "calendra-demo"}]
    answers = [browser.api("POST", "/api/login", json=one) for one in states]
    assert [one.status_code for one in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()


def test_a_change_without_the_csrf_token_is_refused(calendra: Service) -> None:
    browser = calendra.browser(ANA)
    wanted = form(browser, ANA)
    for token in ("", "wrong", "0" * 128):
        answer = browser.api("POST", "/api/bookings", json=wanted, headers={"x-csrftoken": token})
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert browser.api("POST", "/api/bookings", json=wanted).status_code == 201


def test_every_answer_carries_the_security_headers(calendra: Service) -> None:
    browser = calendra.browser(ADMIN)
    for path in ("/api/me", "/api/bookings/none", "/health/ready", "/nowhere", "/api/help"):
        headers = browser.api("GET", path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "form-action 'self'" in policy.split("; ")


def test_an_open_stream_ends_with_the_sign_in(calendra: Service) -> None:
    ana = calendra.browser(ANA)
    with ana.http.stream("GET", f"{ana.address}/api/events", timeout=20) as events:
        lines = events.iter_lines()
        assert ": connected" in (next(lines) for _ in range(5))
        other = calendra.browser(ANA)
        ana_again = calendra.stranger()
        ana_again.http.cookies.update(ana.http.cookies)
        assert ana_again.api("DELETE", "/api/login").status_code == 204
        other.api("POST", "/api/bookings", json=form(other, ANA)).raise_for_status()
        assert not [line for line in lines if line.startswith("data:")]


def test_an_unknown_address_is_a_problem_whoever_asks(calendra: Service) -> None:
    lost = calendra.stranger().visit("/api/nowhere")
    assert lost.headers["content-type"] == "application/problem+json"
    assert (lost.status_code, lost.json()["code"]) == (404, "not_found")


def test_whoever_reads_is_given_the_csrf_token_signed_out_or_not(calendra: Service) -> None:
    for path, status in (("/api/me", 401), ("/health/live", 200), ("/api/help", 200), ("/api/help/nowhere", 404)):
        answer = httpx.get(f"{calendra.address}{path}")
        assert answer.status_code == status
        cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("calendra_csrf="))
        assert "httponly" not in cookie.lower(), "the page's script reads it"
        signing_in = {"email": ANA, "password": "calendra-demo"}
        token = answer.cookies["calendra_csrf"]
        signed = httpx.post(
            f"{calendra.address}/api/login",
            json=signing_in,
            headers={"x-csrftoken": token},
            cookies={"calendra_csrf": token},
        )
        assert signed.status_code == 201, signed.text


def test_a_request_for_another_account_than_the_one_that_is_signed_in_changes_nothing(calendra: Service) -> None:
    """As a page sends it that was opened before another account signed in in the same browser."""
    ana, admin = calendra.browser(ANA), calendra.browser(ADMIN)
    of_ana = {"x-calendra-account": ana.api("GET", "/api/me").json()["id"]}
    for method, path, body in (("POST", "/api/bookings", form(admin, ANA)), ("PATCH", "/api/me", {"name": "Ana"})):
        problem = admin.api(method, path, json=body, headers=of_ana).json()
        assert (problem["status"], problem["code"]) == (409, "account_changed")
    assert admin.api("GET", "/api/drafts", headers=of_ana).json()["code"] == "account_changed"
    assert admin.api("GET", "/api/me").json()["name"] != "Ana"
    assert ana.api("GET", "/api/me", headers=of_ana).status_code == 200
