"""A person is connected only after their own request, in the same browser, just now, with an account of their own."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.integration.security.oauth_attacks import ATTACKS, RETURN, Scene, bindings
from tests.integration.security.practices import practice
from tests.integration.security.site import ask, in_memory
from tests.tally import tally


@pytest.mark.parametrize("name", ATTACKS)
async def test_an_attack_binds_nobody(name: str) -> None:
    async with in_memory() as (site, running):
        scene = Scene(site, running, await practice(site, 0), await practice(site, 1))
        before = bindings(running)
        answers = await ATTACKS[name](scene)
        bound = bindings(running)
    refused = sum(answer.status_code >= 400 for answer in answers)
    let_in = len(answers) - refused + (bound != before)
    tally("OAuth attacks", name, tries=len(answers), refused=refused, let_in=let_in)
    assert [answer.text for answer in answers if answer.status_code < 400] == []
    assert bound == before
    assert not any(answer.status_code >= 500 and answer.json()["code"] == "fault" for answer in answers)


async def test_what_the_attacks_try_works_for_whom_it_is_meant() -> None:
    """Otherwise they would be refused for nothing."""
    async with in_memory() as (site, running):
        scene = Scene(site, running, await practice(site, 0), await practice(site, 1))
        before = len(bindings(running))
        answer = await ask(scene.victim, "POST", f"/api/connections/links/{await scene.link('Cene')}")
        back = scene.approve(answer.json()["authorize_address"], "Cene")
        assert (await ask(scene.victim, "POST", RETURN, json=back)).status_code == 200
        assert len(bindings(running)) == before + 1


async def test_every_departure_has_a_state_and_a_challenge_of_its_own() -> None:
    async with in_memory() as (site, running):
        scene = Scene(site, running, await practice(site, 0), await practice(site, 1))
        asked = [parse_qs(urlsplit(await scene.begin(scene.victim)).query) for _ in range(20)]
    assert {one["code_challenge_method"][0] for one in asked} == {"S256"}
    for name in ("state", "code_challenge"):
        assert len({one[name][0] for one in asked}) == 20
