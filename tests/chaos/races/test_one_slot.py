"""Fifty people want the same hour of one consultant at the same moment."""

from datetime import datetime

import pytest

from tests.chaos.races.crowd import Ask, crowd, statuses
from tests.chaos.races.practice import Practice
from tests.running_practice import later

CROWD = 50
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("minutes_apart", [0, 1], ids=["equal", "overlapping"])
def test_one_slot(practice: Practice, minutes_apart: int) -> None:
    (host,) = practice.staff.hire(1)
    title = f"one slot, {minutes_apart} apart"
    form = practice.form(host, title, minutes=60)
    forms = [form | later(form, minutes=minutes_apart * number) for number in range(CROWD)]
    answers = crowd(practice.admin, practice.addresses, [Ask("POST", "/api/bookings", one) for one in forms])
    assert statuses(answers) == {(201, ""): 1, (409, "slot_taken"): CROWD - 1}
    (booked,) = [one.json() for one in answers if one.status_code == 201]
    assert booked["meeting"]["status"] == "ready"
    for problem in (one.json() for one in answers if one.status_code == 409):
        assert problem["data"]["consultant"] == host.name
        for name in ("starts_at", "ends_at"):
            assert datetime.fromisoformat(problem["data"][name]) == datetime.fromisoformat(booked[name]), problem
    assert [one["join_url"] for one in practice.held(title)] == [booked["meeting"]["join_link"]]
    assert practice.zoom.counts(host.email)["created"] == 1
    assert practice.audit().faults == {}
