"""Nothing is changed from another page: every unsafe route wants the token, the right origin, and JSON."""

from typing import Any

import pytest

from entrypoints.http.app import NOT_BY_BROWSERS
from tests.in_memory_app import in_memory_app
from tests.integration.security.cells import request
from tests.integration.security.practices import Practice
from tests.integration.security.rules import RULES
from tests.integration.security.site import Site, ask
from tests.integration.security.two_practices import TwoPractices
from tests.tally import tally

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Without the token, with the reason.
WITHOUT_TOKEN = {"POST /webhooks/{provider}": "sent by the provider's servers, which sign it"}
UNSAFE = [route for route in RULES if not route.startswith("GET") and route not in WITHOUT_TOKEN]


async def test_just_these_do_without_the_token() -> None:
    async with in_memory_app() as running:
        found = {
            f"{method} {route.path_format}"
            for route in running.app.routes
            for method, (handler, _) in getattr(route, "route_handler_map", {}).items()
            if handler.opt.get(NOT_BY_BROWSERS)
        }
    assert found == set(WITHOUT_TOKEN)


@pytest.mark.parametrize("route", UNSAFE)
async def test_a_forged_request_changes_nothing(both: TwoPractices, route: str) -> None:
    here, before = both.here, both.site.rows()
    forged = await _forged(both.site, here)
    for who in ("Ana", "Admin"):
        browser = here.browsers[who]
        for name, headers in forged.items():
            method, _, path = route.partition(" ")
            body = {} if RULES[route].body is None else {"json": RULES[route].body}
            answer = await ask(browser, method, path.format(**here.things), headers=dict(headers), **body)
            found = (answer.status_code, answer.json()["code"])
            tally("Forged requests", route, tried=1, refused=found[0] == 403, let_in=found[0] < 400)
            assert found == (403, "csrf_failed"), name
    assert both.site.rows() == before


async def _forged(site: Site, here: Practice) -> dict[str, dict[str, str]]:
    stranger = (await site.browser()).cookies["calendra_csrf"]
    own = here.browsers["Ana"].cookies["calendra_csrf"]
    assert own != stranger
    found: dict[str, dict[str, str]] = {
        "no token": {"x-csrftoken": ""},
        "a wrong one": {"x-csrftoken": "0" * len(own)},
        "a part": {"x-csrftoken": own[:64]},
        "a genuine one of somebody else": {"x-csrftoken": stranger},
    }
    sites = ("cross-site", "same-site", "nonsense")
    return found | {f"the right one, {one}": {"sec-fetch-site": one} for one in sites}


async def test_a_token_that_was_planted_from_elsewhere_is_of_no_use_there(both: TwoPractices) -> None:
    """Another host of the same domain can plant a cookie; the browser still sends the origin of the request."""
    planted = (await both.site.browser()).cookies["calendra_csrf"]
    ana = both.here.browsers["Ana"]
    ana.cookies.delete("calendra_csrf")
    ana.cookies.set("calendra_csrf", planted)
    headers = {"x-csrftoken": planted, "sec-fetch-site": "same-site"}
    answer = await ask(ana, "PATCH", "/api/me", json={"name": "Changed"}, headers=headers)
    assert answer.status_code == 403
    for origin in ("same-origin", "none"):
        again = await ask(ana, "PATCH", "/api/me", json={}, headers={"sec-fetch-site": origin})
        assert again.status_code == 200


FORMS = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", "")


@pytest.mark.parametrize("route", [route for route in UNSAFE if RULES[route].body is not None])
async def test_what_a_foreign_form_could_send_is_not_read(both: TwoPractices, route: str) -> None:
    before = both.site.rows()
    for kind in FORMS:
        answer = await _raw(both.here, route, kind)
        assert (answer.status_code, answer.json()["code"]) == (415, "wrong_media_type"), kind
    assert both.site.rows() == before


async def _raw(here: Practice, route: str, kind: str) -> Any:
    method, _, path = route.partition(" ")
    headers = {"content-type": kind} if kind else {}
    return await ask(here.browsers["Admin"], method, path.format(**here.things), content=b'{"a": 1}', headers=headers)


async def test_the_same_requests_are_taken_with_all_that_they_need(both: TwoPractices) -> None:
    for route in ("PATCH /api/me", "POST /api/clients", "DELETE /api/drafts/{draft_id}"):
        answer = await request(both.here.browsers["Ana"], route, RULES[route], both.here.things)
        assert answer.is_success, answer.text


async def test_whoever_reads_is_given_the_token_signed_in_or_not() -> None:
    async with in_memory_app() as running:
        for path in ("/api/me", "/health/live", "/api/help", "/api/help/nowhere"):
            running.http.cookies.clear()
            given = (await running.http.get(path)).headers.get_list("set-cookie")
            [cookie] = [one for one in given if one.startswith("calendra_csrf=")]
            assert "httponly" not in cookie.lower(), "the page's script reads it"


async def test_a_request_for_another_account_than_the_one_that_is_signed_in_changes_nothing(
    both: TwoPractices,
) -> None:
    """As a page sends it that was opened before another account signed in in the same browser."""
    here, before = both.here, both.site.rows()
    of_ana = {"x-calendra-account": here.things["consultant_id"]}
    for route in ("GET /api/drafts", "PATCH /api/me", "POST /api/clients"):
        method, _, path = route.partition(" ")
        body = {} if RULES[route].body is None else {"json": RULES[route].body}
        refused = await ask(here.browsers["Admin"], method, path, headers=dict(of_ana), **body)
        assert (refused.status_code, refused.json()["code"]) == (409, "account_changed")
    assert both.site.rows() == before
    assert (await ask(here.browsers["Ana"], "GET", "/api/me", headers=of_ana)).status_code == 200
