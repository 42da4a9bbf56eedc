"""A booking at the moment in which its consultant stops holding sessions, or its client is erased."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from uuid import uuid4

import psycopg
import pytest

from tests.chaos.races.crowd import Ask, crowd
from tests.chaos.races.practice import Practice
from tests.walk import wait_until

PAIRS = 16
pytestmark = pytest.mark.slow


def test_no_session_is_left_with_a_consultant_who_holds_none(practice: Practice) -> None:
    people = practice.staff.add_people(PAIRS)
    forms = [practice.form(one, "who holds it", online=False) for one in people]
    changes = [Ask("PUT", f"/api/people/{one.id}/roles", {"roles": ["admin"]}) for one in people]
    outcomes = _at_once(practice, forms, changes)
    assert set(outcomes) <= {((201, ""), (409, "sessions_to_come")), ((422, "invalid_input"), (200, ""))}, outcomes


def test_no_planned_session_is_left_with_an_erased_client(practice: Practice) -> None:
    (host,) = practice.staff.add_people(1)
    clients = [_client(practice) for _ in range(PAIRS)]
    forms = [practice.form(host, "with whom", online=False) | {"client_ids": [one]} for one in clients]
    erasures = [Ask("POST", f"/api/clients/{one}/erasure", {"end_coming": False, "texts": False}) for one in clients]
    outcomes = _at_once(practice, forms, erasures)
    assert set(outcomes) <= {((201, ""), (409, "client_has_sessions")), ((422, "invalid_input"), (201, ""))}, outcomes


def test_a_booking_waits_for_a_change_of_roles_that_is_not_committed(practice: Practice) -> None:
    (host,) = practice.staff.add_people(1)
    form = practice.form(host, "overtaken by roles", online=False)
    assert _booked_during(practice, form, "accounts", "roles = '{admin}'", str(host.id)) == (422, "consultant_id")


def test_a_booking_waits_for_an_erasure_that_is_not_committed(practice: Practice) -> None:
    (host,) = practice.staff.add_people(1)
    client = _client(practice)
    form = practice.form(host, "overtaken by an erasure", online=False) | {"client_ids": [client]}
    assert _booked_during(practice, form, "clients", "erased_at = now()", client) == (422, "client_ids")


def _booked_during(practice: Practice, form: dict[str, object], table: str, change: str, this: str) -> tuple[int, str]:
    """The answer to a booking that is requested before the change is committed, and the field that it names. The row is
    locked as Calendra locks it before such a change."""
    with psycopg.connect(practice.database) as connection, ThreadPoolExecutor(1) as threads:
        connection.execute(f"SELECT FROM {table} WHERE id = %s FOR UPDATE".encode(), [this])
        connection.execute(f"UPDATE {table} SET {change} WHERE id = %s".encode(), [this])  # noqa: S608 - of ours
        answer = threads.submit(practice.admin.api, "POST", "/api/bookings", json=form)
        wait_until(lambda: _one_waits(practice), "the booking waits", 10)
        connection.commit()
        said = answer.result()
    return said.status_code, ", ".join(one["field"] for one in said.json().get("fields", []))


def _one_waits(practice: Practice) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with psycopg.connect(practice.database) as connection:
        found = connection.execute(waiting).fetchone()
    return bool(found and found[0])


def _client(practice: Practice) -> str:
    asked = {"name": f"Raced {uuid4()}", "email": f"{uuid4()}@example.org"}
    return str(practice.admin.api("POST", "/api/clients", json=asked).raise_for_status().json()["id"])


def _at_once(
    practice: Practice, forms: list[dict[str, object]], others: list[Ask]
) -> list[tuple[tuple[int, str], tuple[int, str]]]:
    """The outcome of each booking, and of the concurrent request."""
    bookings = [Ask("POST", "/api/bookings", form) for form in forms]
    answers = crowd(practice.admin, practice.addresses, [*chain.from_iterable(zip(bookings, others, strict=True))])
    ends = [(one.status_code, str(one.json().get("code", ""))) for one in answers]
    return [*zip(ends[::2], ends[1::2], strict=True)]
