"""Forged, replayed and foreign answers sign nobody in."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import pytest

from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.sign_in_request import LIFETIME
from tests.integration.single_sign_on.stage import Stage, refusal
from tests.tally import tally

Attack = Callable[[Stage], Awaitable[tuple[int, str, str | None]]]


async def answer_twice(stage: Stage) -> tuple[int, str, str | None]:
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    assert (await stage.complete(back)).status_code == 201
    again = await stage.complete(back)
    await stage.app.api("DELETE", "/api/login")
    return refusal(again)


async def code_with_another_state(stage: Stage) -> tuple[int, str, str | None]:
    """The attacker's own code in the victim's sign-in: PKCE and nonce do not fit."""
    stolen = await stage.provider.sign_in(await stage.begin(), "bor")
    mine = await stage.provider.sign_in(await stage.begin(), "ana")
    return refusal(await stage.complete(mine | {"code": stolen["code"]}))


async def nonce_of_another_sign_in(stage: Stage) -> tuple[int, str, str | None]:
    first, second = await stage.begin(), await stage.begin()
    query = parse_qs(urlsplit(second).query)
    query["nonce"] = parse_qs(urlsplit(first).query)["nonce"]
    forged = f"{second.partition('?')[0]}?{urlencode(query, doseq=True)}"
    return refusal(await stage.complete(await stage.provider.sign_in(forged, "bor")))


async def answer_in_another_browser(stage: Stage) -> tuple[int, str, str | None]:
    """Login CSRF: the victim's browser gets the attacker's answer."""
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    stage.fresh_browser()
    return refusal(await stage.complete(back))


async def answer_in_a_browser_with_a_sign_in_of_its_own(stage: Stage) -> tuple[int, str, str | None]:
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    stage.fresh_browser()
    await stage.begin()
    return refusal(await stage.complete(back))


async def late_answer(stage: Stage) -> tuple[int, str, str | None]:
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    stage.app.clock.move(LIFETIME)
    return refusal(await stage.complete(back))


async def guessed_state(stage: Stage) -> tuple[int, str, str | None]:
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    return refusal(await stage.complete(back | {"state": f"{stage.organization.id.hex}.{'x' * 43}"}))


async def answer_without_state(stage: Stage) -> tuple[int, str, str | None]:
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    return refusal(await stage.complete({"code": back["code"]}))


async def mix_up(stage: Stage) -> tuple[int, str, str | None]:
    """The answer names another issuer than the one that the sign-in went to."""
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    return refusal(await stage.complete(back | {"iss": "https://attacker.example.com"}))


async def answer_without_issuer(stage: Stage) -> tuple[int, str, str | None]:
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    del back["iss"]
    return refusal(await stage.complete(back))


async def answer_for_another_practice(stage: Stage) -> tuple[int, str, str | None]:
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    other, _ = await stage.app.found("Another practice", "Zala")
    answer = await stage.app.api("POST", f"/api/sign-in/{other.id}/callback", json=back)
    return refusal(answer)


async def provider_changed_meanwhile(stage: Stage) -> tuple[int, str, str | None]:
    back = await stage.provider.sign_in(await stage.begin(), "bor")
    async with stage.app.container.begin()() as work:
        now, chosen = stage.app.clock.now(), frozenset({UUID(int=10)})
        changed = IdentityProvider(
            stage.organization.id, "https://id.example.com", "us", "secret", ("example.com",), False, chosen, now
        )
        await work.identity_providers.save(changed)
        await work.commit()
    return refusal(await stage.complete(back))


NOT_STARTED = (410, "sign_in_not_started", None)
ATTACKS: dict[Attack, tuple[int, str, str | None]] = {
    answer_twice: NOT_STARTED,
    code_with_another_state: (502, "identity_provider_failed", "code_refused"),
    nonce_of_another_sign_in: (502, "identity_provider_failed", "token_not_valid"),
    answer_in_another_browser: NOT_STARTED,
    answer_in_a_browser_with_a_sign_in_of_its_own: NOT_STARTED,
    late_answer: NOT_STARTED,
    guessed_state: NOT_STARTED,
    answer_without_state: NOT_STARTED,
    mix_up: (502, "identity_provider_failed", "other_issuer"),
    answer_without_issuer: (502, "identity_provider_failed", "other_issuer"),
    answer_for_another_practice: NOT_STARTED,
    provider_changed_meanwhile: NOT_STARTED,
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
async def test_an_attack_signs_nobody_in(stage: Stage, attack: Attack) -> None:
    await stage.ready()
    assert await attack(stage) == ATTACKS[attack]
    let_in = await stage.signed_in() is not None
    tally("Single sign-on", attack.__name__.replace("_", " "), tries=1, refused=not let_in, let_in=let_in)
    assert not let_in


async def test_a_person_who_is_denied_there_comes_back_without_a_login(stage: Stage) -> None:
    await stage.ready()
    back = await stage.provider.sign_in(await stage.begin(), "bor", deny=True)
    assert refusal(await stage.complete(back)) == (403, "sign_in_declined", None)
    assert await stage.signed_in() is None


async def test_two_tabs_of_a_browser_sign_in(stage: Stage) -> None:
    await stage.ready()
    first, second = await stage.begin(), await stage.begin()
    for address in (second, first):
        back = await stage.provider.sign_in(address, "bor")
        assert (await stage.complete(back)).status_code == 201
