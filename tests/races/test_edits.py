"""Several people change one session at once, some of them while its meeting is still being made."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain.account import Account
from tests.races.crowd import Ask, crowd, statuses
from tests.races.practice import Practice, later
from tests.walk import wait_until

CROWD = 50
pytestmark = pytest.mark.slow


def test_of_fifty_edits_from_one_version_one_wins(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    booked = practice.book(host, "fifty edits")
    path = f"/api/bookings/{booked['id']}"
    match = {"If-Match": practice.admin.api("GET", path).headers["etag"]}
    asks = [Ask("PATCH", path, {"title": f"edit {number}"}, match) for number in range(CROWD)]
    answers = crowd(practice.admin, practice.addresses, asks)
    assert statuses(answers) == {(200, ""): 1, (412, "changed_meanwhile"): CROWD - 1}
    practice.wait_until_settled()
    (won,) = [one.json() for one in answers if one.status_code == 200]
    shown = practice.session(booked["id"])
    assert (shown["title"], shown["version"]) == (won["title"], booked["version"] + 1)
    assert shown["meeting"]["join_link"] == booked["meeting"]["join_link"]
    assert practice.audit().faults == {}


def test_edits_without_a_version_are_all_kept_in_turn(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    booked = practice.book(host, "in turn")
    path = f"/api/bookings/{booked['id']}"
    asks = [Ask("PATCH", path, {"title": f"turn {number}"}) for number in range(CROWD)]
    assert statuses(crowd(practice.admin, practice.addresses, asks)) == {(200, ""): CROWD}
    practice.wait_until_settled()
    assert practice.session(booked["id"])["version"] == booked["version"] + CROWD
    assert practice.audit().faults == {}


Hold = dict[str, Any]

# How the create ends that everybody else overtakes: it takes effect late, and its answer comes late or never.
ENDS = {
    "answered late": {"kind": "slow", "delay_ms": 1500},
    "never answered, made": {"kind": "hang", "after": True},
    "never answered, not made": {"kind": "hang", "after": False},
}


@pytest.fixture(scope="module")
def overtaken(practice: Practice) -> dict[tuple[str, str], tuple[dict[str, Any], Account, list[dict[str, Any]]]]:
    """Everything that may happen while a create is under way, all at the same time: the waiting is the same."""
    cases = [(how, what) for how in ENDS for what in DEEDS]
    hosts = practice.staff.hire(2 * len(cases))

    def one(number: int) -> Any:
        how, what = cases[number]
        host, other = hosts[2 * number : 2 * number + 2]
        booking_id = _overtake(practice, host, other, ENDS[how], f"{what}, {how}", DEEDS[what])
        return booking_id, host, other

    with ThreadPoolExecutor(len(cases)) as pool:
        done = list(pool.map(one, range(len(cases))))
    practice.wait_until_settled()
    return {
        case: (_shown(practice, booking_id), other, practice.zoom.meetings(host.email))
        for case, (booking_id, host, other) in zip(cases, done, strict=True)
    }


def _edit(practice: Practice, booked: dict[str, Any], other: Account) -> None:
    _ok(practice, "PATCH", booked["id"], {**later(booked, hours=1), "title": f"{booked['title']}, edited"})


def _cancel(practice: Practice, booked: dict[str, Any], other: Account) -> None:
    _ok(practice, "POST", f"{booked['id']}/cancel")


def _delete(practice: Practice, booked: dict[str, Any], other: Account) -> None:
    _ok(practice, "DELETE", booked["id"])


def _reassign(practice: Practice, booked: dict[str, Any], other: Account) -> None:
    _ok(practice, "PATCH", booked["id"], {"consultant_id": str(other.id)})


def _off_and_on(practice: Practice, booked: dict[str, Any], other: Account) -> None:
    _ok(practice, "PATCH", booked["id"], {"online": False})
    _ok(practice, "PATCH", booked["id"], {"online": True, "provider": "zoom"})


Deed = Callable[[Practice, dict[str, Any], Account], None]
DEEDS: dict[str, Deed] = {
    "edit": _edit,
    "cancel": _cancel,
    "delete": _delete,
    "reassign": _reassign,
    "off and on": _off_and_on,
}


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("what", DEEDS)
def test_while_the_create_is_under_way(practice: Practice, overtaken: Any, what: str, how: str) -> None:
    shown, other, at_first_host = overtaken[how, what]
    held = [one for one in practice.zoom.all_meetings() if one["topic"].startswith(f"{what}, {how}")]
    if what in ("cancel", "delete"):
        assert held == []
        assert shown is None or (shown["status"] == "cancelled" and shown["meeting"]["standing"] == "none"), shown
        return
    assert shown["meeting"]["standing"] == "ready", shown["meeting"]
    assert [one["join_url"] for one in held] == [shown["meeting"]["join_link"]]
    if what == "reassign":
        assert held[0]["host_email"] == other.email
        assert at_first_host == []
    if what == "edit":
        assert held[0]["topic"].endswith(", edited")


def test_nothing_is_left_of_all_that(practice: Practice, overtaken: Any) -> None:
    assert practice.audit().faults == {}


def _overtake(practice: Practice, host: Account, other: Account, end: Hold, title: str, deed: Deed) -> str:
    """Books, and does the deed as soon as the create is on its way."""
    practice.zoom.fault("create", account=host.email, **end)
    form = practice.form(host, title)
    with ThreadPoolExecutor(1) as pool:
        booking = pool.submit(practice.admin.api, "POST", "/api/bookings", json=form)
        wait_until(lambda: _stored(practice, form), f"{title} is stored")
        booked = _stored(practice, form)
        assert booked["meeting"]["standing"] == "wanted", booked["meeting"]
        deed(practice, booked, other)
        assert booking.result().status_code in (201, 404)  # deleted before it could be shown
    return str(booked["id"])


def _stored(practice: Practice, form: dict[str, Any]) -> Any:
    question = {"start": form["starts_at"], "until": form["ends_at"], "consultant_id": form["consultant_id"]}
    items = practice.admin.api("GET", "/api/bookings", params=question).raise_for_status().json()["items"]
    return items[0] if items else None


def _ok(practice: Practice, method: str, path: str, json: dict[str, Any] | None = None) -> None:
    answer = practice.admin.api(method, f"/api/bookings/{path}", json=json)
    assert answer.is_success, f"{answer.status_code} {answer.text}"


def _shown(practice: Practice, booking_id: str) -> Any:
    answer = practice.admin.api("GET", f"/api/bookings/{booking_id}")
    return None if answer.status_code == 404 else answer.raise_for_status().json()
