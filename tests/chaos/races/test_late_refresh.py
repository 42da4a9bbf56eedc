"""A refresh took so long that another process may take over its lease."""

from pathlib import Path
from typing import Any

import pytest

from domain.accounts.account import Account
from tests.chaos.races.practice import Practice, practice_of_two
from tests.database import DatabaseServer, drop_database, fresh_database
from tests.walk import wait_until

pytestmark = pytest.mark.slow

# After six seconds another process takes over; the refresh takes four and a half, the call would last into the seventh.
SETTINGS: dict[str, Any] = {"reconcile_lease": "6", "reconcile_patience": "4"}
FAULTS = (
    {"operation": "refresh", "kind": "hang", "after": False},
    {"operation": "refresh", "kind": "slow", "delay_ms": 2000},
    {"operation": "create", "kind": "slow", "delay_ms": 2900},  # longer than the time limit of its answer
)


def test_it_never_leads_to_two_meetings(database_server: DatabaseServer, tmp_path: Path) -> None:
    database = fresh_database(database_server)
    with practice_of_two(database, tmp_path, **SETTINGS) as practice:
        practice.zoom.configure(access_token_seconds=20)
        (host,) = practice.staff.hire(1)
        practice.zoom.configure(access_token_seconds=3599)
        for fault in FAULTS:
            practice.zoom.http.post("/faults", json={**fault, "account": host.email}).raise_for_status()
        answer = practice.admin.api("POST", "/api/bookings", json=practice.form(host, "late refresh"))
        assert answer.status_code == 201
        wait_until(lambda: _slow_create_has_had_its_effect(practice, host), "the slow create has had its effect", 40)
        practice.wait_until_reconciled()
        assert practice.session(answer.json()["id"])["meeting"]["status"] == "ready"
        assert len(practice.held("late refresh")) == 1
        assert practice.audit().faults == {}
    drop_database(database_server, database)


def _slow_create_has_had_its_effect(practice: Practice, host: Account) -> bool:
    return any(one["fault"] == "slow" for one in practice.zoom.requests(account=host.email, operation="create"))


def test_an_answer_after_every_limit_is_heard_and_stored(practice: Practice) -> None:
    """Tokens rotate strictly: a client that hangs up loses the connection."""
    practice.zoom.configure(access_token_seconds=20)
    (host,) = practice.staff.hire(1)
    practice.zoom.configure(access_token_seconds=3599)
    practice.zoom.fault("refresh", "late", account=host.email, delay_ms=6000)
    before = practice.zoom.counts(host.email)["refreshed"]
    answer = practice.admin.api("POST", "/api/bookings", json=practice.form(host, "heard late"))
    assert answer.status_code == 201
    practice.wait_until_reconciled()
    assert practice.session(answer.json()["id"])["meeting"]["status"] == "ready"
    assert len(practice.held("heard late")) == 1
    assert practice.zoom.counts(host.email)["refreshed"] - before == 1
    assert practice.audit().faults == {}
