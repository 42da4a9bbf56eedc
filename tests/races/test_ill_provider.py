"""The provider is ill while people work: nothing is refused or lost, the state is the truth, and it mends itself."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.account import Account
from tests.database import DatabaseServer, drop_database, fresh_database
from tests.races.practice import SETTINGS, Practice, later, practice_of_two
from tests.walk import wait_until

pytestmark = pytest.mark.slow

ANSWERS_WITHIN = float(SETTINGS["settle_patience"]) + 4  # and the rest of the request, on a busy machine

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
# What a call answers with nothing in it cannot come as half of something.
OF_BODIES = ("empty", "truncated", "cut off", "missing join_url", "wrong types")
CASES = [
    (operation, name)
    for operation in ("create", "change", "remove")
    for name in FAULTS
    if operation == "create" or name not in OF_BODIES
]


class Case:
    """One session during the illness and after it."""

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
            assert self._booked["meeting"]["standing"] == "ready", self._booked
            self._fall_ill()
        began = time.monotonic()
        answer = deed()
        self.seconds = time.monotonic() - began
        self.status, self.during = answer.status_code, answer.json()

    def _fall_ill(self) -> None:
        self._practice.zoom.http.post("/faults", json=self._fault).raise_for_status()

    def _book(self) -> Any:
        return self._practice.admin.api("POST", "/api/bookings", json=self._form)

    def _move(self) -> Any:
        moved = later(self._form, hours=1)
        return self._practice.admin.api("PATCH", f"/api/bookings/{self._booked['id']}", json=moved)

    def _cancel(self) -> Any:
        return self._practice.admin.api("POST", f"/api/bookings/{self._booked['id']}/cancel")


@pytest.fixture(scope="module")
def cases(practice: Practice) -> dict[tuple[str, str], Case]:
    """All at the same time, each in an account of its own; then the provider is well again."""
    hosts = practice.staff.hire(len(CASES))
    every = {case: Case(practice, host, *case) for case, host in zip(CASES, hosts, strict=True)}
    with ThreadPoolExecutor(12) as pool:
        for done in [pool.submit(case.run) for case in every.values()]:
            done.result()
    practice.zoom.heal()
    practice.wait_until_settled()
    return every


@pytest.mark.parametrize("case", CASES, ids=": ".join)
def test_ill_for_a_while(practice: Practice, cases: dict[tuple[str, str], Case], case: tuple[str, str]) -> None:
    one = cases[case]
    assert one.status == (201 if case[0] == "create" else 200), one.during
    assert one.seconds < ANSWERS_WITHIN
    held = practice.held(one.title)
    state, now = one.during["meeting"], practice.session(one.during["id"])
    if case[0] == "remove":
        assert (state["standing"], state["removing"]) == ("none", 1), state
        assert (now["status"], now["meeting"]["removing"], held) == ("cancelled", 0, [])
        return
    assert state["standing"] in ("waiting", "wanted"), state
    assert state["standing"] == "wanted" or (
        state["reason"] in ("provider_down", "provider_limited") and state["until"]
    )
    assert now["meeting"]["standing"] == "ready", now["meeting"]
    assert [one["join_url"] for one in held] == [now["meeting"]["join_link"]]


def test_nothing_is_left_of_the_illness(practice: Practice, cases: dict[tuple[str, str], Case]) -> None:
    assert practice.audit().faults == {}


def test_the_daily_limit_is_named_with_its_end(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    practice.zoom.fault("create", "daily_limit", account=host.email, times=None)
    answer = practice.admin.api("POST", "/api/bookings", json=practice.form(host, "daily limit"))
    assert answer.status_code == 201
    state = answer.json()["meeting"]
    assert (state["standing"], state["reason"]) == ("waiting", "daily_limit")
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    assert midnight <= datetime.fromisoformat(state["until"]) < midnight + timedelta(hours=1)
    practice.zoom.heal()
    cancelled = practice.admin.api("POST", f"/api/bookings/{answer.json()['id']}/cancel")
    assert cancelled.json()["meeting"]["standing"] == "none"
    assert practice.held("daily limit") == []


def test_a_refresh_that_takes_too_long_never_leads_to_two_meetings(practice: Practice) -> None:
    """The call would begin when others may already take over; its own answer is lost as well."""
    practice.zoom.configure(access_token_seconds=20)
    (host,) = practice.staff.hire(1)
    practice.zoom.configure(access_token_seconds=3599)
    practice.zoom.fault("refresh", "hang", account=host.email, after=False)
    practice.zoom.fault("refresh", "slow", account=host.email, delay_ms=2000)
    practice.zoom.fault("create", "slow", account=host.email, delay_ms=2900)
    answer = practice.admin.api("POST", "/api/bookings", json=practice.form(host, "late refresh"))
    assert answer.status_code == 201
    wait_until(lambda: _slow_create_has_had_its_effect(practice, host), "the slow create has had its effect", 40)
    practice.wait_until_settled()
    assert practice.session(answer.json()["id"])["meeting"]["standing"] == "ready"
    assert len(practice.held("late refresh")) == 1
    assert practice.audit().faults == {}


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
        assert (booked["meeting"]["standing"], booked["meeting"]["reason"]) == ("waiting", "provider_down")
        state = _changed(practice, 200, "PATCH", f"/{moved['id']}", later(moved, hours=1))["meeting"]
        assert (state["standing"], state["join_link"]) == ("waiting", moved["meeting"]["join_link"])
        state = _changed(practice, 200, "POST", f"/{cancelled['id']}/cancel")["meeting"]
        assert (state["standing"], state["removing"], state["join_link"]) == ("none", 1, None)
        assert practice.admin.api("DELETE", f"/api/bookings/{deleted['id']}").status_code == 204
        practice.running.sandbox.start()
        wait_until(lambda: practice.session(booked["id"])["meeting"]["standing"] == "ready", "it is made", 40)
        practice.wait_until_settled()
        assert len(practice.held("booked while down")) == 1
        assert [practice.held(title) for title in titles[1:]] == [[], []]
        assert practice.audit().faults == {}
    drop_database(database_server, database)


def _slow_create_has_had_its_effect(practice: Practice, host: Account) -> bool:
    return any(one["fault"] == "slow" for one in practice.zoom.requests(account=host.email, operation="create"))


def _changed(
    practice: Practice, status: int, method: str, path: str, json: dict[str, Any] | None = None
) -> dict[str, Any]:
    answer = practice.admin.api(method, f"/api/bookings{path}", json=json)
    assert answer.status_code == status, answer.text
    return dict(answer.json())
