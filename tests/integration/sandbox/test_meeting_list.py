"""The list of meetings: pages, and what is not in it."""

from typing import Any

import pytest

from tests.integration.sandbox.zoom_client import BORIS, ZoomClient


def _look(zoom: ZoomClient, token: str, **query: Any) -> Any:
    headers = {"authorization": f"Bearer {token}"}
    return zoom.http.get("/v2/users/me/meetings", params=query, headers=headers).json()


@pytest.fixture
def token(zoom: ZoomClient) -> str:
    return str(zoom.connect()["access_token"])


def test_pages_are_turned_by_token(zoom: ZoomClient, token: str) -> None:
    made = [zoom.create(token, start_time=f"2031-01-{day:02}T10:00:00Z")["id"] for day in (3, 1, 2, 5, 4)]
    seen, mark = [], ""
    for size in (2, 2, 1):
        page = _look(zoom, token, page_size=2, next_page_token=mark)
        assert (page["total_records"], page["page_count"], len(page["meetings"])) == (5, 3, size)
        seen += [meeting["id"] for meeting in page["meetings"]]
        mark = page["next_page_token"]
    assert mark == ""
    assert seen == [made[1], made[2], made[0], made[4], made[3]]


def test_a_page_token_lives_fifteen_minutes_and_serves_one_person(zoom: ZoomClient, token: str) -> None:
    for _ in range(2):
        zoom.create(token, start_time="2031-01-01T10:00:00Z")
    mark = _look(zoom, token, page_size=1)["next_page_token"]
    assert _look(zoom, zoom.connect(BORIS)["access_token"], next_page_token=mark)["code"] == 300
    zoom.control("clock", {"advance_seconds": 901})
    assert _look(zoom, token, next_page_token=mark)["code"] == 300


def test_the_agenda_is_cut(zoom: ZoomClient, token: str) -> None:
    zoom.create(token, agenda="ž" * 300)
    assert _look(zoom, token)["meetings"][0]["agenda"] == "ž" * 250


def test_instant_deleted_expired_and_others_meetings_are_not_listed(zoom: ZoomClient, token: str) -> None:
    zoom.create(token, type=1)
    zoom.create(zoom.connect(BORIS)["access_token"])
    zoom.create(token, topic="expires")
    deleted = zoom.create(token, start_time="2031-01-01T10:00:00Z")
    zoom.api("DELETE", f"/meetings/{deleted['id']}", token)
    assert [meeting["topic"] for meeting in _look(zoom, token)["meetings"]] == ["expires"]
    zoom.control("clock", {"advance_seconds": 31 * 86400})
    assert _look(zoom, zoom.connect()["access_token"])["meetings"] == []


def test_kinds_and_dates(zoom: ZoomClient, token: str) -> None:
    now = zoom.create(token, topic="now")
    zoom.create(token, topic="far", start_time="2031-01-01T10:00:00Z")
    zoom.control(f"meetings/{now['id']}", {"status": "started"}, "PATCH")

    def topics(**query: str) -> list[str]:
        return [meeting["topic"] for meeting in _look(zoom, token, **query)["meetings"]]

    assert topics() == ["now", "far"]
    assert topics(type="live") == ["now"]
    assert topics(type="upcoming") == ["now"], "at most six months ahead"
    assert topics(type="previous_meetings") == []
    assert topics(**{"from": "2031-01-01", "to": "2031-01-01"}) == ["far"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("page_size", "301"), ("page_size", "0"), ("page_size", "x"), ("type", "all"), ("from", "1.1.2031")],
)
def test_wrong_questions_are_refused(zoom: ZoomClient, token: str, name: str, value: str) -> None:
    answer = _look(zoom, token, **{name: value})
    assert (answer["code"], answer["errors"][0]["field"]) == (300, name)
