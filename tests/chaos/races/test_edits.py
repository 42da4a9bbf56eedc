"""Several people change one session at once."""

import pytest

from tests.chaos.races.crowd import Ask, crowd, statuses
from tests.chaos.races.practice import Practice

CROWD = 50
pytestmark = pytest.mark.slow


def test_of_fifty_edits_from_one_version_one_wins(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    booked = practice.book_ready(host, "fifty edits")
    path = f"/api/bookings/{booked['id']}"
    match = {"If-Match": practice.admin.api("GET", path).headers["etag"]}
    asks = [Ask("PATCH", path, {"title": f"edit {number}"}, match) for number in range(CROWD)]
    answers = crowd(practice.admin, practice.addresses, asks)
    assert statuses(answers) == {(200, ""): 1, (412, "changed_meanwhile"): CROWD - 1}
    practice.wait_until_reconciled()
    (won,) = [one.json() for one in answers if one.status_code == 200]
    shown = practice.session(booked["id"])
    assert (shown["title"], shown["version"]) == (won["title"], booked["version"] + 1)
    assert shown["meeting"]["join_link"] == booked["meeting"]["join_link"]
    assert practice.audit().faults == {}


def test_edits_without_a_version_are_all_kept_in_turn(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    booked = practice.book_ready(host, "in turn")
    path = f"/api/bookings/{booked['id']}"
    asks = [Ask("PATCH", path, {"title": f"turn {number}"}) for number in range(CROWD)]
    assert statuses(crowd(practice.admin, practice.addresses, asks)) == {(200, ""): CROWD}
    practice.wait_until_reconciled()
    assert practice.session(booked["id"])["version"] == booked["version"] + CROWD
    assert practice.audit().faults == {}
