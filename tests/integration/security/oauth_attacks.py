"""Attacks on the OAuth flow. Each returns the answers that it got; all of them have to be refusals.

Cene is the victim, not connected yet; Bor attacks him, a colleague with an account of his own.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from domain.connection.authorization_request import LIFETIME as AUTHORIZATION_REQUEST
from domain.connection.connect_link import LIFETIME as CONNECT_LINK
from tests.in_memory_app import InMemoryApp
from tests.integration.security.practices import Practice, logged_in
from tests.integration.security.site import Site, ask

RETURN = "/api/connections/north/callback"
SOUTH_RETURN = "/api/connections/south/callback"
Answers = Sequence[httpx.Response]


@dataclass
class Scene:
    site: Site
    running: InMemoryApp
    here: Practice
    there: Practice

    async def begin(self, who: httpx.AsyncClient, provider: str = "north") -> str:
        """The consent page's address."""
        answer = await ask(who, "POST", f"/api/connections/{provider}", json={})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["authorize_address"])

    def approve(self, address: str, name: str, practice: Practice | None = None, provider: str = "north") -> Any:
        """A consent at the provider with this person's account; returns the parameters of the callback."""
        world = self.running.worlds[provider]
        email = (practice or self.here).accounts[name].email
        user = next((one for one in world.people.values() if one.email == email), None)
        user = user or world.add_person(name, email)
        return {"state": state_in(address), "code": world.approve(address, user.user_id)}

    async def link(self, for_whom: str) -> str:
        consultant = self.here.accounts[for_whom].id
        answer = await ask(self.here.browsers["Admin"], "POST", f"/api/connections/north/{consultant}/links")
        return str(answer.json()["link"].rpartition("/")[2])

    @property
    def victim(self) -> httpx.AsyncClient:
        return self.here.browsers["Cene"]

    @property
    def attacker(self) -> httpx.AsyncClient:
        return self.here.browsers["Bor"]


Attack = Callable[[Scene], Awaitable[Answers]]


def state_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["state"][0]


async def mixed_up_providers(scene: Scene) -> Answers:
    """The answer of one provider handed in as the other's, both ways, and one's code with the other's state."""
    north, south = await scene.begin(scene.victim), await scene.begin(scene.victim, "south")
    from_north, from_south = scene.approve(north, "Cene"), scene.approve(south, "Cene", provider="south")
    return [
        await ask(scene.victim, "POST", SOUTH_RETURN, json=from_north),
        await ask(scene.victim, "POST", RETURN, json=from_south),
        await ask(scene.victim, "POST", RETURN, json=from_north | {"code": from_south["code"]}),
        await ask(scene.victim, "POST", SOUTH_RETURN, json=from_south | {"code": from_north["code"]}),
    ]


async def replayed(scene: Scene) -> Answers:
    """A whole return once more, and its code with a fresh state."""
    ana = scene.here.browsers["Ana"]
    back = scene.approve(await scene.begin(ana), "Ana")
    assert (await ask(ana, "POST", RETURN, json=back)).status_code == 200
    fresh = state_in(await scene.begin(ana))
    return [await ask(ana, "POST", RETURN, json=one) for one in (back, back | {"state": fresh})]


async def fixed_by_an_attacker(scene: Scene) -> Answers:
    """The victim's browser is made to finish what the attacker began, with the attacker's account."""
    back = scene.approve(await scene.begin(scene.attacker), "Bor")
    return [await ask(scene.victim, "POST", RETURN, json=back)]


async def finished_by_an_attacker(scene: Scene) -> Answers:
    """The attacker caught the victim's way back, here or in another practice."""
    back = scene.approve(await scene.begin(scene.victim), "Cene")
    thieves = (scene.attacker, scene.here.browsers["Admin"], scene.there.browsers["Ana"], await scene.site.browser())
    return [await ask(thief, "POST", RETURN, json=back) for thief in thieves]


async def another_session(scene: Scene) -> Answers:
    """Begun in one browser of the same person and finished in another."""
    back = scene.approve(await scene.begin(scene.victim), "Cene")
    other = await logged_in(scene.site, scene.here.accounts["Cene"])
    return [await ask(other, "POST", RETURN, json=back)]


async def after_sign_out(scene: Scene) -> Answers:
    back = scene.approve(await scene.begin(scene.victim), "Cene")
    await ask(scene.victim, "DELETE", "/api/login")
    gone = await ask(scene.victim, "POST", RETURN, json=back)
    again = await logged_in(scene.site, scene.here.accounts["Cene"])
    return [gone, await ask(again, "POST", RETURN, json=back)]


async def too_late(scene: Scene) -> Answers:
    back = scene.approve(await scene.begin(scene.victim), "Cene")
    scene.running.clock.move(AUTHORIZATION_REQUEST + timedelta(seconds=1))
    return [await ask(scene.victim, "POST", RETURN, json=back)]


async def guessed_states(scene: Scene) -> Answers:
    back = scene.approve(await scene.begin(scene.victim), "Cene")
    right, here, there = back["state"], scene.here.organization.id.hex, scene.there.organization.id.hex
    guesses = [
        f"{here}.{secrets.token_urlsafe(32)}", right.replace(here, there), right[:-1], right + "A", right.swapcase(),
        f" {right}", right.upper(), "", ".", f"{here}.", "' OR 1=1 --", "\u0000", "a" * 5000,
    ]  # fmt: skip
    return [await ask(scene.victim, "POST", RETURN, json=back | {"state": guess}) for guess in guesses]


async def without_a_state(scene: Scene) -> Answers:
    """As after an installation from the provider's marketplace, or a forged return."""
    code = scene.approve(await scene.begin(scene.victim), "Cene")["code"]
    forms = ({"code": code}, {"code": code, "state": None}, {"code": code, "error": ""})
    return [await ask(scene.victim, "POST", RETURN, json=form) for form in forms]


async def injected_code(scene: Scene) -> Answers:
    """A code that the attacker was given is put into the victim's return: its verifier is another one."""
    stolen = scene.approve(await scene.begin(scene.attacker), "Bor")
    right = scene.approve(await scene.begin(scene.victim), "Cene")
    return [await ask(scene.victim, "POST", RETURN, json=right | {"code": stolen["code"]})]


async def somebody_elses_account(scene: Scene) -> Answers:
    """A provider account that is bound already, by a colleague and from another practice."""
    there = scene.there.browsers["Cene"]
    here_back = scene.approve(await scene.begin(scene.victim), "Ana")
    there_back = scene.approve(await scene.begin(there), "Ana", scene.here)
    return [await ask(scene.victim, "POST", RETURN, json=here_back), await ask(there, "POST", RETURN, json=there_back)]


async def other_peoples_links(scene: Scene) -> Answers:
    path = f"/api/connections/links/{await scene.link('Cene')}"
    others = (scene.attacker, scene.here.browsers["Admin"], scene.there.browsers["Cene"], await scene.site.browser())
    return [await ask(one, "POST", path) for one in others]


async def used_links(scene: Scene) -> Answers:
    path = f"/api/connections/links/{await scene.link('Cene')}"
    assert (await ask(scene.victim, "POST", path)).status_code == 200
    return [await ask(scene.victim, "POST", path)]


async def old_links(scene: Scene) -> Answers:
    path = f"/api/connections/links/{await scene.link('Cene')}"
    scene.running.clock.move(CONNECT_LINK)
    victim = await logged_in(scene.site, scene.here.accounts["Cene"])
    return [await ask(victim, "POST", path)]


async def guessed_links(scene: Scene) -> Answers:
    right, here = await scene.link("Cene"), scene.here.organization.id.hex
    there = scene.there.organization.id.hex
    guesses = [
        f"{here}.{secrets.token_urlsafe(32)}",
        right.replace(here, there),
        right[:-1],
        right + "A",
        right.upper(),
    ]
    return [await ask(scene.victim, "POST", f"/api/connections/links/{guess}") for guess in guesses]


ATTACKS: dict[str, Attack] = {
    "providers mixed up": mixed_up_providers,
    "a return or a code once more": replayed,
    "the victim finishes what the attacker began": fixed_by_an_attacker,
    "the attacker finishes what the victim began": finished_by_an_attacker,
    "another session of the same person": another_session,
    "after signing out": after_sign_out,
    "too late": too_late,
    "a guessed state": guessed_states,
    "a code without a state": without_a_state,
    "a code of somebody else (PKCE)": injected_code,
    "a provider account that is bound already": somebody_elses_account,
    "somebody else's connect link": other_peoples_links,
    "a connect link twice": used_links,
    "an old connect link": old_links,
    "a guessed connect link": guessed_links,
}


def bindings(running: InMemoryApp) -> dict[Any, Any]:
    """The account of each connection, and whether it works; an unwanted consent may have changed the tokens."""
    found = running.database.state.connections.items()
    return {key: (one.account.user_id, one.usable) for key, one in found}
