"""Where single sign-on is required, passwords stop working, and somebody always gets in."""

from dataclasses import replace
from datetime import timedelta

import httpx

from domain.accounts.account import Role
from domain.accounts.identity_provider import PasswordSignIn
from domain.accounts.sign_in_method import SignInMethod
from domain.security.event import EventKind, EventOutcome
from tests.in_memory_app import PASSWORD, SETTINGS
from tests.integration.single_sign_on.stage import SETTING, Stage, refusal
from tests.passkey_device import PasskeyDevice

LATER = timedelta(minutes=6)


async def test_a_right_password_is_told_where_to_sign_in_and_a_wrong_one_is_not(stage: Stage) -> None:
    await stage.ready(required=True)
    right = await stage.by_password(stage.bor)
    assert refusal(right) == (403, "single_sign_on_required", None)
    assert right.json()["data"]["sign_in_address"] == f"/sign-in/{stage.organization.id}"
    assert await stage.signed_in() is None
    guesses = [
        await stage.app.api("POST", "/api/login", json={"email": email, "password": "a wrong guess"})
        for email in (stage.bor.email, "nobody@example.com")
    ]
    assert guesses[0].json() == guesses[1].json()
    assert refusal(guesses[0]) == (401, "login_failed", None)
    assert await stage.events(EventKind.BREAK_GLASS_SIGN_IN) == [(EventOutcome.REFUSED, stage.bor.id)]
    assert (await stage.sign_in("bor")).status_code == 201


async def test_a_chosen_admin_breaks_the_glass_and_the_log_says_so(stage: Stage) -> None:
    await stage.ready(required=True)
    assert (await stage.by_password(stage.ana)).status_code == 201
    assert await stage.events(EventKind.BREAK_GLASS_SIGN_IN) == [(EventOutcome.SUCCEEDED, stage.ana.id)]


async def test_an_admin_who_is_not_chosen_is_refused(stage: Stage) -> None:
    dora = await stage.app.add_people("Dora", Role.ADMIN, organization=stage.organization)
    await stage.ready(required=True)
    assert refusal(await stage.by_password(dora))[1] == "single_sign_on_required"


async def test_the_last_admin_always_gets_in(stage: Stage) -> None:
    """The chosen admin stops being one: then every admin who is left may use the password."""
    dora = await stage.app.add_people("Dora", Role.ADMIN, organization=stage.organization)
    await stage.ready(required=True)
    await stage.app.container.change_roles()(dora, stage.ana.id, frozenset({Role.CONSULTANT}))
    assert refusal(await stage.by_password(stage.ana))[1] == "single_sign_on_required"
    assert (await stage.by_password(dora)).status_code == 201


async def test_who_may_use_a_password_is_decided_by_the_provider(stage: Stage) -> None:
    await stage.ready(required=True)
    provider = stage.app.database.state.identity_providers[stage.organization.id]
    assert provider.password_sign_in(stage.ana, [stage.ana]) is PasswordSignIn.BREAK_GLASS
    assert provider.password_sign_in(stage.bor, [stage.ana]) is PasswordSignIn.REFUSED


async def test_requiring_it_ends_the_logins_that_began_with_a_password(stage: Stage) -> None:
    await stage.ready()
    await stage.sign_in("bor")
    by_provider = httpx.Cookies(stage.app.http.cookies)
    stage.fresh_browser()
    await stage.by_password(stage.bor)
    by_password = httpx.Cookies(stage.app.http.cookies)
    stage.fresh_browser()
    await stage.by_password(stage.ana)
    assert (await stage.set(required=True)).status_code == 200
    assert await stage.signed_in() == "Ana"
    stage.app.http.cookies = by_password
    assert await stage.signed_in() is None
    stage.app.http.cookies = by_provider
    assert await stage.signed_in() == "Bor"


async def test_a_link_for_a_new_password_is_no_way_around(stage: Stage) -> None:
    made = await stage.app.container.make_reset_link()(stage.ana, stage.bor.id)
    await stage.ready(required=True)
    form = {"token": made.secret.text, "password": "another password for tests"}
    answer = await stage.app.api("POST", "/api/reset-links/use", json=form)
    assert refusal(answer) == (403, "single_sign_on_required", None)
    assert await stage.signed_in() is None


async def test_somebody_must_be_able_to_break_the_glass(stage: Stage) -> None:
    for chosen in ([], [str(stage.bor.id)]):
        answer = await stage.set(required=True, break_glass=chosen)
        assert answer.status_code == 422
        assert [one["field"] for one in answer.json()["fields"]] == ["break_glass"]
    assert stage.app.database.state.identity_providers == {}


async def test_the_operator_turns_it_off_when_the_provider_is_gone(stage: Stage) -> None:
    await stage.ready(required=True)
    turn_off = stage.app.container.turn_off_single_sign_on()
    await turn_off.by_operator("BOR@example.com ", remove=False)
    assert (await stage.by_password(stage.bor)).status_code == 201
    assert await stage.events(EventKind.SINGLE_SIGN_ON_OPTIONAL) == [(EventOutcome.SUCCEEDED, None)]
    stage.fresh_browser()
    assert (await stage.sign_in("bor")).status_code == 201
    await turn_off.by_operator(stage.ana.email, remove=True)
    assert stage.app.database.state.identity_providers == {}
    stage.fresh_browser()
    await stage.by_password(stage.ana)
    assert (await stage.app.api("GET", SETTING)).json()["provider"] is None


async def test_a_sign_in_there_is_a_proof_only_if_credentials_were_entered(stage: Stage) -> None:
    """The provider says when (`auth_time`); five minutes later the password is needed."""
    await stage.ready()
    await stage.sign_in("ana")
    assert (await stage.set(required=True)).status_code == 200
    stage.app.clock.move(LATER)
    assert refusal(await stage.set(required=False))[1] == "confirmation_needed"
    assert (await stage.app.api("POST", "/api/login/confirmation", json={"password": PASSWORD})).status_code == 204
    assert (await stage.set(required=False)).status_code == 200


async def test_signing_in_again_there_confirms_the_login(stage: Stage) -> None:
    await stage.ready()
    await stage.sign_in("ana")
    stored = stage.app.database.state
    by_provider = SignInMethod.SINGLE_SIGN_ON
    key = next(key for key, one in stored.login_sessions.items() if one.method is by_provider)
    stored.login_sessions[key] = replace(stored.login_sessions[key], proved_at=stage.app.clock.now() - LATER)
    assert refusal(await stage.set())[1] == "confirmation_needed"
    for sub, status in (("bor", 403), ("ana", 204)):
        address = (await stage.app.api("POST", "/api/login/confirmation/provider")).json()["address"]
        back = await stage.provider.sign_in(address, sub)
        answer = await stage.app.api("POST", "/api/login/confirmation/provider/callback", json=back)
        assert answer.status_code == status, answer.text
    assert (await stage.set()).status_code == 200


async def test_a_passkey_is_told_the_same_and_breaks_the_glass_alike(stage: Stage) -> None:
    (await stage.set()).raise_for_status()
    devices = {}
    for person in (stage.ana, stage.bor):
        stage.fresh_browser()
        (await stage.by_password(person)).raise_for_status()
        made = (await stage.app.api("POST", "/api/me/second-factor/passkeys/options")).json()["options"]
        devices[person.id] = PasskeyDevice(SETTINGS.public_address)
        form = {"credential": devices[person.id].create(made), "name": "Key"}
        (await stage.app.api("POST", "/api/me/second-factor/passkeys", json=form)).raise_for_status()
    stage.fresh_browser()
    (
        await stage.app.api("POST", "/api/login/passkey", json=await _signed(stage, devices[stage.ana.id]))
    ).raise_for_status()
    await stage.ready(required=True)
    refused = await stage.app.api("POST", "/api/login/passkey", json=await _signed(stage, devices[stage.bor.id]))
    assert refusal(refused) == (403, "single_sign_on_required", None)
    assert await stage.signed_in() is None
    entered = await stage.app.api("POST", "/api/login/passkey", json=await _signed(stage, devices[stage.ana.id]))
    assert entered.status_code == 201
    assert await stage.events(EventKind.BREAK_GLASS_SIGN_IN) == [
        (EventOutcome.REFUSED, stage.bor.id),
        (EventOutcome.SUCCEEDED, stage.ana.id),
    ]


async def _signed(stage: Stage, device: PasskeyDevice) -> dict[str, object]:
    asked = (await stage.app.api("POST", "/api/login/passkey/options")).json()["options"]
    return {"credential": device.sign(asked)}
