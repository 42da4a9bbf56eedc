"""PostgreSQL stops and starts again: requests in between get a clear error, and Calendra recovers by itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.in_memory.provider.fault import Fault
from tests.browser import Browser
from tests.chaos.soak.site import Site, site
from tests.real_processes import ADMIN
from tests.walk import PASSWORD, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path, worker_in_web=False) as ready:
        yield ready


def test_told_while_it_is_away_and_working_when_it_is_back(running: Site) -> None:
    (host,) = running.hire(1)
    admin = running.admin
    booked, form = running.book(host, "before"), running.form(host, "away")
    for leave in (running.postgres.stop, running.postgres.kill):
        leave()
        for method, path, body in _everything(booked, form):
            _must_say_so(admin.api(method, path, json=body), f"{method} {path}")
        with Browser(running.web[1].address) as stranger:
            signing_in = stranger.api("POST", "/api/login", json={"email": ADMIN, "password": PASSWORD})
            _must_say_so(signing_in, "sign in")
        assert admin.api("GET", "/health/live").status_code == 200
        wait_until(lambda: admin.api("GET", "/health/ready").status_code == 503, "it is not ready", 2)
        running.zoom.remove_app(host.email)  # the webhook event cannot be stored now, and has to come again
        running.postgres.start()
        for server in running.web:
            wait_until(lambda at=server: _ready(at.address), "it is ready", 60)
            assert admin.api("GET", f"{server.address}/api/me").json()["email"] == ADMIN
        wait_until(lambda: running.status(host) == "not_connected", "the event is heard", 60)
        running.staff.connect(host)
        state = running.session(booked["id"])["meeting"]
        assert (state["status"], state["join_link"]) == ("ready", booked["meeting"]["join_link"])


def test_workers_go_on(running: Site) -> None:
    """The worker makes a meeting that was not made before the outage of the database, without another request."""
    (host,) = running.hire(1)
    running.zoom.strike("create", Fault.DOWN, account=host.email, times=None)
    booked = running.book(host, "later")
    assert booked["meeting"]["status"] == "waiting"
    for server in running.web:
        server.kill()
    running.postgres.kill()
    running.postgres.start()
    running.zoom.heal()
    wait_until(lambda: running.zoom.meetings(host.email), "the meeting is made", 90)
    running.web[0].start()
    wait_until(lambda: running.session(booked["id"])["meeting"]["status"] == "ready", "it is told", 30)


def _everything(booked: dict[str, Any], form: dict[str, Any]) -> list[tuple[str, str, dict[str, Any] | None]]:
    one = f"/api/bookings/{booked['id']}"
    return [
        ("GET", "/api/bookings?start=2027-01-01T00:00:00Z&until=2027-02-01T00:00:00Z", None),
        ("GET", "/api/me", None),
        ("GET", "/api/consultants", None),
        ("GET", one, None),
        ("POST", "/api/bookings", form),
        ("PATCH", one, {"title": "away"}),
        ("POST", f"{one}/cancel", None),
        ("DELETE", one, None),
        ("POST", "/api/connections/zoom", {}),
    ]


def _must_say_so(answer: httpx.Response, asked: str) -> None:
    assert answer.status_code == 503, f"{asked}: {answer.status_code} {answer.text}"
    problem = answer.json()
    assert problem["code"] == "storage_unavailable", asked
    assert problem["next"], asked


def _ready(address: str) -> bool:
    return httpx.get(f"{address}/health/ready").status_code == 200
