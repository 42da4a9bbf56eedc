"""Answers that are not usable, and none at all: never a crash, and never a wrong guess about the effect."""

import json
from typing import Any

import httpx
import pytest
import respx
from httpx import Response
from hypothesis import given
from hypothesis import strategies as st

from adapters.zoom.provider import zoom_provider
from domain.errors import ProviderError
from domain.provider import Provider
from domain.provider_errors import Refused, TryLater
from tests.integration.zoom.zoom_answers import (
    CALLBACK,
    LINK,
    MEETING_ID,
    SETTINGS,
    FixedClock,
    meeting,
    tokens,
    without,
)
from tests.integration.zoom.zoom_calls import CALLS, WITH_EFFECT, answer, answer_change

HTML = "<!doctype html><html><body>We will be back soon</body></html>"


async def _told(zoom: Provider, operation: str) -> TryLater:
    with pytest.raises(TryLater) as told:
        await CALLS[operation](zoom)
    assert told.value.reason == "provider_down"
    return told.value


@pytest.mark.parametrize("operation", list(CALLS))
@pytest.mark.parametrize(
    "response",
    [
        Response(200, text=HTML, headers={"content-type": "text/html"}),
        Response(200, text=""),
        Response(200, text='{"id": 812365'),
        Response(200, text="[]"),
        Response(200, text="null"),
        Response(200, content=b'{"id": "\xff\xfe"}'),
        Response(200, content=b'{"x":' + b"[" * 100_000),
        Response(302, headers={"location": "https://elsewhere.example/"}),
        Response(404, text=HTML),
        Response(400, text=""),
        Response(403, json={"hello": "there"}),
        Response(408, json={"code": 300, "message": "Timeout."}),
        Response(500, json={"code": 300, "message": "Internal."}),
        Response(502, text=HTML),
        Response(503, text=""),
    ],
    ids=[
        "html", "empty", "truncated", "list", "null", "not text", "nested", "redirect", "404 html", "400 empty",
        "403 other json", "408", "500 json", "502 html", "503 empty",
    ],
)  # fmt: skip
async def test_unusable_answer(zoom: Provider, router: respx.MockRouter, operation: str, response: Response) -> None:
    answer(router, operation, response)
    error = await _told(zoom, operation)
    assert error.unheard is (operation in WITH_EFFECT)
    assert error.answered.startswith(str(response.status_code))
    assert "back soon" not in error.answered


@pytest.mark.parametrize(
    "body",
    [
        *(without(meeting(), name) for name in ("id", "join_url")),
        meeting(id="not a number"),
        meeting(id="81236549870x"),
        meeting(id=None),
        meeting(id=81236549870.5),
        meeting(id=True),
        meeting(id=""),
        meeting(id=[1]),
        meeting(id=-4),
        meeting(id="9" * 5000),
        meeting(join_url=None),
        meeting(join_url=""),
        meeting(join_url=17),
        meeting(join_url="javascript:alert(1)"),
    ],
)
async def test_a_create_without_a_usable_meeting_may_have_made_one(
    zoom: Provider, router: respx.MockRouter, body: dict[str, Any]
) -> None:
    answer(router, "create", Response(201, json=body))
    assert (await _told(zoom, "create")).unheard


@pytest.mark.parametrize("meeting_id", [int(MEETING_ID), MEETING_ID, 2**62])
async def test_ids_may_be_long_numbers_or_texts(
    zoom: Provider, router: respx.MockRouter, meeting_id: int | str
) -> None:
    answer(router, "create", Response(201, json=meeting(id=meeting_id)))
    held = await CALLS["create"](zoom)
    assert (held.id, held.join_link) == (str(meeting_id), LINK)


@pytest.mark.parametrize(
    "body",
    [
        *(without(tokens(), name) for name in ("access_token", "refresh_token", "expires_in", "scope")),
        tokens(access_token=""),
        tokens(access_token="two\nlines"),
        tokens(access_token="ključ"),
        tokens(access_token=5),
        tokens(refresh_token=""),
        tokens(refresh_token=None),
        tokens(expires_in="soon"),
        tokens(expires_in=0),
        tokens(expires_in=10**18),
        tokens(scope=None),
    ],
)
@pytest.mark.parametrize("operation", ["exchange", "refresh"])
async def test_incomplete_tokens_are_an_answer_not_heard(
    zoom: Provider, router: respx.MockRouter, operation: str, body: dict[str, Any]
) -> None:
    answer(router, operation, Response(200, json=body))
    assert (await _told(zoom, operation)).unheard


@pytest.mark.parametrize("status", [200, 201, 202])
async def test_only_204_confirms_a_change_or_a_removal(zoom: Provider, router: respx.MockRouter, status: int) -> None:
    answer_change(router)
    answer(router, "change", Response(status, json=meeting()))
    answer(router, "remove", Response(status, json={}))
    assert (await _told(zoom, "change")).unheard
    assert (await _told(zoom, "remove")).unheard


@pytest.mark.parametrize(
    "start_time", ["2026-11-23T11:30:00Z", "2026-11-23T10:30:00", "soon", "", None, "2026-11-23T10:30:00+01:00"]
)
async def test_a_start_that_zoom_did_not_take_over_is_refused(
    zoom: Provider, router: respx.MockRouter, start_time: str | None
) -> None:
    answer_change(router, start_time=start_time)
    with pytest.raises(Refused):
        await CALLS["change"](zoom)


async def test_a_change_answers_with_the_link_as_it_is_now(zoom: Provider, router: respx.MockRouter) -> None:
    answer_change(router, join_url="https://us05web.zoom.example/j/81236549870?pwd=TmV3")
    assert (await CALLS["change"](zoom)).join_link.endswith("pwd=TmV3")


@pytest.mark.parametrize("operation", list(CALLS))
@pytest.mark.parametrize(
    "error", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full")], ids=type
)
async def test_what_was_never_sent_had_no_effect(
    zoom: Provider, router: respx.MockRouter, operation: str, error: Exception
) -> None:
    answer(router, operation, error)
    assert not (await _told(zoom, operation)).unheard


@pytest.mark.parametrize("operation", list(CALLS))
@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.RemoteProtocolError("nonsense"),
    ],
    ids=type,
)
async def test_what_was_sent_may_have_had_its_effect(
    zoom: Provider, router: respx.MockRouter, operation: str, error: Exception
) -> None:
    answer(router, operation, error)
    assert (await _told(zoom, operation)).unheard is (operation in WITH_EFFECT)


def _bodies() -> st.SearchStrategy[bytes]:
    names = st.sampled_from(
        ["id", "join_url", "start_time", "code", "message", "errors", "error", "reason", "errorCode", "meetings",
         "next_page_token", "access_token", "refresh_token", "expires_in", "scope", "status", "account_id", "email",
         "type", "agenda"]
    )  # fmt: skip
    leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    values = st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner), max_leaves=8
    )
    written = st.dictionaries(names, values).map(lambda body: json.dumps(body).encode())
    return written | st.binary(max_size=200) | written.map(lambda body: body[:-1])


@given(
    operation=st.sampled_from(list(CALLS)),
    status=st.sampled_from([200, 201, 204, 301, 400, 401, 403, 404, 409, 429, 500, 503]),
    body=_bodies(),
    retry_after=st.text(st.characters(min_codepoint=32, max_codepoint=126)),
)
async def test_whatever_zoom_answers_becomes_an_answer_or_a_known_error(
    operation: str, status: int, body: bytes, retry_after: str
) -> None:
    def zoom_says(_: httpx.Request) -> Response:
        return Response(status, stream=httpx.ByteStream(body), headers={"retry-after": retry_after})

    async with httpx.AsyncClient(transport=httpx.MockTransport(zoom_says)) as http:
        zoom = zoom_provider(SETTINGS, CALLBACK, http, FixedClock())
        try:
            await CALLS[operation](zoom)
        except ProviderError as error:
            assert error.reason  # noqa: PT017 - many examples do not fail at all
