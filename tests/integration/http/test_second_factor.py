"""The authenticator app and recovery codes: setting up, signing in, confirming, and what ends them."""

from datetime import timedelta

import pytest

from domain.accounts.authenticator_app import SET_UP_LASTS
from domain.accounts.login_session import PROOF_LASTS
from domain.accounts.pending_login import LIFETIME, MOST_WRONG_CODES
from tests.authenticator import STEP, Authenticator
from tests.in_memory_app import PASSWORD
from tests.integration.http.conftest import Api
from tests.integration.http.second_factors import (
    OWN,
    events,
    first_step,
    second_step,
    signed_in,
    token,
    with_app,
)
from tests.integration.security.rules import RULES
from tests.integration.security.site import ask
from tests.joining import token_of

DEMAND = "/api/practice/second-factor"


async def test_an_app_counts_once_its_first_code_confirmed_it(api: Api) -> None:
    made = (await api.ask("Ana", "POST", f"{OWN}/app")).json()
    assert made["address"].startswith("otpauth://totp/Calendra:ana")
    assert made["secret"] in made["address"]
    assert (await first_step(api, await api.site.browser())).status_code == 201
    app = Authenticator(made["secret"], api.app.clock)
    wrong = await api.ask("Ana", "POST", f"{OWN}/app/confirmation", json={"code": app.wrong()})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "second_factor_failed")
    right = await api.ask("Ana", "POST", f"{OWN}/app/confirmation", json={"code": app.code()})
    codes = right.json()["recovery_codes"]
    assert len(set(codes)) == 10
    assert await api.told("Ana", OWN) == {"app": True, "passkeys": [], "recovery_codes": 10, "demanded_from": None}
    assert (await first_step(api, await api.site.browser())).status_code == 202


async def test_the_set_up_ends_after_an_hour(api: Api) -> None:
    made = (await api.ask("Ana", "POST", f"{OWN}/app")).json()
    api.app.clock.move(SET_UP_LASTS)
    await api.ask("Ana", "POST", "/api/login/confirmation", json={"password": PASSWORD})
    code = Authenticator(made["secret"], api.app.clock).code()
    assert await api.refused("Ana", "POST", f"{OWN}/app/confirmation", json={"code": code}) == (409, "set_up_ended", [])


async def test_the_first_factor_signs_out_the_other_browsers(api: Api) -> None:
    other = await api.site.browser()
    await first_step(api, other)
    await with_app(api)
    assert (await ask(other, "GET", "/api/me")).status_code == 401
    assert (await api.ask("Ana", "GET", "/api/me")).status_code == 200


async def test_the_password_alone_gives_no_access(api: Api) -> None:
    app, _ = await with_app(api)
    browser = await api.site.browser()
    answer = await first_step(api, browser)
    assert answer.json()["kinds"] == ["app"]
    assert "calendra_session" not in browser.cookies
    assert (await ask(browser, "GET", "/api/me")).status_code == 401
    entered = await second_step(browser, answer.json()["token"], app.next())
    assert (entered.status_code, entered.json()["name"]) == (201, "Ana")
    assert (await ask(browser, "GET", "/api/me")).status_code == 200
    assert "calendra_pending" not in browser.cookies


async def test_a_code_counts_once_and_only_near_its_time(api: Api) -> None:
    app, _ = await with_app(api)
    used = app.code()
    browser = await api.site.browser()
    assert (await second_step(browser, await token(api, browser), used)).status_code == 401
    for steps, status in ((-2, 401), (2, 401), (-1, 201)):
        api.app.clock.move(4 * STEP)
        answer = await second_step(browser, await token(api, browser), app.code(steps=steps))
        assert answer.status_code == status, steps
    api.app.clock.move(4 * STEP)
    assert (await second_step(browser, await token(api, browser), app.code(steps=1))).status_code == 201
    # The next code in order is not newer than the one that was used early.
    api.app.clock.move(STEP)
    assert (await second_step(browser, await token(api, browser), app.code())).status_code == 401


async def test_each_recovery_code_works_once_however_it_is_typed(api: Api) -> None:
    _, codes = await with_app(api)
    browser = await api.site.browser()
    typed = codes[0].upper().replace("-", " ")
    assert (await second_step(browser, await token(api, browser), typed)).status_code == 201
    assert (await second_step(browser, await token(api, browser), codes[0])).status_code == 401
    assert (await second_step(browser, await token(api, browser), codes[1])).status_code == 201
    assert (await api.told("Ana", OWN))["recovery_codes"] == 8
    used = await events(api, event="recovery_code_used")
    assert [one["subject"] for one in used] == ["Ana", "Ana"]


async def test_a_new_set_of_recovery_codes_replaces_the_old_one(api: Api) -> None:
    _, codes = await with_app(api)
    renewed = (await api.ask("Ana", "POST", f"{OWN}/recovery-codes")).json()["recovery_codes"]
    assert not set(codes) & set(renewed)
    browser = await api.site.browser()
    assert (await second_step(browser, await token(api, browser), codes[0])).status_code == 401
    assert (await second_step(browser, await token(api, browser), renewed[0])).status_code == 201
    assert await api.refused("Bor", "POST", f"{OWN}/recovery-codes") == (409, "no_second_factor", [])


async def test_a_pending_login_belongs_to_its_browser_and_ends(api: Api) -> None:
    app, _ = await with_app(api)
    browser, thief = await api.site.browser(), await api.site.browser()
    taken = await token(api, browser)
    assert (await second_step(thief, taken, app.next())).json()["code"] == "pending_login_ended"
    await first_step(api, thief)  # with a cookie of its own
    assert (await second_step(thief, taken, app.next())).json()["code"] == "pending_login_ended"
    assert (await second_step(browser, "nothing", app.next())).status_code == 410
    assert (await second_step(browser, taken, app.next())).status_code == 201
    assert (await second_step(browser, taken, app.next())).status_code == 410
    late = await token(api, browser)
    api.app.clock.move(LIFETIME)
    assert (await second_step(browser, late, app.code())).status_code == 410


async def test_a_few_wrong_codes_end_it_and_more_are_throttled(api: Api) -> None:
    app, _ = await with_app(api)
    browser = await api.site.browser()
    tried: list[str] = []
    for _ in range(3):
        pending = await token(api, browser)
        answers = [await second_step(browser, pending, app.wrong()) for _ in range(MOST_WRONG_CODES + 1)]
        tried += [one.json()["code"] for one in answers]
    failed = ["second_factor_failed"] * MOST_WRONG_CODES + ["pending_login_ended"]
    assert tried == [*failed, *failed, *["too_many_codes"] * 6]
    answer = await second_step(browser, await token(api, browser), app.next())
    assert answer.status_code == 201  # a minute later, the network has another attempt
    await api.app.container.count_repeated_events().finish()
    refused = await events(api, event="second_factor_checked")
    assert {(one["outcome"], one["count"]) for one in refused} == {("refused", 10), ("throttled", 6)}


async def test_a_wrong_password_answers_alike_with_and_without_a_second_factor(api: Api) -> None:
    await with_app(api)
    answers = []
    for who, password in (("Ana", "a wrong password"), ("Bor", "a wrong password")):
        answer = await first_step(api, await api.site.browser(), who, password)
        answers.append((answer.status_code, answer.json()))
    unknown = {"email": "nobody@example.com", "password": PASSWORD}
    answer = await ask(await api.site.browser(), "POST", "/api/login", json=unknown)
    assert answers == [(answer.status_code, answer.json())] * 2


async def test_a_new_password_ends_pending_logins(api: Api) -> None:
    app, _ = await with_app(api)
    browser = await api.site.browser()
    pending = await token(api, browser)
    form = {"old": PASSWORD, "new": "another password for tests"}
    assert (await api.ask("Ana", "PUT", "/api/me/password", json=form)).status_code == 204
    assert (await second_step(browser, pending, app.next())).status_code == 410
    assert (await api.ask("Ana", "GET", OWN)).status_code == 200


async def test_ending_the_account_ends_pending_logins_and_factors(api: Api) -> None:
    app, _ = await with_app(api)
    browser = await api.site.browser()
    pending = await token(api, browser)
    person = f"/api/people/{api.practice.accounts['Ana'].id}"
    (await api.ask("Admin", "POST", f"{person}/end", json={})).raise_for_status()
    assert (await second_step(browser, pending, app.next())).status_code == 410
    state = api.app.database.state
    assert (state.authenticator_apps, state.recovery_codes, state.pending_logins) == ({}, {}, {})


async def test_a_reset_link_does_not_bypass_the_second_factor(api: Api) -> None:
    app, _ = await with_app(api)
    person = f"/api/people/{api.practice.accounts['Ana'].id}"
    link = (await api.ask("Admin", "POST", f"{person}/reset-link")).json()["link"]
    browser = await api.site.browser()
    form = {"token": token_of(link), "password": "another password for tests"}
    answer = await ask(browser, "POST", "/api/reset-links/use", json=form)
    assert answer.status_code == 202
    assert (await ask(browser, "GET", "/api/me")).status_code == 401
    assert (await second_step(browser, answer.json()["token"], app.next())).status_code == 201


async def test_another_admin_resets_it_with_a_trace(api: Api) -> None:
    app, _ = await with_app(api)
    signed = await signed_in(api, app)
    browser = await api.site.browser()
    pending = await token(api, browser)
    person = f"/api/people/{api.practice.accounts['Ana'].id}"
    listed = {one["name"]: one["second_factors"] for one in await api.told("Admin", "/api/people")}
    assert (listed["Ana"], listed["Bor"]) == (["app"], [])
    reset = await api.ask("Admin", "DELETE", f"{person}/second-factor")
    assert (reset.status_code, reset.json()["second_factors"]) == (200, [])
    assert (await ask(signed, "GET", "/api/me")).status_code == 401, "what was lost may be in other hands"
    assert (await api.ask("Ana", "GET", "/api/me")).status_code == 401
    assert (await second_step(browser, pending, app.next())).status_code == 410
    assert (await first_step(api, browser)).status_code == 201
    history = await api.told("Admin", "/api/practice/history")
    assert (history[-1]["action"], history[-1]["facts"]["name"]) == ("second_factor_reset", "Ana")
    [event] = await events(api, event="second_factor_reset")
    assert (event["actor"], event["subject"]) == ("Admin", "Ana")
    again = await api.ask("Admin", "DELETE", f"{person}/second-factor")
    assert (again.status_code, len(await events(api, event="second_factor_reset"))) == (200, 1)


async def test_nobody_resets_their_own(api: Api) -> None:
    await with_app(api, "Admin")
    own = f"/api/people/{api.practice.accounts['Admin'].id}/second-factor"
    assert await api.refused("Admin", "DELETE", own) == (409, "own_second_factor", [])


async def test_the_confirmation_needs_the_code_too(api: Api) -> None:
    app, _ = await with_app(api)
    api.app.clock.move(PROOF_LASTS)
    proof = "/api/login/confirmation"
    assert await api.refused("Ana", "DELETE", f"{OWN}/app") == (403, "confirmation_needed", [])
    no_code = await api.refused("Ana", "POST", proof, json={"password": PASSWORD})
    assert no_code == (422, "invalid_input", ["code: code_needed"])
    wrong_code = {"password": PASSWORD, "code": app.wrong()}
    assert await api.refused("Ana", "POST", proof, json=wrong_code) == (401, "second_factor_failed", [])
    wrong_password = {"password": "a wrong password", "code": app.code()}
    assert await api.refused("Ana", "POST", proof, json=wrong_password) == (401, "login_failed", [])
    assert (await api.ask("Ana", "DELETE", f"{OWN}/app")).status_code == 403
    both = {"password": PASSWORD, "code": app.code()}
    assert (await api.ask("Ana", "POST", proof, json=both)).status_code == 204
    assert (await api.ask("Ana", "DELETE", f"{OWN}/app")).status_code == 204


async def test_a_removed_app_is_no_longer_asked_for(api: Api) -> None:
    app, _ = await with_app(api)
    browser = await api.site.browser()
    pending = await token(api, browser)
    assert (await api.ask("Ana", "DELETE", f"{OWN}/app")).status_code == 204
    assert (await second_step(browser, pending, app.next())).status_code == 410
    assert (await first_step(api, browser)).status_code == 201
    assert await api.told("Ana", OWN) == {"app": False, "passkeys": [], "recovery_codes": 0, "demanded_from": None}
    assert (await api.ask("Ana", "DELETE", f"{OWN}/app")).status_code == 204


async def test_no_other_login_keeps_a_factor_that_was_removed(api: Api) -> None:
    await with_app(api, "Admin")
    app, _ = await with_app(api)
    other = await signed_in(api, app)
    (await api.ask("Ana", "DELETE", f"{OWN}/app")).raise_for_status()
    assert (await ask(other, "GET", "/api/me")).status_code == 401
    (await api.ask("Admin", "PUT", DEMAND, json={"required": True})).raise_for_status()
    assert await api.refused("Ana", "GET", "/api/clients") == (403, "second_factor_needed", [])


async def test_a_new_app_replaces_the_old_one_once_it_is_confirmed(api: Api) -> None:
    old, codes = await with_app(api)
    api.app.clock.move(timedelta(minutes=1))
    made = (await api.ask("Ana", "POST", f"{OWN}/app")).json()
    await signed_in(api, old)
    new = Authenticator(made["secret"], api.app.clock)
    answer = await api.ask("Ana", "POST", f"{OWN}/app/confirmation", json={"code": new.code()})
    assert answer.json()["recovery_codes"] == []
    browser = await api.site.browser()
    assert (await second_step(browser, await token(api, browser), old.next())).status_code == 401
    assert (await second_step(browser, await token(api, browser), new.next())).status_code == 201
    assert (await second_step(browser, await token(api, browser), codes[0])).status_code == 201


async def test_what_happens_is_in_the_security_log(api: Api) -> None:
    app, _ = await with_app(api)
    await signed_in(api, app)
    await api.ask("Ana", "POST", f"{OWN}/recovery-codes")
    await api.ask("Ana", "DELETE", f"{OWN}/app")
    found = await events(api, person_id=str(api.practice.accounts["Ana"].id))
    assert [(one["event"], one["factor"]) for one in found][:4] == [
        ("second_factor_removed", "app"),
        ("recovery_codes_renewed", None),
        ("sign_in", None),
        ("second_factor_added", "app"),
    ]


@pytest.mark.parametrize("path", ["app", "app/confirmation", "recovery-codes"])
async def test_changes_need_a_fresh_proof(api: Api, path: str) -> None:
    api.app.clock.move(PROOF_LASTS)
    answer = await api.ask("Ana", "POST", f"{OWN}/{path}", json={"code": "123456"} if "/" in path else None)
    assert (answer.status_code, answer.json()["code"]) == (403, "confirmation_needed")


async def test_an_admin_demands_one_after_some_days(api: Api) -> None:
    required = {"required": True, "grace_days": 7}
    assert await api.refused("Admin", "PUT", DEMAND, json=required) == (403, "second_factor_needed", [])
    await with_app(api, "Admin")
    too_long = await api.refused("Admin", "PUT", DEMAND, json={"required": True, "grace_days": 31})
    assert too_long == (422, "invalid_input", ["grace_days: grace_out_of_range"])
    demanded = (await api.ask("Admin", "PUT", DEMAND, json=required)).raise_for_status().json()["second_factor_from"]
    assert demanded == (api.app.clock.now() + timedelta(days=7)).isoformat().replace("+00:00", "Z")
    assert (await api.told("Ana", OWN))["demanded_from"] == demanded
    assert (await api.told("Admin", OWN))["demanded_from"] is None, "this login has one"
    assert (await api.ask("Ana", "GET", "/api/consultants")).status_code == 200
    history = await api.told("Admin", "/api/practice/history")
    assert history[-1]["action"] == "second_factor_demanded"
    assert len(await events(api, event="second_factor_demanded")) == 1


async def test_then_a_login_without_one_may_only_set_it_up(api: Api) -> None:
    await with_app(api, "Admin")
    (await api.ask("Admin", "PUT", DEMAND, json={"required": True})).raise_for_status()
    assert await api.refused("Ana", "GET", "/api/consultants") == (403, "second_factor_needed", [])
    assert (await api.ask("Ana", "GET", "/api/me")).status_code == 200
    app, _ = await with_app(api)
    assert (await api.ask("Ana", "GET", "/api/consultants")).status_code == 200
    assert await api.refused("Ana", "DELETE", f"{OWN}/app") == (409, "last_second_factor", [])
    browser = await signed_in(api, app)
    assert (await ask(browser, "GET", "/api/consultants")).status_code == 200
    (await api.ask("Admin", "PUT", DEMAND, json={"required": False})).raise_for_status()
    assert (await api.ask("Ana", "DELETE", f"{OWN}/app")).status_code == 204
    assert (await api.ask("Bor", "GET", "/api/consultants")).status_code == 200


async def test_everything_else_waits_for_it(api: Api) -> None:
    """But what the person is asked for."""
    await with_app(api, "Admin")
    (await api.ask("Admin", "PUT", DEMAND, json={"required": True})).raise_for_status()
    stranger, opened = await api.site.browser(), set()
    for route in RULES:
        method, path = route.split()
        if method == "GET" and "{" not in path and path not in ("/api/events", "/"):
            public = (await ask(stranger, "GET", path)).is_success
            if not public and (await api.ask("Bor", "GET", path)).is_success:
                opened.add(path)
    assert opened == {"/api/me", OWN}
