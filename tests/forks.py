"""`python -m tests.forks PROGRAM`: forks a prepared program, so that a new process costs no imports.

Orders and answers are lines of JSON on standard input and output; when the input ends, so do all processes.
"""

import contextlib
import gc
import importlib
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import msgspec

from tests.real_processes import ROOT

_PRODUCT = (
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.lifespan.on",
    "entrypoints.server",
    "entrypoints.cli",
)
_ENDS_WITHIN = 60.0


class Program(Protocol):
    """Made once, in the process that forks; `live` runs in the fork, which ends with its status."""

    def live(self, words: list[str], listener: socket.socket) -> object: ...


class Calendra:
    """`calendra` with these words. It binds its own port."""

    def __init__(self) -> None:
        for module in _PRODUCT:
            importlib.import_module(module)

    def live(self, words: list[str], listener: socket.socket) -> object:
        from entrypoints.cli import main as calendra

        listener.close()
        return calendra(words, prog_name="calendra")


class Birth(msgspec.Struct, tag="birth"):
    """Standard input comes from the file `typed`."""

    words: list[str]
    environment: dict[str, str]
    log: str
    errors: str = ""
    typed: str = os.devnull


class Ask(msgspec.Struct, tag="ask"):
    """The exit status of a process, as subprocess reports it (-9 is SIGKILL); None while it runs."""

    pid: int


class Born(msgspec.Struct):
    pid: int
    port: int


class Ended(msgspec.Struct):
    code: int | None


class Fork:
    """Like a subprocess, but the child of the nursery. `port`: where it was made to listen, if its program does."""

    def __init__(self, nursery: "Nursery", born: Born) -> None:
        self._nursery = nursery
        self._code: int | None = None
        self.pid, self.port = born.pid, born.port

    def poll(self) -> int | None:
        if self._code is None:
            self._code = self._nursery.ask(Ask(self.pid), Ended).code
        return self._code

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def wait(self, timeout: float = _ENDS_WITHIN) -> int:
        ends = time.monotonic() + timeout
        while (code := self.poll()) is None:
            assert time.monotonic() < ends, f"process {self.pid} does not end"
            time.sleep(0.01)
        return code

    def _send(self, what: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, what)


class Nursery:
    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child
        self._talking = threading.Lock()

    def bear(self, words: Sequence[str], environment: dict[str, str], log: Path) -> Fork:
        return self._born(Birth(list(words), {**os.environ, **environment}, str(log)))

    def run(self, words: Sequence[str], environment: dict[str, str], typed: str) -> "subprocess.CompletedProcess[str]":
        """To its end, with this environment and nothing else."""
        with TemporaryDirectory(prefix="calendra-run-") as folder:
            log, errors, given = (Path(folder, name) for name in ("log", "errors", "typed"))
            given.write_text(typed)
            code = self._born(Birth(list(words), environment, str(log), str(errors), str(given))).wait()
            return subprocess.CompletedProcess(words, code, log.read_text(), errors.read_text())

    def _born(self, birth: Birth) -> Fork:
        return Fork(self, self.ask(birth, Born))

    def ask(self, order: Birth | Ask, kind: Any) -> Any:
        with self._talking:
            assert self._child.stdin
            assert self._child.stdout
            self._child.stdin.write(msgspec.json.encode(order) + b"\n")
            self._child.stdin.flush()
            return msgspec.json.decode(self._child.stdout.readline(), type=kind)


@contextmanager
def nursery(program: str = "tests.forks:Calendra", environment: dict[str, str] | None = None) -> Iterator[Nursery]:
    """`environment`: what the program is prepared with."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.forks", program],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        yield Nursery(child)


def main(program: Program) -> None:
    children = set[int]()
    gc.collect()
    gc.freeze()  # what forks share is not searched, and so not copied
    read = msgspec.json.Decoder[Birth | Ask](Birth | Ask)
    for line in sys.stdin:
        order = read.decode(line)
        answer = _born(order, program, children) if isinstance(order, Birth) else _ended(order.pid, children)
        sys.stdout.write(msgspec.json.encode(answer).decode() + "\n")
        sys.stdout.flush()
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _ended(pid: int, children: set[int]) -> Ended:
    found, status = os.waitpid(pid, os.WNOHANG)
    if not found:
        return Ended(None)
    children.discard(pid)
    return Ended(os.waitstatus_to_exitcode(status))


def _born(birth: Birth, program: Program, children: set[int]) -> Born:
    """The socket listens before the process runs, so an early request only waits."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen(100)
        pid = os.fork()
        if pid == 0:
            _live(birth, program, listener)
        children.add(pid)
        return Born(pid, int(listener.getsockname()[1]))


def _live(birth: Birth, program: Program, listener: socket.socket) -> None:
    code: object = 1
    try:
        os.dup2(os.open(birth.typed, os.O_RDONLY), 0)
        for number, file in ((1, birth.log), (2, birth.errors or birth.log)):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the old one has read orders ahead
        os.environ.clear()
        os.environ.update(birth.environment)
        code = program.live(birth.words, listener)
    except SystemExit as end:
        code = end.code
    except Exception:  # noqa: BLE001 - whatever it is, the log tells it
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main(pkgutil.resolve_name(sys.argv[1])())
