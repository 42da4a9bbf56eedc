"""A booking at the moment in which its consultant stops holding sessions, or its client is erased."""

from itertools import chain
from uuid import uuid4

import pytest

from tests.races.crowd import Ask, crowd
from tests.races.practice import Practice

PAIRS = 16
pytestmark = pytest.mark.slow


def test_no_session_is_left_with_a_consultant_who_holds_none(practice: Practice) -> None:
    people = practice.staff.enrol(PAIRS)
    forms = [practice.form(one, "who holds it", online=False) for one in people]
    changes = [Ask("PUT", f"/api/people/{one.id}/roles", {"roles": ["admin"]}) for one in people]
    outcomes = _at_once(practice, forms, changes)
    assert set(outcomes) <= {((201, ""), (409, "sessions_to_come")), ((422, "invalid"), (200, ""))}, outcomes


def test_no_planned_session_is_left_with_an_erased_client(practice: Practice) -> None:
    (host,) = practice.staff.enrol(1)
    clients = [_client(practice) for _ in range(PAIRS)]
    forms = [practice.form(host, "with whom", online=False) | {"client_ids": [one]} for one in clients]
    erasures = [Ask("POST", f"/api/clients/{one}/erasure", {"end_coming": False, "texts": False}) for one in clients]
    outcomes = _at_once(practice, forms, erasures)
    assert set(outcomes) <= {((201, ""), (409, "client_has_sessions")), ((422, "invalid"), (201, ""))}, outcomes


def _client(practice: Practice) -> str:
    asked = {"name": f"Raced {uuid4()}", "email": f"{uuid4()}@example.org"}
    return str(practice.admin.api("POST", "/api/clients", json=asked).raise_for_status().json()["id"])


def _at_once(
    practice: Practice, forms: list[dict[str, object]], others: list[Ask]
) -> list[tuple[tuple[int, str], tuple[int, str]]]:
    """What became of each booking, and of what was asked for beside it."""
    bookings = [Ask("POST", "/api/bookings", form) for form in forms]
    answers = crowd(practice.admin, practice.addresses, [*chain.from_iterable(zip(bookings, others, strict=True))])
    ends = [(one.status_code, str(one.json().get("code", ""))) for one in answers]
    return [*zip(ends[::2], ends[1::2], strict=True)]
