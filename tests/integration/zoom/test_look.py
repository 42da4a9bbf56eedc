"""Finding a meeting by our marker, in any list."""

from typing import Any

import httpx
import pytest
import respx
from httpx import Response

from domain.provider import Provider
from domain.provider_errors import Refused, TryLater
from tests.integration.zoom.zoom_answers import API, LINK, MARKER, MEETINGS, listed, meeting, without
from tests.integration.zoom.zoom_calls import CALLS, answer


def _pages(router: respx.MockRouter, *pages: list[dict[str, Any]]) -> respx.Route:
    """Each page names the next by its number."""

    def page(request: httpx.Request) -> Response:
        number = int(request.url.params.get("next_page_token", "0"))
        follows = str(number + 1) if number + 1 < len(pages) else ""
        return Response(200, json={"meetings": pages[number], "next_page_token": follows})

    return router.get(url__startswith=MEETINGS).mock(side_effect=page)


def _held(router: respx.MockRouter, *ids: int) -> None:
    for number in ids:
        router.get(f"{API}/meetings/{number}").mock(
            return_value=Response(200, json=meeting(id=number, join_url=f"https://zoom.example/j/{number}?pwd=x"))
        )


OTHERS = [listed(id=number, agenda="Team") for number in range(1000, 1300)]


async def test_all_pages_are_searched_in_the_largest_size(zoom: Provider, router: respx.MockRouter) -> None:
    route = _pages(router, OTHERS, OTHERS, [listed()])
    answer(router, "read", Response(200, json=meeting()))
    (held,) = await CALLS["find"](zoom)
    assert held.join_link == LINK
    asked = [call.request.url.params for call in route.calls]
    assert [one["page_size"] for one in asked] == ["300"] * 3
    assert {one["type"] for one in asked} == {"scheduled"}


async def test_nothing_is_found_in_foreign_or_absent_agendas(zoom: Provider, router: respx.MockRouter) -> None:
    other = listed(agenda=f"Calendra {str(MARKER)[:-1]}0")
    _pages(router, [other, listed(agenda=None), without(listed(), "agenda"), listed(agenda="")])
    assert await CALLS["find"](zoom) == ()


async def test_one_that_appears_on_two_pages_is_not_a_double(zoom: Provider, router: respx.MockRouter) -> None:
    _pages(router, [*OTHERS, listed(id=7)], [listed(id="7"), listed(id=8)])
    _held(router, 7, 8)
    assert [held.id for held in await CALLS["find"](zoom)] == ["7", "8"]


async def test_one_without_a_link_in_the_list_is_read(zoom: Provider, router: respx.MockRouter) -> None:
    _pages(router, [without(listed(join_url="x"), "join_url")])
    answer(router, "read", Response(200, json=meeting()))
    assert [held.join_link for held in await CALLS["find"](zoom)] == [LINK]


async def test_one_that_is_listed_and_said_not_to_exist_is_searched_for_again(
    zoom: Provider, router: respx.MockRouter
) -> None:
    _pages(router, [listed(id=7), listed(id=8)])
    _held(router, 8)
    router.get(f"{API}/meetings/7").mock(return_value=Response(404, json={"code": 3001, "message": "No."}))
    with pytest.raises(TryLater):
        await CALLS["find"](zoom)


async def test_a_page_that_fails_is_not_taken_for_an_empty_one(zoom: Provider, router: respx.MockRouter) -> None:
    answers = [Response(200, json={"meetings": OTHERS, "next_page_token": "more"}), Response(500)]
    router.get(url__startswith=MEETINGS).mock(side_effect=answers)
    with pytest.raises(TryLater):
        await CALLS["find"](zoom)


@pytest.mark.parametrize("body", [{}, {"meetings": None}, {"meetings": [{"agenda": "no id"}]}, {"meetings": {}}])
async def test_an_odd_page_is_not_taken_for_an_empty_one(
    zoom: Provider, router: respx.MockRouter, body: dict[str, Any]
) -> None:
    answer(router, "find", Response(200, json=body))
    with pytest.raises(TryLater):
        await CALLS["find"](zoom)


async def test_a_list_without_end_is_left_and_not_taken_for_empty(zoom: Provider, router: respx.MockRouter) -> None:
    route = answer(router, "find", Response(200, json={"meetings": [], "next_page_token": "again"}))
    with pytest.raises(Refused):
        await CALLS["find"](zoom)
    assert route.call_count == 20


async def test_a_list_that_is_said_not_to_exist_is_asked_for_again(zoom: Provider, router: respx.MockRouter) -> None:
    answer(router, "find", Response(404, json={"code": 3001, "message": "Meeting does not exist."}))
    with pytest.raises(TryLater):
        await CALLS["find"](zoom)
