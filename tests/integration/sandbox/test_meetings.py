"""The states of a meeting in Zoom's API."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.integration.sandbox.zoom_client import ANA, BORIS, ZoomClient

START = "2031-05-06T07:08:09Z"


@pytest.fixture
def token(zoom: ZoomClient) -> str:
    return str(zoom.connect()["access_token"])


def _read(zoom: ZoomClient, token: str, meeting: dict[str, Any]) -> Any:
    return zoom.api("GET", f"/meetings/{meeting['id']}", token).json()


def _change(zoom: ZoomClient, token: str, meeting: dict[str, Any], **body: Any) -> Any:
    answer = zoom.api("PATCH", f"/meetings/{meeting['id']}", token, body)
    assert (answer.status_code, answer.content) == (204, b"")
    return _read(zoom, token, meeting)


def _seconds_from_now(text: str) -> float:
    return abs((datetime.fromisoformat(text) - datetime.now(UTC)).total_seconds())


def test_a_created_meeting_is_what_was_asked_for(zoom: ZoomClient, token: str) -> None:
    made = zoom.create(
        token, topic="Ana · Žiga", agenda="line\nline", start_time=START, timezone="Europe/Ljubljana", duration=50
    )
    assert made["id"] > 2**31, "more than fits in 32 bits"
    assert (made["topic"], made["agenda"], made["duration"]) == ("Ana · Žiga", "line\nline", 50)
    assert (made["start_time"], made["timezone"], made["type"]) == (START, "Europe/Ljubljana", 2)
    assert (made["status"], made["host_email"]) == ("waiting", ANA)
    assert made["join_url"] == f"{zoom.address}/j/{made['id']}?pwd={made['encrypted_password']}"
    assert made["start_url"].startswith(f"{zoom.address}/s/{made['id']}?zak=")
    assert _read(zoom, token, made) == made


def test_nothing_is_required(zoom: ZoomClient, token: str) -> None:
    made = zoom.create(token)
    assert (made["type"], made["duration"], made["timezone"]) == (2, 60, "Europe/Ljubljana")
    assert _seconds_from_now(made["start_time"]) < 5
    assert made["password"].isdigit()
    assert made["settings"]["approval_type"] == 2


def test_a_past_start_becomes_now(zoom: ZoomClient, token: str) -> None:
    assert _seconds_from_now(zoom.create(token, start_time="2020-01-01T10:00:00Z")["start_time"]) < 5


def test_local_time_needs_its_zone_and_z_means_gmt_whatever_the_zone(zoom: ZoomClient, token: str) -> None:
    local = zoom.create(token, start_time="2031-07-01T10:00:00", timezone="Europe/Ljubljana")
    assert local["start_time"] == "2031-07-01T08:00:00Z"
    winter = zoom.create(token, start_time="2031-01-01T10:00:00", timezone="America/New_York")
    assert winter["start_time"] == "2031-01-01T15:00:00Z"
    gmt = zoom.create(token, start_time="2031-07-01T10:00:00Z", timezone="Europe/Ljubljana")
    assert gmt["start_time"] == "2031-07-01T10:00:00Z"
    assert zoom.create(token, start_time="2031-07-01T10:00:00")["start_time"] == "2031-07-01T08:00:00Z"


def test_forgetting_use_pmi_puts_everybody_in_the_personal_room(zoom: ZoomClient) -> None:
    token = zoom.connect(BORIS)["access_token"]
    first, second = zoom.create(token), zoom.create(token)
    assert first["pmi"] == second["pmi"]
    assert f"/j/{first['pmi']}?" in first["join_url"]
    own = zoom.create(token, settings={"use_pmi": False})
    assert "pmi" not in own
    assert f"/j/{own['id']}?" in own["join_url"]


def test_a_waiting_room_closes_joining_before_the_host(zoom: ZoomClient, token: str) -> None:
    both = zoom.create(token, settings={"waiting_room": True, "join_before_host": True})["settings"]
    assert (both["waiting_room"], both["join_before_host"]) == (True, False)
    assert zoom.create(token, settings={"join_before_host": True})["settings"]["join_before_host"] is True


def test_without_a_passcode_the_link_has_none(zoom: ZoomClient, token: str) -> None:
    made = zoom.create(token, default_password=False)
    assert "password" not in made
    assert made["join_url"] == f"{zoom.address}/j/{made['id']}"


def test_a_change_keeps_id_and_link(zoom: ZoomClient, token: str) -> None:
    made = zoom.create(token, topic="before", agenda="stays", start_time=START, settings={"host_video": True})
    later = "2031-05-07T07:08:09Z"
    changed = _change(zoom, token, made, topic="after", start_time=later, duration=30, settings={"jbh_time": 5})
    assert (changed["topic"], changed["start_time"], changed["duration"]) == ("after", later, 30)
    assert (changed["id"], changed["join_url"], changed["agenda"]) == (made["id"], made["join_url"], "stays")
    assert (changed["settings"]["host_video"], changed["settings"]["jbh_time"]) == (True, 5)


def test_a_past_start_is_left_aside_without_a_word(zoom: ZoomClient, token: str) -> None:
    made = zoom.create(token, start_time=START)
    changed = _change(zoom, token, made, start_time="2020-01-01T10:00:00Z", topic="new")
    assert (changed["start_time"], changed["topic"]) == (START, "new")


def test_a_new_passcode_makes_a_new_link(zoom: ZoomClient, token: str) -> None:
    made = zoom.create(token, password="old!#1")
    changed = _change(zoom, token, made, password="new_1@*-")
    assert changed["password"] == "new_1@*-"
    assert changed["join_url"] != made["join_url"]
    assert zoom.http.get(made["join_url"]).status_code == 404
    assert "You would be in this meeting now" in zoom.http.get(changed["join_url"]).text


def test_a_deleted_meeting_does_not_exist(zoom: ZoomClient, token: str) -> None:
    made = zoom.create(token)
    path = f"/meetings/{made['id']}"
    answer = zoom.api("DELETE", path, token)
    assert (answer.status_code, answer.content) == (204, b"")
    gone = (404, {"code": 3001, "message": f"Meeting does not exist: {made['id']}."})
    for method in ("GET", "PATCH", "DELETE"):
        again = zoom.api(method, path, token, {})
        assert (again.status_code, again.json()) == gone
    assert zoom.http.get(made["join_url"]).status_code == 404


def test_a_deleted_meeting_comes_back_within_a_week(zoom: ZoomClient) -> None:
    zoom.control("config", {"scopes": ["meeting:write", "meeting:read"]}, "PATCH")
    token = zoom.connect()["access_token"]
    made = zoom.create(token, start_time=START)
    path = f"/meetings/{made['id']}"
    assert zoom.api("PUT", f"{path}/status", token, {"action": "recover"}).status_code == 404, "it is not deleted"
    zoom.api("DELETE", path, token)
    assert zoom.api("PUT", f"{path}/status", token, {"action": "recover"}).status_code == 204
    assert _read(zoom, token, made) == made
    zoom.api("DELETE", path, token)
    zoom.control("clock", {"advance_seconds": 8 * 86400})
    token = zoom.connect()["access_token"]
    assert zoom.api("PUT", f"{path}/status", token, {"action": "recover"}).json()["code"] == 3001


def test_a_running_meeting_cannot_be_deleted_until_it_ends(zoom: ZoomClient) -> None:
    token = zoom.connect(scopes=["meeting:write", "meeting:read"])["access_token"]
    made = zoom.create(token)
    zoom.control(f"meetings/{made['id']}", {"status": "started"}, "PATCH")
    assert _read(zoom, token, made)["status"] == "started"
    assert zoom.api("DELETE", f"/meetings/{made['id']}", token).json()["code"] == 3002
    assert zoom.api("PUT", f"/meetings/{made['id']}/status", token, {"action": "end"}).status_code == 204
    ended = _read(zoom, token, made)
    assert ended["status"] == "waiting"
    assert ended["uuid"] != made["uuid"], "each run has its own"
    assert zoom.api("DELETE", f"/meetings/{made['id']}", token).status_code == 204


def test_another_hosts_meeting_is_refused(zoom: ZoomClient, token: str) -> None:
    path = f"/meetings/{zoom.create(token)['id']}"
    stranger = zoom.connect(BORIS)["access_token"]
    for method in ("GET", "PATCH", "DELETE"):
        answer = zoom.api(method, path, stranger, {})
        assert (answer.status_code, answer.json()) == (400, {"code": 3003, "message": "Not meeting host."})


def test_a_meeting_that_became_a_webinar_is_out_of_reach(zoom: ZoomClient, token: str) -> None:
    path = f"/meetings/{zoom.create(token)['id']}"
    zoom.control(path[1:], {"webinar": True}, "PATCH")
    assert zoom.api("GET", path, token).json() == {"code": 3000, "message": "Cannot access webinar info."}
    assert zoom.api("PATCH", path, token, {}).json() == {"code": 3000, "message": "Cannot access webinar information."}


def test_a_meeting_is_forgotten_thirty_days_after_its_date(zoom: ZoomClient, token: str) -> None:
    soon = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    path = f"/meetings/{zoom.create(token, start_time=soon)['id']}"
    for days, status in ((31, 200), (2, 404)):
        zoom.control("clock", {"advance_seconds": days * 86400})
        assert zoom.api("GET", path, zoom.connect()["access_token"]).status_code == status


def test_the_personal_room_cannot_be_deleted(zoom: ZoomClient, token: str) -> None:
    assert zoom.api("DELETE", f"/meetings/{zoom.account()['pmi']}", token).json()["code"] == 3018


@pytest.mark.parametrize("number", ["1", "abc", "99999999999999999999"])
def test_an_unknown_number_does_not_exist(zoom: ZoomClient, token: str, number: str) -> None:
    answer = zoom.api("GET", f"/meetings/{number}", token)
    assert (answer.status_code, answer.json()["code"]) == (404, 3001)


def test_who_may_not_host_is_told_so(zoom: ZoomClient, token: str) -> None:
    zoom.control(f"accounts/{ANA}", {"may_host": False}, "PATCH")
    assert zoom.api("POST", "/users/me/meetings", token, {}).json()["code"] == 3161


def test_an_unknown_address_is_not_recognized(zoom: ZoomClient, token: str) -> None:
    answer = zoom.api("GET", "/unheard-of", token)
    assert (answer.status_code, answer.json()["code"]) == (404, 2300)


def test_every_answer_can_be_tracked(zoom: ZoomClient, token: str) -> None:
    first, second = (zoom.api("GET", "/users/me", token).headers["x-zm-trackingid"] for _ in range(2))
    assert first != second
