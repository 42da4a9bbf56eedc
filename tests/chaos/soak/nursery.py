"""`python -m tests.chaos.soak.nursery`: forks Calendra's processes, so that a new one costs no imports.

Orders are lines of JSON on standard input, each answered with a pid; when the input ends, so do all processes.
"""

import contextlib
import gc
import importlib
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.running import ROOT

_PRODUCT = (
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.lifespan.on",
    "entrypoints.server",
)
_ENDS_WITHIN = 30.0


class Birth(msgspec.Struct):
    """`command` is what stands after `calendra`."""

    command: str
    environment: dict[str, str]
    log: str


class Fork:
    """Like a subprocess, but the child of the nursery, which lets the dead go at once."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def wait(self, timeout: float = _ENDS_WITHIN) -> int:
        ends = time.monotonic() + timeout
        while self.poll() is None:
            assert time.monotonic() < ends, f"process {self.pid} does not end"
            time.sleep(0.01)
        return 0

    def _send(self, what: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, what)


class Nursery:
    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child
        self._talking = threading.Lock()

    def bear(self, command: str, environment: dict[str, str], log: Path) -> Fork:
        with self._talking:
            assert self._child.stdin
            assert self._child.stdout
            self._child.stdin.write(msgspec.json.encode(Birth(command, environment, str(log))) + b"\n")
            self._child.stdin.flush()
            return Fork(int(self._child.stdout.readline()))


@contextmanager
def nursery() -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.chaos.soak.nursery"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        yield Nursery(child)


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for module in _PRODUCT:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
    children = []
    for line in sys.stdin:
        birth = msgspec.json.decode(line, type=Birth)
        pid = os.fork()
        if pid == 0:
            _live(birth)
        children.append(pid)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
    for pid in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _live(birth: Birth) -> None:
    from entrypoints.cli import main as calendra

    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        log = os.open(birth.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.update(birth.environment)
        calendra([birth.command], standalone_mode=False)
    except Exception:  # noqa: BLE001 - whatever it is, the log tells it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
