"""Addresses that come with an answer are never fetched, and only links that may be opened reach a page."""

import pytest
import respx
from httpx import Response

from domain.errors import ProviderError
from domain.provider import Provider
from tests.integration.zoom.zoom_answers import ACCESS, API, LINK, MARKER, details, listed, meeting, tokens
from tests.integration.zoom.zoom_calls import CALLS, answer

EVIL = "https://evil.example/steal"
OURS = {"zoom.example", "api.zoom.example"}
USER = {"id": "user-7", "account_id": "acc-3", "email": "ana@praksa.example", "type": 1, "pic_url": EVIL}


async def test_no_address_in_an_answer_is_asked(zoom: Provider, router: respx.MockRouter) -> None:
    """Any address from the provider: another API, a picture, a link, the next page."""
    evil = {"api_url": EVIL, "start_url": EVIL, "url": EVIL, "next_page": EVIL, "location": EVIL}
    router.route(host="evil.example").mock(return_value=Response(200, json={}))
    for name, response in {
        "exchange": Response(200, json=tokens(**evil)),
        "refresh": Response(200, json=tokens(**evil)),
        "revoke": Response(200, json={"status": "success", **evil}),
        "current_user": Response(200, json=USER | evil),
        "create": Response(201, json=meeting(**evil)),
        "change": Response(204),
        "read": Response(200, json=meeting(**evil)),
        "remove": Response(204),
        "find": Response(200, json={"meetings": [listed(join_url=LINK)], "next_page_token": "", **evil}),
    }.items():
        answer(router, name, response)
    for call in CALLS.values():
        await call(zoom)
    assert {one.request.url.host for one in router.calls} <= OURS


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("operation", CALLS)
async def test_no_redirect_is_followed(zoom: Provider, router: respx.MockRouter, operation: str, status: int) -> None:
    """A token would go along."""
    router.route(host="evil.example").mock(return_value=Response(200, json=tokens()))
    answer(router, operation, Response(status, headers={"location": EVIL}))
    with pytest.raises(ProviderError):
        await CALLS[operation](zoom)
    assert {one.request.url.host for one in router.calls} <= OURS


async def test_a_token_of_the_next_page_stays_a_parameter(zoom: Provider, router: respx.MockRouter) -> None:
    router.route(host="evil.example").mock(return_value=Response(200, json={}))
    pages = [
        Response(200, json={"meetings": [], "next_page_token": f"x&a=b#{EVIL}/../@evil.example"}),
        Response(200, json={"meetings": []}),
    ]
    router.route(method="GET", url__startswith=f"{API}/users/me/meetings").mock(side_effect=pages)
    await zoom.meetings.find(ACCESS, MARKER, details())
    assert {(one.request.url.host, one.request.url.path) for one in router.calls} == {
        ("api.zoom.example", "/v2/users/me/meetings")
    }


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
        "file:///etc/passwd", "ftp://zoom.example/j/1", "//evil.example/j/1", "/j/1", "https:evil.example", "",
        "http://evil.example/j/1", "http://localhost.evil.example/j/1", "https://zoom.example@evil.example/j/1",
        "https://zoom.example/j/1\njavascript:alert(1)", 'https://zoom.example/j/1" onclick="x', " https://zoom.example/",
        "https://zoom.example/<script>", "https://zoom.example\\@evil.example", "https://zoom.example/" + "x" * 5000,
    ],
)  # fmt: skip
async def test_a_link_that_no_page_may_open_is_no_answer(zoom: Provider, router: respx.MockRouter, link: str) -> None:
    for operation in ("create", "read"):
        answer(router, operation, Response(201 if operation == "create" else 200, json=meeting(join_url=link)))
        with pytest.raises(ProviderError):
            await CALLS[operation](zoom)


@pytest.mark.parametrize("link", [LINK, "https://practice.zoom.us/j/1?pwd=a.1", "http://localhost:8600/j/1?pwd=x"])
async def test_a_link_of_the_provider_is_taken(zoom: Provider, router: respx.MockRouter, link: str) -> None:
    answer(router, "create", Response(201, json=meeting(join_url=link)))
    assert (await CALLS["create"](zoom)).join_link == link
