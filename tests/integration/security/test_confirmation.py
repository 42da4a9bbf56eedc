"""What touches people, roles, one-time links, erasures and exports needs a proof of the person, five minutes old."""

import pytest
from litestar.routes import HTTPRoute

from domain.accounts.login_session import PROOF_LASTS
from tests.in_memory_app import PASSWORD
from tests.integration.security.cells import request
from tests.integration.security.practices import logged_in
from tests.integration.security.rules import RULES
from tests.integration.security.site import ask
from tests.integration.security.two_practices import TwoPractices
from tests.tally import tally

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIRMED = {
    "PUT /api/people/{person_id}/roles",
    "POST /api/people/{person_id}/end",
    "POST /api/people/{person_id}/restore",
    "POST /api/people/{former_id}/erasure",
    "POST /api/people/{person_id}/reset-link",
    "DELETE /api/people/{person_id}/reset-link",
    "POST /api/me/second-factor/app",
    "POST /api/me/second-factor/app/confirmation",
    "POST /api/me/second-factor/passkeys/options",
    "POST /api/me/second-factor/passkeys",
    "DELETE /api/me/second-factor/passkeys/{passkey_id}",
    "DELETE /api/me/second-factor/app",
    "POST /api/me/second-factor/recovery-codes",
    "POST /api/invitations",
    "POST /api/invitations/{invitation_id}/link",
    "DELETE /api/invitations/{invitation_id}",
    "POST /api/connections/{provider}/{consultant_id}/links",
    "PUT /api/practice/single-sign-on",
    "DELETE /api/practice/single-sign-on",
    "DELETE /api/practice/single-sign-on/links/{person_id}",
    "POST /api/erasures",
    "POST /api/clients/{client_id}/erasure",
    "GET /api/clients/{client_id}/export",
    "GET /api/security-log/export",
    "PUT /api/practice/idle-time",
    "PUT /api/practice/second-factor",
    "DELETE /api/people/{person_id}/second-factor",
}
PROOF = "/api/login/confirmation"


async def test_these_routes_and_no_others_need_it(both: TwoPractices) -> None:
    found = {
        f"{method} {route.path_format}"
        for route in both.app.app.routes
        if isinstance(route, HTTPRoute)
        for method, (handler, _) in route.route_handler_map.items()
        if handler.opt.get("confirmed")
    }
    assert found == CONFIRMED


async def test_with_a_stolen_cookie_nothing_of_it_works_after_five_minutes(both: TwoPractices) -> None:
    admin, thief = both.here.browsers["Admin"], await both.site.browser()
    thief.cookies.set("calendra_session", admin.cookies["calendra_session"])
    both.app.clock.move(PROOF_LASTS)
    before = both.site.rows()
    answers = {route: await request(thief, route, RULES[route], both.here.things) for route in sorted(CONFIRMED)}
    guess = await ask(thief, "POST", PROOF, json={"password": "a guess of the thief"})
    let_in = sum(answer.status_code < 400 for answer in answers.values())
    tally(
        "Sign-in",
        "a stolen session without the password",
        tries=len(answers),
        refused=len(answers) - let_in,
        let_in=let_in,
    )
    assert {route: (it.status_code, it.json()["code"]) for route, it in answers.items()} == dict.fromkeys(
        CONFIRMED, (403, "confirmation_needed")
    )
    assert guess.json()["code"] == "login_failed"
    assert [row for row in before if row not in both.site.rows()] == []


@pytest.mark.parametrize("route", sorted(CONFIRMED))
async def test_the_password_again_opens_each_of_them_for_five_minutes(both: TwoPractices, route: str) -> None:
    admin = both.here.browsers["Admin"]
    both.app.clock.move(PROOF_LASTS)
    assert (await ask(admin, "POST", PROOF, json={"password": PASSWORD})).status_code == 204
    both.app.clock.move(PROOF_LASTS / 2)
    answer = await request(admin, route, RULES[route], both.here.things)
    assert answer.status_code == RULES[route].status("admin")
    events = (await ask(admin, "GET", "/api/security-log?event=login_confirmed")).json()["items"]
    assert [one["subject_id"] for one in events] == [str(both.here.accounts["Admin"].id)]


async def test_a_proof_counts_in_its_own_browser_only(both: TwoPractices) -> None:
    other = await logged_in(both.site, both.here.accounts["Admin"])
    both.app.clock.move(PROOF_LASTS)
    assert (await ask(both.here.browsers["Admin"], "POST", PROOF, json={"password": PASSWORD})).status_code == 204
    answer = await request(other, "POST /api/erasures", RULES["POST /api/erasures"], both.here.things)
    assert answer.json()["code"] == "confirmation_needed"


async def test_guesses_at_the_password_are_limited(both: TwoPractices) -> None:
    admin = both.here.browsers["Admin"]
    statuses = [(await ask(admin, "POST", PROOF, json={"password": "a guess"})).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
