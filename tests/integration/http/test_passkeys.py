"""Passkeys: adding them, signing in and confirming with one alone, and what Calendra refuses."""

from typing import Any

import httpx
import pytest

from domain.accounts.login_session import PROOF_LASTS
from domain.accounts.passkey import CHALLENGE_LASTS, MOST_OF_A_PERSON
from tests.in_memory_app import SETTINGS
from tests.integration.http.conftest import Api
from tests.integration.http.second_factors import OWN, events, first_step, second_step
from tests.integration.security.site import ask
from tests.passkey_device import PasskeyDevice, with_other_signature

KEYS = f"{OWN}/passkeys"
SIGN_IN = "/api/login/passkey"
CONFIRM = "/api/login/confirmation/passkey"
ORIGIN = SETTINGS.public_address


async def creation(api: Api, who: str = "Ana") -> dict[str, Any]:
    answer = await api.ask(who, "POST", f"{KEYS}/options")
    return dict(answer.raise_for_status().json()["options"])


async def added(api: Api, who: str = "Ana", name: str = "Phone") -> PasskeyDevice:
    device = PasskeyDevice(ORIGIN)
    form = {"credential": device.create(await creation(api, who)), "name": name}
    (await api.ask(who, "POST", KEYS, json=form)).raise_for_status()
    return device


async def options(browser: httpx.AsyncClient, path: str = SIGN_IN) -> dict[str, Any]:
    return dict((await ask(browser, "POST", f"{path}/options")).raise_for_status().json()["options"])


async def sent(browser: httpx.AsyncClient, credential: dict[str, Any], path: str = SIGN_IN) -> tuple[int, str]:
    """The status, and the code of the refusal."""
    answer = await ask(browser, "POST", path, json={"credential": credential})
    return answer.status_code, answer.json()["code"] if answer.is_error else ""


FAILED = (401, "passkey_failed")


async def test_a_passkey_signs_in_alone(api: Api) -> None:
    device = PasskeyDevice(ORIGIN)
    made = await creation(api)
    assert (made["rp"]["id"], made["user"]["name"]) == ("localhost", api.practice.accounts["Ana"].email)
    form = {"credential": device.create(made), "name": " Phone "}
    first = (await api.ask("Ana", "POST", KEYS, json=form)).raise_for_status()
    assert len(first.json()["recovery_codes"]) == 10
    browser = await api.site.browser()
    asked = await options(browser)
    assert (asked["allowCredentials"], asked["userVerification"]) == ([], "required")
    entered = await ask(browser, "POST", SIGN_IN, json={"credential": device.sign(asked)})
    assert (entered.status_code, entered.json()["name"]) == (201, "Ana")
    assert (await ask(browser, "GET", "/api/me")).status_code == 200
    [shown] = (await ask(browser, "GET", OWN)).json()["passkeys"]
    assert (shown["name"], shown["used_at"]) == ("Phone", "2027-03-01T12:00:00Z")


async def test_the_second_passkey_brings_no_codes_and_excludes_the_first(api: Api) -> None:
    device = await added(api)
    again = await creation(api)
    assert [one["id"] for one in again["excludeCredentials"]] == [device.create(again)["id"]]
    other = {"credential": PasskeyDevice(ORIGIN).create(again), "name": "Key"}
    assert (await api.ask("Ana", "POST", KEYS, json=other)).json() == {"recovery_codes": []}
    same = {"credential": device.create(await creation(api)), "name": "Key"}
    assert await api.refused("Ana", "POST", KEYS, json=same) == (*FAILED, [])


async def test_a_challenge_counts_once_whatever_comes_of_it(api: Api) -> None:
    device = await added(api)
    browser, thief = await api.site.browser(), await api.site.browser()
    asked = await options(browser)
    assert await sent(browser, with_other_signature(device.sign(asked))) == FAILED
    assert await sent(browser, device.sign(asked)) == FAILED
    signed = device.sign(await options(browser))
    assert await sent(browser, signed) == (201, "")
    assert await sent(thief, signed) == FAILED
    late = await options(browser)
    api.app.clock.move(CHALLENGE_LASTS)
    assert await sent(browser, device.sign(late)) == FAILED


async def test_a_challenge_serves_its_purpose_and_person_only(api: Api) -> None:
    ana, bor = await added(api), await added(api, "Bor")
    browser = await api.site.browser()
    of_ana = api.practice.browsers["Ana"]
    assert await sent(of_ana, ana.sign(await options(browser)), CONFIRM) == FAILED
    assert await sent(browser, ana.sign(await options(of_ana, CONFIRM))) == FAILED
    assert await sent(of_ana, bor.sign(await options(of_ana, CONFIRM)), CONFIRM) == FAILED
    assert await sent(api.practice.browsers["Bor"], bor.sign(await options(of_ana, CONFIRM)), CONFIRM) == FAILED
    form = {"credential": PasskeyDevice(ORIGIN).create(await creation(api)), "name": "Theirs"}
    assert await api.refused("Bor", "POST", KEYS, json=form) == (*FAILED, [])


@pytest.mark.parametrize("origin", ["http://localhost:8001", "https://localhost:8000", "http://localhost.example.com"])
async def test_another_origin_is_refused(api: Api, origin: str) -> None:
    device = await added(api)
    device.origin = origin
    browser = await api.site.browser()
    assert await sent(browser, device.sign(await options(browser))) == FAILED
    form = {"credential": PasskeyDevice(origin).create(await creation(api)), "name": "Key"}
    assert await api.refused("Ana", "POST", KEYS, json=form) == (*FAILED, [])


async def test_the_device_must_recognise_its_person(api: Api) -> None:
    device = await added(api)
    device.verifies = False
    browser = await api.site.browser()
    assert await sent(browser, device.sign(await options(browser))) == FAILED
    form = {"credential": PasskeyDevice(ORIGIN, verifies=False).create(await creation(api)), "name": "Key"}
    assert await api.refused("Ana", "POST", KEYS, json=form) == (*FAILED, [])


async def test_a_passkey_does_not_sign_in_another_person(api: Api) -> None:
    ana, bor = await added(api), await added(api, "Bor")
    ana.handle, own = bor.handle, ana.handle
    browser = await api.site.browser()
    assert await sent(browser, ana.sign(await options(browser))) == FAILED
    ana.handle = own
    assert await sent(browser, ana.sign(await options(browser))) == (201, "")


async def test_a_copied_passkey_is_refused_and_recorded(api: Api) -> None:
    device = await added(api)
    browser = await api.site.browser()
    device.count = 5
    assert await sent(browser, device.sign(await options(browser))) == (201, "")
    assert await sent(browser, device.sign(await options(browser), counts=False)) == FAILED
    device.count = 2
    assert await sent(browser, device.sign(await options(browser))) == FAILED
    found = await events(api, event="passkey_copied")
    assert [(one["subject"], one["outcome"]) for one in found] == [("Ana", "refused")] * 2
    device.count = 6
    assert await sent(browser, device.sign(await options(browser))) == (201, "")


async def test_a_passkey_that_never_counts_works_on(api: Api) -> None:
    device = await added(api)
    browser = await api.site.browser()
    for _ in range(2):
        assert await sent(browser, device.sign(await options(browser), counts=False)) == (201, "")


async def test_an_ended_account_and_a_removed_passkey_answer_as_an_unknown_one(api: Api) -> None:
    ana, bor = await added(api), await added(api, "Bor")
    browser = await api.site.browser()
    begun = await options(browser)
    person = f"/api/people/{api.practice.accounts['Ana'].id}"
    (await api.ask("Admin", "POST", f"{person}/end", json={})).raise_for_status()
    [key] = (await api.told("Bor", OWN))["passkeys"]
    assert (await api.ask("Bor", "DELETE", f"{KEYS}/{key['id']}")).status_code == 204
    unknown = PasskeyDevice(ORIGIN, handle=bor.handle)
    nobody = PasskeyDevice(ORIGIN, handle="A" * 43)
    answers = [await ask(browser, "POST", SIGN_IN, json={"credential": ana.sign(begun)})]
    for device in (ana, bor, unknown, nobody):
        signed = {"credential": device.sign(await options(browser))}
        answers.append(await ask(browser, "POST", SIGN_IN, json=signed))
    assert [(one.status_code, one.json()) for one in answers] == [(401, answers[0].json())] * 5
    assert answers[0].json()["code"] == "passkey_failed"
    assert api.app.database.state.passkeys == {}
    assert (await api.told("Bor", OWN))["recovery_codes"] == 0


async def test_it_finishes_a_pending_login(api: Api) -> None:
    device = await added(api)
    browser = await api.site.browser()
    answer = await first_step(api, browser)
    assert (answer.status_code, answer.json()["kinds"]) == (202, ["passkey"])
    assert await sent(browser, device.sign(await options(browser))) == (201, "")
    assert "calendra_pending" not in browser.cookies
    assert (await second_step(browser, answer.json()["token"], "123456")).json()["code"] == "pending_login_ended"


async def test_it_confirms_the_login(api: Api) -> None:
    device = await added(api)
    api.app.clock.move(PROOF_LASTS)
    assert await api.refused("Ana", "POST", f"{KEYS}/options") == (403, "confirmation_needed", [])
    browser = api.practice.browsers["Ana"]
    assert await sent(browser, with_other_signature(device.sign(await options(browser, CONFIRM))), CONFIRM) == FAILED
    assert (await api.ask("Ana", "POST", f"{KEYS}/options")).status_code == 403
    assert await sent(browser, device.sign(await options(browser, CONFIRM)), CONFIRM) == (204, "")
    assert (await api.ask("Ana", "POST", f"{KEYS}/options")).status_code == 201
    assert "login_confirmed" in [one["event"] for one in await events(api)]


async def test_a_person_has_a_limited_number(api: Api) -> None:
    for number in range(MOST_OF_A_PERSON - 1):
        await added(api, name=f"Key {number}")
    early = await creation(api)
    await added(api)
    assert await api.refused("Ana", "POST", f"{KEYS}/options") == (409, "too_many_passkeys", [])
    form = {"credential": PasskeyDevice(ORIGIN).create(early), "name": "One more"}
    assert await api.refused("Ana", "POST", KEYS, json=form) == (409, "too_many_passkeys", [])


async def test_each_needs_a_name(api: Api) -> None:
    form = {"credential": PasskeyDevice(ORIGIN).create(await creation(api)), "name": " "}
    assert await api.refused("Ana", "POST", KEYS, json=form) == (422, "invalid_input", ["name: empty"])


async def test_nobody_removes_the_passkey_of_another_person(api: Api) -> None:
    await added(api)
    [key] = (await api.told("Ana", OWN))["passkeys"]
    for who in ("Bor", "Admin"):
        assert await api.refused(who, "DELETE", f"{KEYS}/{key['id']}") == (404, "not_found", [])
    assert (await api.ask("Ana", "DELETE", f"{KEYS}/{key['id']}")).status_code == 204
    assert (await first_step(api, await api.site.browser())).status_code == 201


async def test_the_starts_of_a_network_are_limited(api: Api) -> None:
    device = await added(api)
    browser = await api.site.browser()
    for _ in range(65):  # those that succeed do not count
        assert await sent(browser, device.sign(await options(browser))) == (201, "")
    tried = [await ask(browser, "POST", f"{SIGN_IN}/options") for _ in range(61)]
    assert [one.status_code for one in tried] == [201] * 60 + [429]
    assert tried[-1].json()["code"] == "too_many_sign_ins"


async def test_what_happens_is_in_the_security_log(api: Api) -> None:
    device = await added(api)
    browser = await api.site.browser()
    await sent(browser, device.sign(await options(browser)))
    await sent(browser, with_other_signature(device.sign(await options(browser))))
    await api.app.container.count_repeated_events().finish()
    found = await events(api, person_id=str(api.practice.accounts["Ana"].id))
    assert [(one["event"], one["outcome"], one["factor"]) for one in found][:3] == [
        ("sign_in", "refused", "passkey"),
        ("sign_in", "succeeded", "passkey"),
        ("second_factor_added", "succeeded", "passkey"),
    ]


@pytest.mark.parametrize("path", [SIGN_IN, CONFIRM, KEYS])
async def test_nonsense_is_refused_as_a_passkey_that_failed(api: Api, path: str) -> None:
    device = await added(api)
    good = device.sign(await options(await api.site.browser()))
    wrong: list[dict[str, Any]] = [{}, {"id": 1, "rawId": None, "response": [], "type": "public-key"}]
    wrong += [{**good, "response": {**good["response"], field: value}} for field in good["response"] for value in BAD]
    more = {"name": "Key"} if path == KEYS else {}
    for credential in wrong:
        answer = await api.ask("Ana", "POST", path, json={"credential": credential, **more})
        assert (answer.status_code, answer.json()["code"]) == FAILED, credential


BAD = ("", "!", "e30", None, 3)
