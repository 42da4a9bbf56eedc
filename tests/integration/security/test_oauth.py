"""A person is connected only after their own request, in the same browser, just now, with an account of their own."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.integration.security.oauth_attacks import ATTACKS, RETURN, Scene, bindings
from tests.integration.security.site import ask
from tests.integration.security.two_practices import TwoPractices
from tests.tally import tally

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("name", ATTACKS)
async def test_an_attack_binds_nobody(both: TwoPractices, name: str) -> None:
    before = bindings(both.app)
    answers = await ATTACKS[name](Scene(both.site, both.app, both.here, both.there))
    bound = bindings(both.app)
    refused = sum(answer.status_code >= 400 for answer in answers)
    let_in = len(answers) - refused + (bound != before)
    tally("OAuth attacks", name, tries=len(answers), refused=refused, let_in=let_in)
    assert [answer.text for answer in answers if answer.status_code < 400] == []
    assert bound == before
    assert not any(answer.status_code >= 500 and answer.json()["code"] == "fault" for answer in answers)


async def test_what_the_attacks_try_works_for_whom_it_is_meant(both: TwoPractices) -> None:
    """Otherwise they would be refused for nothing."""
    scene = Scene(both.site, both.app, both.here, both.there)
    before = len(bindings(both.app))
    answer = await ask(scene.victim, "POST", f"/api/connections/links/{await scene.link('Cene')}")
    back = scene.approve(answer.json()["authorize_address"], "Cene")
    assert (await ask(scene.victim, "POST", RETURN, json=back)).status_code == 200
    assert len(bindings(both.app)) == before + 1


async def test_every_departure_has_a_state_and_a_challenge_of_its_own(both: TwoPractices) -> None:
    scene = Scene(both.site, both.app, both.here, both.there)
    asked = [parse_qs(urlsplit(await scene.begin(scene.victim)).query) for _ in range(20)]
    assert {one["code_challenge_method"][0] for one in asked} == {"S256"}
    for name in ("state", "code_challenge"):
        assert len({one[name][0] for one in asked}) == 20
