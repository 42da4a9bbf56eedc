"""`calendra demo`: what stays between two starts. The walk through it: tests/integration/commands."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import httpx
import pytest

from demo.practice import NEXT_WEEK, PEOPLE, THIS_WEEK
from tests.browser import Browser
from tests.demos import own_demo
from tests.ports import free_port
from tests.real_processes import ROOT
from tests.walk import ADMIN, PASSWORD, wait_until


@pytest.fixture
def state() -> Iterator[Path]:
    """Not below pytest's own folder: a socket's path must be short."""
    folder = Path(mkdtemp(prefix="calendra-demo-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def sessions(address: str) -> list[dict[str, Any]]:
    with Browser(address) as browser:
        browser.log_in(ADMIN, PASSWORD)
        now = datetime.now(UTC)
        range_ = {"start": (now - timedelta(days=9)).isoformat(), "until": (now + timedelta(days=370)).isoformat()}
        found = browser.api("GET", "/api/bookings", params={**range_, "limit": "200"})
        return list(found.raise_for_status().json()["items"])


def test_a_second_start_has_the_same_data(state: Path) -> None:
    with own_demo(state) as (calendra, _):
        before = sessions(calendra)
        offered = httpx.get(f"{calendra}/api/demo/people").json()
    assert [(one["name"], one["password"]) for one in offered] == [(name, PASSWORD) for name, _, _ in PEOPLE]
    online = [one for one in before if one["online"] and one["status"] == "planned"]
    assert len(before) >= 10
    assert all(one["meeting"]["status"] == "ready" for one in online)
    with own_demo(state) as (calendra, _):
        assert [one["id"] for one in sessions(calendra)] == [one["id"] for one in before]


def test_a_port_in_use_is_said_in_one_line(state: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = subprocess.run(
            [
                sys.executable,
                "-m",
                "entrypoints.cli",
                "demo",
                "--state",
                str(state),
                "--port",
                str(taken.getsockname()[1]),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert said.returncode == 1
    assert "is in use" in said.stderr
    assert "Traceback" not in said.stderr


def test_fresh_starts_over(state: Path) -> None:
    with own_demo(state) as (calendra, _):
        old = {one["id"] for one in sessions(calendra)}
    port = free_port()
    with own_demo(state, "--fresh", port=port) as (calendra, _):
        assert not old & {one["id"] for one in sessions(calendra)}


def test_a_first_start_that_was_killed_half_way_leaves_no_half_practice(state: Path) -> None:
    """Killed at the moment when the first sessions are in the sandbox, long before the demo announces itself."""
    command = [sys.executable, "-m", "entrypoints.cli", "demo", "--state", str(state)]
    command += ["--port", str(free_port()), "--sandbox-port", str(free_port())]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        wait_until(lambda: (state / "sandbox.json").exists(), "the seeding has begun", seconds=60)
        first.kill()
    assert not (state / "running.json").exists()
    with own_demo(state) as (calendra, _):
        made = sessions(calendra)
    assert len(made) == len(THIS_WEEK + NEXT_WEEK)
    assert all(one["meeting"]["status"] == "ready" for one in made if one["online"])
