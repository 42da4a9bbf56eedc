"""Starts processes that end at a chosen step, and observes them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from tests.chaos.crash.dying_server import Ask, Ended, Order, Start, Started, Stop
from tests.chaos.crash.passage import Death
from tests.real_processes import ROOT

KILLED = -signal.SIGKILL
_ENDS_WITHIN = 60.0


@dataclass(frozen=True)
class Mortal:
    pid: int
    address: str
    trace: Path

    @property
    def steps(self) -> list[str]:
        """The steps that it has passed so far."""
        return self.trace.read_text().split("\n")[:-1] if self.trace.exists() else []


class Mortals:
    def __init__(self, child: "subprocess.Popen[bytes]", folder: Path) -> None:
        self._child = child
        self._folder = folder
        self._numbers = count()
        self._talking = threading.Lock()

    def start(self, *, death: Death | None = None, worker: bool = False) -> Mortal:
        trace = self._folder / f"steps-{next(self._numbers)}"
        born = self._ask(Start(str(trace), "worker" if worker else "web", death), Started)
        return Mortal(born.pid, f"http://localhost:{born.port}", trace)

    def stop(self, mortal: Mortal) -> None:
        self._ask(Stop(mortal.pid), Ended)
        self.wait_for_end(mortal)

    def wait_for_end(self, mortal: Mortal) -> int:
        """The exit status, as subprocess reports it."""
        ends = time.monotonic() + _ENDS_WITHIN
        while time.monotonic() < ends:
            code: int | None = self._ask(Ask(mortal.pid), Ended).code
            if code is not None:
                return code
            time.sleep(0.02)
        raise AssertionError(f"a process came by {mortal.steps} and did not end")

    def _ask(self, order: Order, kind: Any) -> Any:
        with self._talking:
            assert self._child.stdin
            assert self._child.stdout
            self._child.stdin.write(msgspec.json.encode(order) + b"\n")
            self._child.stdin.flush()
            return msgspec.json.decode(self._child.stdout.readline(), type=kind)


@contextmanager
def mortals(environment: dict[str, str], folder: Path) -> Iterator[Mortals]:
    """Web processes without a worker beside them, and workers that take one session each."""
    mine = {"CALENDRA_WORKER_IN_WEB": "false", "CALENDRA_WORKER_AT_ONCE": "1"}
    with (folder / "mortals.log").open("ab") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.crash.dying_server"],
            cwd=ROOT,
            env={**os.environ, **environment, **mine},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        with child:
            yield Mortals(child, folder)
