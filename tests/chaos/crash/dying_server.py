"""`python -m tests.chaos.crash.dying_server`: starts Calendra's processes on demand, each with its own place to end.

It imports everything once and forks each process, which takes a tenth of the time of a start. Orders and
answers are lines of JSON on standard input and output; when the input ends, all processes end.
"""

import asyncio
import gc
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Literal

import msgspec
import uvicorn

from entrypoints.lifecycle import opened
from entrypoints.logs import configure_logs
from entrypoints.server import app_of
from entrypoints.settings import settings_from
from tests.chaos.crash.mortal import mortal_container
from tests.chaos.crash.passage import Death, Passage


class Start(msgspec.Struct, tag="start"):
    """A `web` process serves until its end; a `worker` does one round of what is due."""

    trace: str
    kind: Literal["web", "worker"] = "web"
    death: Death | None = None


class Stop(msgspec.Struct, tag="stop"):
    pid: int


class Ask(msgspec.Struct, tag="ask"):
    """The exit status of a process, as subprocess reports it (-9 is SIGKILL); None while it runs."""

    pid: int


class Started(msgspec.Struct):
    pid: int
    port: int


class Ended(msgspec.Struct):
    code: int | None


Order = Start | Stop | Ask


class Life:
    """One process of Calendra, which a fork will run."""

    def __init__(self) -> None:
        settings = settings_from()
        configure_logs(settings.log_level)
        self._passage = Passage()
        self._container = mortal_container(settings, self._passage)
        app = app_of(self._container)
        config = uvicorn.Config(app, loop="uvloop", http="httptools", access_log=False, log_config=None)
        config.load()
        self._server = uvicorn.Server(config)

    def live(self, order: Start, listener: socket.socket) -> None:
        self._passage.begin(Path(order.trace), order.death)
        if order.kind == "worker":
            asyncio.run(self._one_round())
        else:
            self._server.run(sockets=[listener])

    async def _one_round(self) -> None:
        async with opened(self._container) as container:
            await container.reconcile_due()()
            await container.reconcile_due().finish()


def main() -> None:
    life, children = Life(), set[int]()
    gc.collect()
    gc.freeze()  # what forks share is not searched, and so not copied
    read = msgspec.json.Decoder[Order](Order)
    for line in sys.stdin:
        answer = _obey(read.decode(line), life, children)
        sys.stdout.write(msgspec.json.encode(answer).decode() + "\n")
        sys.stdout.flush()
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _obey(order: Order, life: Life, children: set[int]) -> Started | Ended:
    if isinstance(order, Start):
        return _start(order, life, children)
    if isinstance(order, Stop):
        os.kill(order.pid, signal.SIGTERM)
    return _ended(order.pid, children)


def _ended(pid: int, children: set[int]) -> Ended:
    found, status = os.waitpid(pid, os.WNOHANG)
    if not found:
        return Ended(None)
    children.discard(pid)
    return Ended(os.waitstatus_to_exitcode(status))


def _start(order: Start, life: Life, children: set[int]) -> Started:
    """The socket listens before the process runs, so an early request only waits."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen(100)
        pid = os.fork()
        if pid == 0:
            _live(life, order, listener)
        children.add(pid)
        return Started(pid, int(listener.getsockname()[1]))


def _live(life: Life, order: Start, listener: socket.socket) -> None:
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        life.live(order, listener)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
