"""What is sent to Zoom: only documented fields, and secrets only where they belong."""

import json
import re
from base64 import b64decode
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import respx
from httpx import Response

from adapters.zoom.http import zoom_http
from adapters.zoom.lanes import Lanes
from adapters.zoom.provider import zoom_provider
from domain.failure_reason import FailureReason
from domain.provider import Provider
from domain.provider_errors import TryLater
from tests.integration.zoom.zoom_answers import (
    ACCESS,
    CALLBACK,
    LINK,
    MARKER,
    MEETING,
    RENEWAL,
    SETTINGS,
    TOKEN,
    TOKEN_SET,
    FixedClock,
    details,
    meeting,
    tokens,
)
from tests.integration.zoom.zoom_calls import CALLS, answer, answer_change

USER = {"id": "user-7", "account_id": "acc-3", "email": "ana@praksa.example", "type": 1}


def _sent(route: respx.Route) -> httpx.Request:
    request: httpx.Request = route.calls.last.request
    return request


def _form(request: httpx.Request) -> dict[str, list[str]]:
    return parse_qs(request.content.decode(), strict_parsing=True)


def test_the_authorize_address_has_all_that_zoom_needs_and_no_scope(zoom: Provider) -> None:
    address = zoom.oauth.authorize_address("st&te", "verifier-of-the-attempt-7745")
    assert address.startswith("https://zoom.example/oauth/authorize?")
    assert parse_qs(urlsplit(address).query) == {
        "response_type": ["code"],
        "client_id": ["client-of-the-practice"],
        "redirect_uri": ["https://calendra.example/connections/zoom/callback"],
        "state": ["st&te"],
        "code_challenge": ["bVmzBxyctSMv_hFKmSepBrvGz8EMR1yhrBIwi1_XBQ4"],
        "code_challenge_method": ["S256"],
    }


async def test_a_code_is_exchanged_in_the_body(zoom: Provider, router: respx.MockRouter) -> None:
    route = answer(router, "exchange", Response(200, json=tokens()))
    token_set = await CALLS["exchange"](zoom)
    request = _sent(route)
    assert request.url.query == b""
    assert _form(request) == {
        "grant_type": ["authorization_code"],
        "code": ["code-mavrica-3318"],
        "redirect_uri": ["https://calendra.example/connections/zoom/callback"],
        "code_verifier": ["verifier-of-the-attempt-7745"],
    }
    scheme, _, pair = request.headers["authorization"].partition(" ")
    assert (scheme, b64decode(pair)) == ("Basic", b"client-of-the-practice:secret-of-the-practice-5521")
    assert (token_set.access_token, token_set.refresh_token) == (TOKEN, RENEWAL)
    assert (token_set.expires_at - FixedClock().now()).total_seconds() == 3599
    assert token_set.scopes == {"user:read:user", "meeting:write:meeting"}


async def test_a_refresh_sends_the_refresh_token_in_the_body(zoom: Provider, router: respx.MockRouter) -> None:
    route = answer(router, "refresh", Response(200, json=tokens(refresh_token="the-next-one")))
    token_set = await zoom.oauth.refresh(TOKEN_SET)
    assert _form(_sent(route)) == {"grant_type": ["refresh_token"], "refresh_token": [RENEWAL]}
    assert _sent(route).url.query == b""
    assert token_set.refresh_token == "the-next-one"


async def test_a_revocation_sends_the_token_in_the_body(zoom: Provider, router: respx.MockRouter) -> None:
    route = answer(router, "revoke", Response(200, json={"status": "success"}))
    await CALLS["revoke"](zoom)
    assert _form(_sent(route)) == {"token": [TOKEN]}
    assert _sent(route).url.query == b""
    assert _sent(route).headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("more", "name", "plan"),
    [
        ({"display_name": "Ana N."}, "Ana N.", "basic"),
        ({"first_name": "Ana", "last_name": "Novak", "type": 2}, "Ana Novak", "licensed"),
        ({"first_name": "Ana", "type": 4}, "Ana", "unassigned"),
        ({"type": None}, "ana@praksa.example", "unknown"),
        ({"type": 99, "display_name": ""}, "ana@praksa.example", "type 99"),
    ],
)
async def test_current_user(
    zoom: Provider, router: respx.MockRouter, more: dict[str, object], name: str, plan: str
) -> None:
    route = answer(router, "current_user", Response(200, json={**USER, **more}))
    account = await CALLS["current_user"](zoom)
    assert (account.user_id, account.account_id, account.email) == ("user-7", "acc-3", "ana@praksa.example")
    assert (account.name, account.plan) == (name, plan)
    assert _sent(route).headers["authorization"] == f"Bearer {TOKEN}"


async def test_a_create_says_everything_we_rely_on_and_nothing_else(zoom: Provider, router: respx.MockRouter) -> None:
    route = answer(router, "create", Response(201, json=meeting()))
    held = await CALLS["create"](zoom)
    body = json.loads(_sent(route).content)
    agenda = body.pop("agenda")
    assert body == {
        "type": 2,
        "topic": "Posvet",
        "start_time": "2026-11-23T10:30:00Z",
        "timezone": "Europe/Ljubljana",
        "duration": 50,
        "default_password": True,
        "settings": {"use_pmi": False, "waiting_room": True, "join_before_host": False},
    }
    assert re.fullmatch(rf"Calendra {MARKER} [0-9a-f]{{12}}", agenda.splitlines()[0])
    assert len(agenda) < 250
    assert (held.id, held.join_link) == ("81236549870", LINK)


async def test_a_change_leaves_the_hosts_own_settings_alone(zoom: Provider, router: respx.MockRouter) -> None:
    answer_change(router)
    route = answer(router, "change", Response(204))
    await CALLS["change"](zoom)
    assert json.loads(_sent(route).content) == {
        "topic": "Posvet",
        "start_time": "2026-11-23T10:30:00Z",
        "timezone": "Europe/Ljubljana",
        "duration": 50,
    }


async def test_an_id_cannot_lead_elsewhere(zoom: Provider, router: respx.MockRouter) -> None:
    route = router.get(url__regex=r".*").mock(return_value=Response(200, json=meeting()))
    await zoom.meetings.read(ACCESS, "../users/me?x=1#y", details())
    assert _sent(route).url.raw_path == b"/v2/meetings/..%2Fusers%2Fme%3Fx%3D1%23y"


async def test_no_access_token_ever_stands_in_an_address(zoom: Provider, router: respx.MockRouter) -> None:
    route = router.route().mock(return_value=Response(404, json={"code": 3001, "message": "No."}))
    for call in CALLS.values():
        try:
            await call(zoom)
        except Exception:  # noqa: BLE001, S112 - only what was sent matters here
            continue
    assert route.call_count >= len(CALLS)
    for sent in route.calls:
        assert TOKEN not in str(sent.request.url)
        assert RENEWAL not in str(sent.request.url)


async def test_cookies_of_one_consultant_do_not_reach_the_next(router: respx.MockRouter) -> None:
    route = router.get(MEETING).mock(
        return_value=Response(200, json=meeting(), headers={"set-cookie": "session=ana; Path=/"})
    )
    async with zoom_http(SETTINGS) as http:
        zoom = zoom_provider(SETTINGS, CALLBACK, http, FixedClock())
        await CALLS["read"](zoom)
        await CALLS["read"](zoom)
    assert route.call_count == 2
    assert "cookie" not in _sent(route).headers


async def test_redirects_are_not_followed(zoom: Provider, router: respx.MockRouter) -> None:
    elsewhere = router.get("https://elsewhere.example/").mock(return_value=Response(200, json=meeting()))
    answer(router, "read", Response(307, headers={"location": "https://elsewhere.example/"}))
    with pytest.raises(TryLater) as told:
        await CALLS["read"](zoom)
    assert told.value.reason is FailureReason.PROVIDER_DOWN
    assert not elsewhere.called


async def test_the_client_is_sized_for_64_calls_at_once() -> None:
    async with zoom_http(SETTINGS) as http:
        lanes = http._transport_for_url(httpx.URL("https://api.zoom.us/v2"))
        assert isinstance(lanes, Lanes)
        pools = [lane.pool._pool for lane in lanes._lanes]
        assert sum(pool._max_connections for pool in pools) == 64
        assert sum(pool._max_keepalive_connections for pool in pools) == 64
        assert (http.timeout.connect, http.timeout.read, http.timeout.pool) == (1, 1, 1)
        assert not http.follow_redirects
