"""`python -m tests.forks`: forks Calendra's processes, so that a new one costs no imports.

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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from tests.real_processes import ROOT

_PRODUCT = (
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.lifespan.on",
    "entrypoints.server",
    "entrypoints.cli",
)
_ENDS_WITHIN = 30.0
_RUNS_WITHIN = 60.0


class Birth(msgspec.Struct):
    """`words` stand after `calendra`. What is typed comes from a file, and the exit code goes into one."""

    words: list[str]
    environment: dict[str, str]
    log: str
    errors: str = ""
    typed: str = os.devnull
    code: str = os.devnull


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
        return self._born(Birth([command], {**os.environ, **environment}, str(log)))

    def run(self, words: Sequence[str], environment: dict[str, str], typed: str) -> "subprocess.CompletedProcess[str]":
        """To its end, with this environment and nothing else."""
        with TemporaryDirectory(prefix="calendra-run-") as folder:
            log, errors, given, code = (Path(folder, name) for name in ("log", "errors", "typed", "code"))
            given.write_text(typed)
            errors.touch()
            birth = Birth(list(words), environment, str(log), str(errors), str(given), str(code))
            self._born(birth).wait(_RUNS_WITHIN)
            return subprocess.CompletedProcess(words, int(code.read_text()), log.read_text(), errors.read_text())

    def _born(self, birth: Birth) -> Fork:
        with self._talking:
            assert self._child.stdin
            assert self._child.stdout
            self._child.stdin.write(msgspec.json.encode(birth) + b"\n")
            self._child.stdin.flush()
            return Fork(int(self._child.stdout.readline()))


@contextmanager
def nursery() -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.forks"]
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

    code: object = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(birth.typed, os.O_RDONLY), 0)
        for number, file in ((1, birth.log), (2, birth.errors or birth.log)):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the old one has read orders ahead
        os.environ.clear()
        os.environ.update(birth.environment)
        calendra(birth.words, prog_name="calendra")
    except SystemExit as end:
        code = end.code or 0
    except Exception:  # noqa: BLE001 - whatever it is, the log tells it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        Path(birth.code).write_text(str(code))
        os._exit(0)


if __name__ == "__main__":
    main()
