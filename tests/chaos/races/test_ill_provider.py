"""The provider fails while people work: nothing is refused or lost, Calendra shows the true state, and recovers by
itself."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.accounts.account import Account
from tests.chaos.races.practice import SETTINGS, Practice, later, practice_of_two
from tests.database import DatabaseServer, drop_database, fresh_database
from tests.walk import wait_until

pytestmark = pytest.mark.slow

ANSWERS_WITHIN = float(SETTINGS["reconcile_patience"]) + 4  # and the rest of the request, on a busy machine

FAULTS: dict[str, dict[str, Any]] = {
    "hang before the effect": {"kind": "hang", "after": False},
    "hang after the effect": {"kind": "hang", "after": True},
    "reset before the effect": {"kind": "reset", "after": False},
    "reset after the effect": {"kind": "reset", "after": True},
    "drop after the effect": {"kind": "drop", "after": True},
    "500": {"kind": "status", "status": 500},
    "500 after the effect": {"kind": "status", "status": 500, "after": True},
    "503 with Retry-After": {"kind": "status", "status": 503, "headers": {"Retry-After": "3"}},
    "429 of the second": {"kind": "status", "status": 429, "headers": {"Retry-After": "2"}},
    "HTML with 200": {"kind": "html"},
    "empty": {"kind": "empty"},
    "truncated": {"kind": "truncated"},
    "cut off": {"kind": "cut_off"},
    "missing join_url": {"kind": "missing_join_url"},
    "wrong types": {"kind": "wrong_types"},
}
# An empty answer cannot be cut off.
OF_BODIES = ("empty", "truncated", "cut off", "missing join_url", "wrong types")
CASES = [
    (operation, name)
    for operation in ("create", "change", "remove")
    for name in FAULTS
    if operation == "create" or name not in OF_BODIES
]


class Case:
    """One session during the outage and after it."""

    def __init__(self, practice: Practice, host: Account, operation: str, name: str) -> None:
        self.title = f"{operation}: {name}"
        self._practice = practice
        self._operation = operation
        self._fault = {"operation": operation, "account": host.email, "times": None, **FAULTS[name]}
        self._form = practice.form(host, self.title)
        self.status, self.seconds = 0, 0.0
        self.during: dict[str, Any] = {}

    def run(self) -> None:
        deed = {"create": self._book, "change": self._move, "remove": self._cancel}[self._operation]
        if self._operation == "create":
            self._fall_ill()
        else:
            self._booked = self._practice.admin.api("POST", "/api/bookings", json=self._form).json()
            assert self._booked["meeting"]["status"] == "ready", self._booked
            self._fall_ill()
        began = time.monotonic()
        answer = deed()
        self.seconds = time.monotonic() - began
        self.status, self.during = answer.status_code, answer.json()

    def wrong_during(self) -> str:
        """People get a true answer in time."""
        state = self.during.get("meeting", {})
        if self._operation == "remove":
            told = (state.get("status"), state.get("removing")) == ("none", 1)
        else:
            waits = state.get("reason") in ("provider_down", "provider_limited") and state.get("until")
            told = state.get("status") == "wanted" or (state.get("status") == "waiting" and waits)
        good = self.status == (201 if self._operation == "create" else 200) and self.seconds < ANSWERS_WITHIN
        return "" if told and good else f"{self.title}: {self.status} after {self.seconds:.1f} s: {self.during}"

    def wrong_after(self) -> str:
        now, held = self._practice.session(self.during["id"]), self._practice.held(self.title)
        state, links = now["meeting"], [one["join_url"] for one in held]
        if self._operation == "remove":
            well = (now["status"], state["removing"], links) == ("cancelled", 0, [])
        else:
            well = state["status"] == "ready" and links == [state["join_link"]]
        return "" if well else f"{self.title}: {now}, {links}"

    def _fall_ill(self) -> None:
        self._practice.zoom.http.post("/faults", json=self._fault).raise_for_status()

    def _book(self) -> Any:
        return self._practice.admin.api("POST", "/api/bookings", json=self._form)

    def _move(self) -> Any:
        moved = later(self._form, hours=1)
        return self._practice.admin.api("PATCH", f"/api/bookings/{self._booked['id']}", json=moved)

    def _cancel(self) -> Any:
        return self._practice.admin.api("POST", f"/api/bookings/{self._booked['id']}/cancel")


def test_ill_for_a_while(practice: Practice) -> None:
    """All at the same time, each in an account of its own; then the provider recovers."""
    hosts = practice.staff.hire(len(CASES))
    every = [Case(practice, host, *case) for case, host in zip(CASES, hosts, strict=True)]
    with ThreadPoolExecutor(12) as pool:
        for done in [pool.submit(case.run) for case in every]:
            done.result()
    assert [one.wrong_during() for one in every if one.wrong_during()] == []
    practice.zoom.heal()
    practice.wait_until_reconciled()
    assert [one.wrong_after() for one in every if one.wrong_after()] == []
    assert practice.audit().faults == {}


def test_the_daily_limit_is_named_with_its_end(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    practice.zoom.fault("create", "daily_limit", account=host.email, times=None)
    answer = practice.admin.api("POST", "/api/bookings", json=practice.form(host, "daily limit"))
    assert answer.status_code == 201
    state = answer.json()["meeting"]
    assert (state["status"], state["reason"]) == ("waiting", "daily_limit")
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    assert midnight <= datetime.fromisoformat(state["until"]) < midnight + timedelta(hours=1)
    practice.zoom.heal()
    cancelled = practice.admin.api("POST", f"/api/bookings/{answer.json()['id']}/cancel")
    assert cancelled.json()["meeting"]["status"] == "none"
    assert practice.held("daily limit") == []


def test_down_and_up_again(database_server: DatabaseServer, tmp_path: Path) -> None:
    database = fresh_database(database_server)
    with practice_of_two(database, tmp_path, state=tmp_path / "sandbox.json") as practice:
        (host,) = practice.staff.hire(1)
        titles = ("moved while down", "cancelled while down", "deleted while down")
        moved, cancelled, deleted = (practice.book(host, title) for title in titles)
        practice.running.sandbox.kill()
        began = time.monotonic()
        booked = _changed(practice, 201, "POST", "", practice.form(host, "booked while down"))
        assert time.monotonic() - began < ANSWERS_WITHIN
        assert (booked["meeting"]["status"], booked["meeting"]["reason"]) == ("waiting", "provider_down")
        state = _changed(practice, 200, "PATCH", f"/{moved['id']}", later(moved, hours=1))["meeting"]
        assert (state["status"], state["join_link"]) == ("waiting", moved["meeting"]["join_link"])
        state = _changed(practice, 200, "POST", f"/{cancelled['id']}/cancel")["meeting"]
        assert (state["status"], state["removing"], state["join_link"]) == ("none", 1, None)
        assert practice.admin.api("DELETE", f"/api/bookings/{deleted['id']}").status_code == 204
        practice.running.sandbox.start()
        wait_until(lambda: practice.session(booked["id"])["meeting"]["status"] == "ready", "it is made", 40)
        practice.wait_until_reconciled()
        assert len(practice.held("booked while down")) == 1
        assert [practice.held(title) for title in titles[1:]] == [[], []]
        assert practice.audit().faults == {}
    drop_database(database_server, database)


def _changed(
    practice: Practice, status: int, method: str, path: str, json: dict[str, Any] | None = None
) -> dict[str, Any]:
    answer = practice.admin.api(method, f"/api/bookings{path}", json=json)
    assert answer.status_code == status, answer.text
    return dict(answer.json())
