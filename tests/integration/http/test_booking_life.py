"""A session's life at the level of the running service: made, kept, changed, moved, removed, and told."""

from typing import Any

import pytest

from tests.browser import Browser
from tests.integration.http.forms import booked, consultant, form, free_start, online
from tests.real_processes import ADMIN, ANA, BORIS, Service
from tests.walk import shifted, starts_at_of, wait_until


@pytest.fixture
def ana(calendra: Service) -> Browser:
    return calendra.browser(ANA)


@pytest.fixture
def admin(calendra: Service) -> Browser:
    return calendra.browser(ADMIN)


def held(calendra: Service, email: str, session: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in calendra.zoom.meetings(email) if one["join_url"] == session["meeting"]["join_link"]]


def change(browser: Browser, session: dict[str, Any], **changes: Any) -> dict[str, Any]:
    answer = browser.api("PATCH", f"/api/bookings/{session['id']}", json=changes)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def calls(calendra: Service, *operations: str) -> int:
    return sum(one["operation"] in operations for one in calendra.zoom.requests(account=ANA))


def test_one_to_one_and_many_get_a_meeting_alike(calendra: Service, ana: Browser) -> None:
    for clients in (1, 4):
        session = booked(ana, online(ana, ANA, clients=clients))
        [meeting] = held(calendra, ANA, session)
        assert len(session["clients"]) == clients
        assert starts_at_of(meeting) == session["starts_at"]
        assert meeting["duration"] == 50
        assert meeting["settings"]["use_pmi"] is False
        for client in session["clients"]:
            assert client["name"] not in str(meeting)
            assert client["email"] not in str(meeting)


def test_time_title_and_clients_keep_the_link(calendra: Service, ana: Browser) -> None:
    session = booked(ana, online(ana, ANA))
    later = {name: shifted(session[name], hours=5000) for name in ("starts_at", "ends_at")}
    everybody = [one["id"] for one in ana.api("GET", "/api/clients").json()]
    for changes in (later, {"title": "Second talk"}, {"client_ids": everybody[:3]}, {"notes": "Room 2 as reserve"}):
        session_now = change(ana, session, **changes)
        assert session_now["meeting"] | {"verified_at": None} == session["meeting"] | {"verified_at": None}
    [meeting] = held(calendra, ANA, session)
    assert (meeting["topic"], starts_at_of(meeting)) == ("Second talk", session_now["starts_at"])


def test_no_call_when_nothing_relevant_changed(calendra: Service, ana: Browser) -> None:
    session = booked(ana, online(ana, ANA))
    before = calls(calendra, "create", "change", "read", "remove", "find")
    other = [one["id"] for one in ana.api("GET", "/api/clients").json()][2:4]
    change(ana, session, notes="only notes", client_ids=other)
    unchanged = change(ana, session, title=session["title"])
    assert calls(calendra, "create", "change", "read", "remove", "find") == before
    assert unchanged["version"] == 2
    history = ana.api("GET", f"/api/bookings/{session['id']}/history").json()
    assert history[-1]["facts"] == {"changed": "client_ids, notes", "meeting": "kept"}


def test_switching_online_off_removes_meeting_and_link_and_on_makes_a_new_one(calendra: Service, ana: Browser) -> None:
    session = booked(ana, online(ana, ANA))
    off = change(ana, session, online=False)
    assert (off["online"], off["provider"], off["meeting"]["join_link"]) == (False, None, None)
    assert off["meeting"]["status"] == "none"
    assert not held(calendra, ANA, session)
    on = change(ana, session, online=True, provider="zoom")
    assert on["meeting"]["status"] == "ready"
    assert on["meeting"]["join_link"] != session["meeting"]["join_link"]


def test_a_meeting_that_vanished_at_zoom_is_made_anew(calendra: Service, ana: Browser) -> None:
    session = booked(ana, online(ana, ANA))
    [meeting] = held(calendra, ANA, session)
    calendra.zoom.delete_meeting(meeting["id"])
    moved = change(ana, session, title="Moved on")
    assert moved["meeting"]["reason"] == "verifying"
    assert moved["meeting"]["join_link"] == session["meeting"]["join_link"]
    path = f"/api/bookings/{session['id']}"
    wait_until(lambda: _with_another_link(ana, session), "a new meeting", seconds=30)
    shown = ana.api("GET", path).json()
    assert len(held(calendra, ANA, shown)) == 1
    told = [(line["action"], line.get("reason")) for line in ana.api("GET", f"{path}/history").json()]
    assert (told[-4], told[-1]) == (("change", "edited"), ("create", "vanished"))
    assert shown["meeting"]["link_change_reason"] == "vanished"
    seen = {"changed_at": shown["meeting"]["link_changed_at"], "how": "copied"}
    for _ in range(2):
        noted = ana.api("POST", f"{path}/link-change/acknowledge", json=seen)
        assert (noted.status_code, noted.json()["meeting"].get("link_changed_at")) == (200, None)


def _with_another_link(ana: Browser, session: dict[str, Any]) -> bool:
    shown = ana.api("GET", f"/api/bookings/{session['id']}").json()
    return shown["meeting"]["join_link"] not in (None, session["meeting"]["join_link"])


def test_cancelling_twice_is_once_and_a_cancelled_session_is_closed(calendra: Service, ana: Browser) -> None:
    session = booked(ana, online(ana, ANA))
    path = f"/api/bookings/{session['id']}"
    first, second = ana.api("POST", f"{path}/cancel"), ana.api("POST", f"{path}/cancel")
    assert (first.status_code, second.json()) == (200, first.json())
    assert not held(calendra, ANA, session)
    edit = ana.api("PATCH", path, json={"title": "again"})
    assert (edit.status_code, edit.json()["code"]) == (409, "booking_closed")
    same_slot = {name: session[name] for name in ("starts_at", "ends_at")}
    assert booked(ana, online(ana, ANA, **same_slot))["meeting"]["status"] == "ready"


def test_a_restored_session_has_a_new_meeting_and_a_new_link(calendra: Service, ana: Browser) -> None:
    session = booked(ana, online(ana, ANA))
    path = f"/api/bookings/{session['id']}"
    cancelled = ana.api("POST", f"{path}/cancel")
    stale = ana.api("POST", f"{path}/restore", headers={"If-Match": '"0-1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    restored = ana.api("POST", f"{path}/restore", headers={"If-Match": cancelled.headers["ETag"]})
    assert restored.status_code == 200, restored.text
    meeting = restored.json()["meeting"]
    assert (restored.json()["status"], meeting["status"]) == ("planned", "ready")
    assert meeting["join_link"] not in (None, session["meeting"]["join_link"])
    assert (len(held(calendra, ANA, session)), len(held(calendra, ANA, restored.json()))) == (0, 1)
    history = ana.api("GET", f"{path}/history").json()
    assert [(line["action"], line.get("reason", "")) for line in history][-2:] == [
        ("restored", ""),
        ("create", "restored"),
    ]


def test_a_session_whose_slot_was_taken_is_not_restored(ana: Browser) -> None:
    session = booked(ana, form(ana, ANA))
    path = f"/api/bookings/{session['id']}"
    ana.api("POST", f"{path}/cancel").raise_for_status()
    booked(ana, form(ana, ANA, **{name: session[name] for name in ("starts_at", "ends_at")}))
    answer = ana.api("POST", f"{path}/restore")
    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")
    assert answer.json()["data"]["starts_at"] == session["starts_at"]
    assert ana.api("GET", path).json()["status"] == "cancelled"


def test_a_deleted_session_is_gone_everywhere(calendra: Service, ana: Browser) -> None:
    session = booked(ana, online(ana, ANA))
    path = f"/api/bookings/{session['id']}"
    assert ana.api("DELETE", path).status_code == 204
    assert ana.api("GET", path).status_code == 404
    assert ana.api("GET", f"{path}/history").status_code == 404
    assert ana.api("DELETE", path).status_code == 404
    assert not held(calendra, ANA, session)


def test_a_taken_slot_names_the_neighbour(ana: Browser) -> None:
    session = booked(ana, form(ana, ANA))
    overlapping: dict[str, Any] = {
        "starts_at": shifted(session["starts_at"], minutes=49),
        "ends_at": shifted(session["ends_at"], hours=2),
    }
    answer = ana.api("POST", "/api/bookings", json=form(ana, ANA, **overlapping))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "slot_taken")
    assert problem["data"] == {"consultant": "Ana Novak", **{key: session[key] for key in ("starts_at", "ends_at")}}
    touching: dict[str, Any] = {"starts_at": session["ends_at"], "ends_at": shifted(session["ends_at"], minutes=10)}
    assert ana.api("POST", "/api/bookings", json=form(ana, ANA, **touching)).status_code == 201
    free = booked(ana, form(ana, ANA, starts_at=free_start().isoformat()) | _in(3000, session))
    moved = ana.api("PATCH", f"/api/bookings/{free['id']}", json=overlapping)
    assert moved.json()["code"] == "slot_taken"


def _in(hours: int, session: dict[str, Any]) -> dict[str, str]:
    return {name: shifted(session[name], hours=hours) for name in ("starts_at", "ends_at")}


def test_the_history_tells_who_did_what_for_whom_and_why(ana: Browser, admin: Browser) -> None:
    maja = admin.api("GET", "/api/me").json()["id"]
    session = booked(admin, online(admin, ANA))
    change(admin, session, title="Renamed")
    admin.api("POST", f"/api/bookings/{session['id']}/cancel").raise_for_status()
    history = ana.api("GET", f"/api/bookings/{session['id']}/history").json()
    assert [(line["action"], line.get("reason", "")) for line in history] == [
        ("booked", ""),
        ("create", "new"),
        ("edited", ""),
        ("change", "edited"),
        ("cancelled", ""),
        ("remove", "cancelled"),
    ]
    people = [line for line in history if line["action"] in ("booked", "edited", "cancelled")]
    assert {(line["actor_id"], line["on_behalf_of"]) for line in people} == {(maja, session["consultant_id"])}
    ours = [line for line in history if line["action"] in ("create", "change", "remove")]
    assert all((line["outcome"], line["actor_id"], line["actor"]) == ("done", None, None) for line in ours)
    assert {(line["actor"], line["on_behalf_of_name"]) for line in people} == {("Maja Hribar", "Ana Novak")}
    assert {line["host"] for line in ours} == {"Ana Novak"}
    assert session["meeting"]["join_link"] not in str(history)


def test_the_etag_changes_with_the_session_and_old_ones_are_refused(ana: Browser) -> None:
    session = booked(ana, form(ana, ANA))
    path = f"/api/bookings/{session['id']}"
    first = ana.api("GET", path).headers["etag"]
    changed = ana.api("PATCH", path, json={"title": "New"}, headers={"If-Match": first})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first
    stale = ana.api("PATCH", path, json={"title": "Older"}, headers={"If-Match": first})
    assert (stale.status_code, stale.json()["code"], stale.json()["data"]) == (412, "changed_meanwhile", {"version": 2})
    for method, end in (("POST", "/cancel"), ("DELETE", "")):
        assert ana.api(method, path + end, headers={"If-Match": first}).status_code == 412


def test_the_right_hour_across_a_daylight_saving_change(calendra: Service, ana: Browser) -> None:
    """Two sessions at nine in Ljubljana, the day before and the day after clocks go forward on 2028-03-26."""
    for local, utc in (
        ("2028-03-25T09:00:00+01:00", "2028-03-25T08:00:00Z"),
        ("2028-03-27T09:00:00+02:00", "2028-03-27T07:00:00Z"),
    ):
        times = {"starts_at": local, "ends_at": shifted(local, minutes=50)}
        session = booked(ana, online(ana, ANA, **times))
        assert session["starts_at"] == utc
        [meeting] = held(calendra, ANA, session)
        assert (starts_at_of(meeting), meeting["timezone"]) == (utc, "Europe/Ljubljana")


def test_open_pages_hear_of_changes_consultants_only_of_their_own(calendra: Service, ana: Browser) -> None:
    boris = calendra.browser(BORIS)
    headers = {"accept": "text/event-stream"}
    with ana.http.stream("GET", f"{ana.address}/api/events", headers=headers, timeout=20) as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        lines = events.iter_lines()
        assert ": connected" in (next(lines) for _ in range(5))
        booked(boris, form(boris, BORIS))
        mine = booked(ana, form(ana, ANA))
        told = next(line for line in lines if line.startswith("data:"))
    assert mine["id"] in told
    assert consultant(ana, ANA)["id"] in told


def test_zoom_being_down_never_loses_a_booking_and_the_link_follows(calendra: Service, ana: Browser) -> None:
    calendra.zoom.fault("create", "status", status=503, account=ANA)
    try:
        session = booked(ana, online(ana, ANA))
        state = session["meeting"]
        assert (state["status"], state["reason"]) == ("waiting", "provider_down")
        assert state["until"] is not None
    finally:
        calendra.zoom.heal()

    def ready() -> bool:
        return bool(ana.api("GET", f"/api/bookings/{session['id']}").json()["meeting"]["status"] == "ready")

    wait_until(ready, "the link follows", seconds=30)
    now = ana.api("GET", f"/api/bookings/{session['id']}").json()
    assert len(held(calendra, ANA, now)) == 1


def test_the_daily_limit_is_told_with_the_moment_when_it_ends(calendra: Service, ana: Browser) -> None:
    calendra.zoom.fault("create", "daily_limit", account=ANA)
    session = booked(ana, online(ana, ANA))
    state = session["meeting"]
    assert (state["status"], state["reason"]) == ("waiting", "daily_limit")
    assert state["until"].endswith("T00:00:00Z")
    ana.api("DELETE", f"/api/bookings/{session['id']}").raise_for_status()
