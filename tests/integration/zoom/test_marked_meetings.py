"""Which of a host's listed meetings are reported as this deployment's."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import respx
from httpx import Response

from adapters.zoom.meeting_body import Mark
from domain.meeting.orphans import MarkedMeeting, MarkedPage
from domain.provider import Provider
from domain.provider_errors import AccessRejected, NeedsConsultant, TryLater
from tests.integration.zoom.zoom_answers import ACCESS, MARKER, MEETINGS, NOW, SETTINGS, listed

MARK = Mark(SETTINGS.client_id)
OURS = MARK.agenda(MARKER)
STARTS = "2026-11-22T10:30:00Z"


def _answered(router: respx.MockRouter, *meetings: dict[str, Any], status: int = 200, **other: Any) -> respx.Route:
    return router.get(url__startswith=MEETINGS).mock(
        return_value=Response(status, json={"meetings": meetings, **other})
    )


async def _told(zoom: Provider, page: str | None = None) -> MarkedPage:
    assert zoom.orphans
    return await zoom.orphans.marked(ACCESS, page)


@pytest.mark.parametrize(
    "agenda",
    [
        None,
        "",
        "Team",
        f"Calendra {MARKER}\nMade before deployments were told apart",
        f"Calendra {MARKER}",
        Mark("client-of-another-practice").agenda(MARKER),
        f"Copied: {OURS}",
        OURS.replace("Calendra", "calendra"),
        OURS.replace(" ", "  "),
        OURS.replace("\n", " and more\n"),
        OURS.replace("\n", "0\n"),
        OURS.replace(str(MARKER), str(MARKER).upper()),
    ],
)
async def test_what_is_not_surely_ours_is_not_told(
    zoom: Provider, router: respx.MockRouter, agenda: str | None
) -> None:
    _answered(router, listed(agenda=agenda, start_time=STARTS))
    assert await _told(zoom) == MarkedPage((), None)


@pytest.mark.parametrize("agenda", [OURS, OURS.replace("\n", "\r\n"), OURS.split("\n")[0], OURS + "\nBy the host"])
async def test_our_line_is_read_whatever_follows_it(zoom: Provider, router: respx.MockRouter, agenda: str) -> None:
    _answered(router, listed(agenda=agenda, start_time=STARTS), next_page_token="")
    told = await _told(zoom)
    assert told == MarkedPage((MarkedMeeting(str(listed()["id"]), MARKER, NOW),), None)


@pytest.mark.parametrize("start", [None, "", "soon", "2026-11-22T10:30:00"])
async def test_a_start_that_is_no_instant_is_none(zoom: Provider, router: respx.MockRouter, start: str | None) -> None:
    _answered(router, listed(agenda=OURS, start_time=start))
    assert [one.starts_at for one in (await _told(zoom)).meetings] == [None]


async def test_pages_follow_each_other_in_the_largest_size(zoom: Provider, router: respx.MockRouter) -> None:
    route = _answered(router, listed(agenda=OURS, start_time=STARTS), next_page_token="more/of&it")
    told = await _told(zoom)
    assert told.following == "more/of&it"
    await _told(zoom, told.following)
    asked = [parse_qs(urlsplit(str(call.request.url)).query) for call in route.calls]
    assert [one["page_size"] for one in asked] == [["300"]] * 2
    assert [one["type"] for one in asked] == [["scheduled"]] * 2
    assert [one.get("next_page_token") for one in asked] == [None, ["more/of&it"]]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (429, {"code": 429, "message": "You have reached the maximum per-second rate limit for this API."}, TryLater),
        (401, {"code": 124, "message": "Invalid access token."}, AccessRejected),
        (400, {"code": 4711, "message": "Invalid access token, does not contain scopes:[x]."}, NeedsConsultant),
        (503, {}, TryLater),
        (200, {"meetings": "none"}, TryLater),
    ],
)
async def test_failures_have_their_meaning(
    zoom: Provider, router: respx.MockRouter, status: int, body: dict[str, Any], error: type[Exception]
) -> None:
    router.get(url__startswith=MEETINGS).mock(return_value=Response(status, json=body))
    with pytest.raises(error):
        await _told(zoom)


def test_the_client_id_cannot_be_read_from_a_mark() -> None:
    assert SETTINGS.client_id not in OURS
