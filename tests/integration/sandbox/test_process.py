"""The stand-in as a process: it keeps its state after kill -9, ends with its parent, and needs nothing of Calendra."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from demo.sandbox.config import SandboxConfig, demo_people
from demo.sandbox.run import ROOT, SandboxProcess
from tests.integration.sandbox.zoom_client import ANA, BORIS, CONFIG, ZoomClient


def test_everything_is_remembered_after_kill_9(tmp_path: Path) -> None:
    process = SandboxProcess(CONFIG, state=tmp_path / "state.json")
    with process:
        zoom = ZoomClient(process.address)
        tokens, code = zoom.connect(), zoom.approve(BORIS)["code"]
        made = zoom.create(tokens["access_token"], topic="kept", start_time="2031-01-01T10:00:00Z")
        zoom.control("clock", {"advance_seconds": 60})
        zoom.control("config", {"webhook_url": "http://127.0.0.1:9/nobody"}, "PATCH")
        zoom.control(f"accounts/{BORIS}", {"plan": 1}, "PATCH")
        address = process.address
        process.kill()
        process.start()
        assert process.address == address
        read = zoom.api("GET", f"/meetings/{made['id']}", tokens["access_token"])
        assert (read.status_code, read.json()) == (200, made)
        assert zoom.refresh(tokens["refresh_token"]).status_code == 200
        assert zoom.refresh(tokens["refresh_token"]).status_code == 400
        assert zoom.exchange(code).status_code == 200
        ana = zoom.account(ANA)
        assert (ana["daily_count"], ana["counts"]["created"]) == (1, 1)
        assert zoom.account(BORIS)["plan"] == 1
        assert zoom.control("clock", method="GET")["ahead_seconds"] == 60
        assert zoom.control("config", method="GET")["webhook_url"].endswith("/nobody")
        zoom.close()


def test_the_state_file_is_private_and_holds_no_token(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with SandboxProcess(CONFIG, state=state) as process:
        zoom = ZoomClient(process.address)
        tokens = zoom.connect()
        zoom.close()
    assert state.stat().st_mode & 0o077 == 0
    assert tokens["refresh_token"] not in state.read_text()
    assert tokens["access_token"] not in state.read_text()


def test_undelivered_events_go_on_after_a_restart(tmp_path: Path) -> None:
    config = msgspec.structs.replace(CONFIG, webhook_url="http://127.0.0.1:9/nobody")
    with SandboxProcess(config, state=tmp_path / "state.json") as process:
        zoom = ZoomClient(process.address)
        zoom.create(zoom.connect()["access_token"])
        process.kill()
        process.start()
        zoom.control("clock", {"advance_seconds": 301})
        limit = time.monotonic() + 5
        while len(zoom.control("webhooks", method="GET")["deliveries"][0]["answers"]) < 1:
            assert time.monotonic() < limit
            time.sleep(0.02)
        zoom.close()


def test_it_dies_with_its_starter() -> None:
    """Even when the starter is killed without warning."""
    program = (
        "import time\n"
        "from demo.sandbox.run import SandboxProcess\n"
        "sandbox = SandboxProcess()\n"
        "sandbox.start()\n"
        "print(sandbox._child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout
        child = int(starter.stdout.readline())
        os.kill(starter.pid, signal.SIGKILL)
    limit = time.monotonic() + 5
    while _alive(child):
        assert time.monotonic() < limit, "it outlived its starter"
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_stopping_is_quiet_and_quick() -> None:
    process = SandboxProcess()
    process.start()
    child = process._child
    assert child
    began = time.monotonic()
    process.stop()
    assert time.monotonic() - began < 3
    assert child.returncode in (0, -signal.SIGTERM)
    process.stop()


def test_a_wrong_setting_ends_it_at_once() -> None:
    process = SandboxProcess(msgspec.structs.replace(SandboxConfig(), daily_limit="many"))
    with pytest.raises(RuntimeError, match="ended at its start"):
        process.start()


def test_it_loads_nothing_of_the_product() -> None:
    program = (
        "import sys, demo.sandbox.__main__\n"
        "product = ('domain', 'application', 'adapters', 'entrypoints')\n"
        "print([name for name in sys.modules if name.split('.')[0] in product\n"
        "       or name.startswith('demo.') and not name.startswith('demo.sandbox')])"
    )
    shown = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_people_of_the_demonstration_are_all_different() -> None:
    people = demo_people()
    for field in ("user_id", "account_id", "email", "pmi"):
        assert len({getattr(person, field) for person in people}) == len(people)
    assert {person.plan for person in people} == {1, 2}
    assert any(person.use_pmi for person in people)
