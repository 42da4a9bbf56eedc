"""Until when Zoom wants to be left alone."""

from datetime import UTC, datetime, timedelta

import pytest
import respx
from httpx import Response

from domain.provider import Provider
from domain.provider_errors import TryLater
from tests.integration.zoom.zoom_answers import NOW
from tests.integration.zoom.zoom_calls import CALLS, answer

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
OF_USER = (
    "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this "
    "particular user. You may resume these requests at GMT 00:00:00."
)
OF_DAY = (
    "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when "
    "you can make another request."
)
OF_SECOND = "You have reached the maximum per-second rate limit for this API. Try again later."
CONCURRENT = "Too many concurrent requests. A request to disassociate this user has already been made."
LIGHT = {"x-ratelimit-category": "Light", "x-ratelimit-limit": "6000", "x-ratelimit-remaining": "5893"}

ROWS: list[tuple[str, int, str, dict[str, str], str, datetime | None]] = [
    ("user's day", 429, OF_USER, LIGHT, "daily_limit", MIDNIGHT),
    ("user's day despite a header", 429, OF_USER, LIGHT | {"retry-after": "1"}, "daily_limit", MIDNIGHT),
    ("account's day, ISO date", 429, OF_DAY, {"retry-after": "2026-11-22T23:00:00Z"}, "daily_limit",
     datetime(2026, 11, 22, 23, tzinfo=UTC)),
    ("account's day, no date", 429, OF_DAY, {"x-ratelimit-type": "Daily-limit"}, "daily_limit", MIDNIGHT),
    ("account's day by header only", 429, "Wait.", {"x-ratelimit-type": "Daily-limit"}, "daily_limit", MIDNIGHT),
    ("second, no header", 429, OF_SECOND, {"x-ratelimit-type": "QPS"}, "provider_limited", None),
    ("second, code 4001", 4001, OF_SECOND, {}, "provider_limited", None),
    ("second, seconds", 429, OF_SECOND, {"retry-after": "2"}, "provider_limited", NOW + timedelta(seconds=2)),
    ("second, ISO date", 429, OF_SECOND, {"retry-after": "2026-11-22T10:30:05Z"}, "provider_limited",
     NOW + timedelta(seconds=5)),
    ("second, HTTP date", 429, OF_SECOND, {"retry-after": "Sun, 22 Nov 2026 10:31:00 GMT"}, "provider_limited",
     NOW + timedelta(minutes=1)),
    ("concurrent", 429, CONCURRENT, {}, "provider_limited", None),
    ("date in the past", 429, OF_SECOND, {"retry-after": "2020-05-31T00:00:00Z"}, "provider_limited", None),
    ("nonsense", 429, OF_SECOND, {"retry-after": "soon"}, "provider_limited", None),
    ("absurd number", 429, OF_SECOND, {"retry-after": "9" * 30}, "provider_limited", NOW + timedelta(days=1)),
    ("HTTP date beyond all years", 429, OF_SECOND, {"retry-after": "1 Jan 99999999999999999999 00:00:00 GMT"},
     "provider_limited", None),
    ("absurd date", 429, OF_SECOND, {"retry-after": "9999-12-31T23:59:59-12:00"}, "provider_limited",
     NOW + timedelta(days=1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "message", "headers", "reason", "until"), [pytest.param(*row[1:], id=row[0]) for row in ROWS]
)
async def test_limit(
    zoom: Provider,
    router: respx.MockRouter,
    code: int,
    message: str,
    headers: dict[str, str],
    reason: str,
    until: datetime | None,
) -> None:
    answer(router, "create", Response(429, json={"code": code, "message": message}, headers=headers))
    with pytest.raises(TryLater) as told:
        await CALLS["create"](zoom)
    assert (told.value.reason, told.value.until, told.value.unheard) == (reason, until, False)


@pytest.mark.parametrize("operation", list(CALLS))
async def test_every_operation_knows_limits_even_without_a_body(
    zoom: Provider, router: respx.MockRouter, operation: str
) -> None:
    answer(router, operation, Response(429, headers={"retry-after": "7"}))
    with pytest.raises(TryLater) as told:
        await CALLS[operation](zoom)
    assert (told.value.reason, told.value.until) == ("provider_limited", NOW + timedelta(seconds=7))
    assert not told.value.unheard


async def test_an_ill_zoom_may_say_when_it_will_be_well(zoom: Provider, router: respx.MockRouter) -> None:
    answer(router, "read", Response(503, headers={"retry-after": "30"}))
    with pytest.raises(TryLater) as told:
        await CALLS["read"](zoom)
    assert (told.value.reason, told.value.until) == ("provider_down", NOW + timedelta(seconds=30))
