"""Fifty requests with one and the same Idempotency-Key."""

import pytest

from tests.chaos.races.crowd import Ask, crowd, statuses
from tests.chaos.races.practice import Practice

CROWD = 50
pytestmark = pytest.mark.slow


def test_the_same_request_fifty_times(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    form, key = practice.form(host, "one key"), {"Idempotency-Key": "the same request"}
    asks = [Ask("POST", "/api/bookings", form, key)] * CROWD
    answers = crowd(practice.admin, practice.addresses, asks)
    assert statuses(answers) == {(201, ""): CROWD}
    practice.wait_until_reconciled()
    assert len({one.json()["id"] for one in answers}) == 1
    shown = practice.session(answers[0].json()["id"])
    for answer in (one.json() for one in answers):
        assert {**answer, "meeting": None} == {**shown, "meeting": None}
        assert answer["meeting"]["join_link"] in (None, shown["meeting"]["join_link"])
    assert [one["join_url"] for one in practice.held("one key")] == [shown["meeting"]["join_link"]]
    assert practice.zoom.counts(host.email)["created"] == 1
    again = practice.admin.api("POST", "/api/bookings", json=form, headers=key)
    assert (again.status_code, again.json()) == (201, shown)
    assert practice.audit().faults == {}


def test_repetitions_while_the_session_is_deleted_book_nothing(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    form, key = practice.form(host, "deleted meanwhile"), {"Idempotency-Key": "then deleted"}
    booked = practice.admin.api("POST", "/api/bookings", json=form, headers=key).raise_for_status().json()
    repetition = Ask("POST", "/api/bookings", form, key)
    asks = [*[repetition] * 10, Ask("DELETE", f"/api/bookings/{booked['id']}"), *[repetition] * (CROWD - 11)]
    answers = crowd(practice.admin, practice.addresses, asks)
    # Between the two reads of one repetition the session may go: it is then not found.
    assert {one.status_code for one in answers} <= {201, 204, 404, 410}
    assert {one.json()["id"] for one in answers if one.status_code == 201} <= {booked["id"]}
    practice.wait_until_reconciled()
    for _ in range(2):
        again = practice.admin.api("POST", "/api/bookings", json=form, headers=key)
        assert (again.status_code, again.json()["code"]) == (410, "idempotency_result_gone")
    assert practice.held("deleted meanwhile") == []
    assert practice.zoom.counts(host.email)["created"] == 1
    assert practice.audit().faults == {}


def test_fifty_different_requests_under_one_key(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    forms = [practice.form(host, f"other content {number}") for number in range(CROWD)]
    asks = [Ask("POST", "/api/bookings", form, {"Idempotency-Key": "reused"}) for form in forms]
    answers = crowd(practice.admin, practice.addresses, asks)
    assert statuses(answers) == {(201, ""): 1, (422, "idempotency_key_reused"): CROWD - 1}
    (booked,) = [one.json() for one in answers if one.status_code == 201]
    assert [one["topic"] for one in practice.zoom.meetings(host.email)] == [booked["title"]]
    assert practice.audit().faults == {}
