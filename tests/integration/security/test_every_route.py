"""Every route, for every role, in both organizations: the table of rules against the route table of the application."""

import pytest
from litestar.routes import HTTPRoute

from tests.in_memory_app import in_memory_app
from tests.integration.security.cells import Cell, cell
from tests.integration.security.practices import practice
from tests.integration.security.rules import OF_ANOTHER_PRACTICE, PEOPLE, RULES, Rule
from tests.integration.security.site import ask, with_processes
from tests.integration.security.two_practices import TwoPractices
from tests.real_processes import Service
from tests.tally import tally

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    async with in_memory_app() as running:
        handled = [route for route in running.app.routes if isinstance(route, HTTPRoute)]
        assert len(handled) == len(running.app.routes), "something other than HTTP is served"
        methods = [(method, route.path_format) for route in handled for method in route.methods]
    routes = {f"{method} {path}" for method, path in methods if method != "OPTIONS"}  # those: below
    assert routes == set(RULES)


@pytest.mark.parametrize("route", RULES)
async def test_everybody_gets_exactly_what_the_rule_says(both: TwoPractices, route: str) -> None:
    found = []
    for who in PEOPLE:
        both.made.come_back()
        found.append(await cell(both.site, both.here, both.there, route, RULES[route], who))
    _count(route, found)
    assert [one for one in found if one.wrong] == []


async def test_asking_for_the_methods_of_a_route_is_answered_to_everybody_and_tells_no_more(both: TwoPractices) -> None:
    stranger = await both.site.browser()
    for route in both.app.app.routes:
        path = route.path_format.format(**both.here.things, elsewhere="x", name="x", path="x")
        answer = await ask(stranger, "OPTIONS", path)
        assert (answer.status_code, answer.content) == (204, b""), path
        assert not any(name.startswith("access-control") for name in answer.headers), path


async def test_the_same_with_processes_and_postgres(served: Service) -> None:
    """Every refused request, and every request that another practice or a stranger may make. Allowed changes within the
    practice are tested in memory."""
    found: dict[str, list[Cell]] = {}
    async with with_processes(served) as site:
        here, there = await practice(site, 0), await practice(site, 1)
        for route, rule in RULES.items():
            for who in PEOPLE:
                if _with_processes_too(route, rule, who):
                    found.setdefault(route, []).append(await cell(site, here, there, route, rule, who))
    for route, cells in found.items():
        _count(route, cells)
    assert {route: wrong for route, cells in found.items() if (wrong := [one for one in cells if one.wrong])} == {}


def _with_processes_too(route: str, rule: Rule, who: str) -> bool:
    if rule.status(who) >= 400 or route.startswith("GET"):
        return True
    return who in OF_ANOTHER_PRACTICE and route not in (*_CHANGES_WHO_ONE_IS, *_CALLS_AN_IDENTITY_PROVIDER)


_CHANGES_WHO_ONE_IS = (
    "POST /api/login",
    "PUT /api/me/password",
    "DELETE /api/login",
    "POST /api/invitations/accept",
    "POST /api/foundings",
    "POST /api/reset-links/use",
)

_CALLS_AN_IDENTITY_PROVIDER = (
    "POST /api/sign-in/{organization_id}",
    "POST /api/login/confirmation/provider",
    "PUT /api/practice/single-sign-on",
)


def _count(route: str, cells: list[Cell]) -> None:
    tally(
        "Routes × roles × organizations",
        route,
        cells=len(cells),
        allowed=sum(not one.refused for one in cells),
        refused=sum(one.refused for one in cells),
        let_in=sum(one.let_in for one in cells),
        revealed=sum(bool(one.told) for one in cells),
    )
