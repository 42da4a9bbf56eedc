"""A demo to walk through: the one that runs here, or one of our own."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx
import msgspec

from tests.ports import free_port
from tests.real_processes import ROOT


@contextmanager
def running_demo(state: Path = Path(".calendra")) -> Iterator[tuple[str, str]]:
    """The addresses of Calendra and of the sandbox: of the demo that runs, or of one of our own."""
    found = addresses_in(state)
    if found:
        print(f"     Walking through the demo at {found[0]}.", flush=True)
        yield found
        return
    print("     No demo is running here, so one is started for this walk.", flush=True)
    with tempfile.TemporaryDirectory(prefix="calendra-walk-") as folder, own_demo(Path(folder)) as own:
        yield own


def addresses_in(state: Path) -> tuple[str, str] | None:
    try:
        known = msgspec.json.decode((state / "running.json").read_bytes())
        own = f"http://localhost:{known['port']}"
        httpx.get(f"{own}/health/live", timeout=2).raise_for_status()
    except (OSError, httpx.HTTPError, msgspec.DecodeError):
        return None
    return own, f"http://127.0.0.1:{known['sandbox_port']}"


@contextmanager
def own_demo(state: Path, *options: str, port: int = 0, seconds: float = 60) -> Iterator[tuple[str, str]]:
    ports = ["--port", str(port or free_port()), "--sandbox-port", str(free_port())]
    command = [sys.executable, "-m", "entrypoints.cli", "demo", "--state", str(state), *ports, *options]
    with demo_started_by(command, state, seconds) as addresses:
        yield addresses


@contextmanager
def demo_started_by(command: list[str], state: Path, seconds: float = 60) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as demo:
        try:
            yield _when_it_answers(demo, state, log, seconds)
        finally:
            demo.terminate()
            demo.wait(30)


def _when_it_answers(demo: subprocess.Popen[bytes], state: Path, log: IO[bytes], seconds: float) -> tuple[str, str]:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and demo.poll() is None:
        if found := addresses_in(state):
            return found
        time.sleep(0.2)
    log.seek(0)
    raise AssertionError(f"the demo did not start:\n{log.read().decode(errors='replace')}")
