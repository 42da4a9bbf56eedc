"""Starts processes that end at a chosen step, and observes them."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import uvicorn

from entrypoints.lifecycle import opened
from entrypoints.logs import configure_logs
from entrypoints.server import app_of
from entrypoints.settings import settings_from
from tests.chaos.crash.mortal import mortal_container
from tests.chaos.crash.passage import Death, Passage
from tests.forks import Fork, Nursery, Program, nursery

KILLED = -signal.SIGKILL
# Web processes without a worker beside them, and workers that take one session each.
_ALONE = {"CALENDRA_WORKER_IN_WEB": "false", "CALENDRA_WORKER_AT_ONCE": "1"}


class Life(Program):
    """One process of Calendra: `web` serves until its end, `worker` does one round of what is due."""

    def __init__(self) -> None:
        settings = settings_from()
        configure_logs(settings.log_level)
        self._passage = Passage()
        self._container = mortal_container(settings, self._passage)
        app = app_of(self._container)
        config = uvicorn.Config(app, loop="uvloop", http="httptools", access_log=False, log_config=None)
        config.load()
        self._server = uvicorn.Server(config)

    def live(self, words: list[str], listener: socket.socket) -> None:
        kind, trace, *death = words
        self._passage.begin(Path(trace), Death.of(*death) if death else None)
        if kind == "worker":
            asyncio.run(self._one_round())
        else:
            self._server.run(sockets=[listener])

    async def _one_round(self) -> None:
        async with opened(self._container) as container:
            await container.reconcile_due()()
            await container.reconcile_due().finish()


@dataclass(frozen=True)
class Mortal:
    process: Fork
    trace: Path

    @property
    def address(self) -> str:
        return f"http://localhost:{self.process.port}"

    @property
    def steps(self) -> list[str]:
        """The steps that it has passed so far."""
        return self.trace.read_text().split("\n")[:-1] if self.trace.exists() else []

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


class Mortals:
    def __init__(self, forks: Nursery, environment: dict[str, str], folder: Path) -> None:
        self._forks = forks
        self._environment = environment
        self._folder = folder
        self._numbers = count()

    def start(self, *, death: Death | None = None, worker: bool = False) -> Mortal:
        trace = self._folder / f"steps-{next(self._numbers)}"
        words = ["worker" if worker else "web", str(trace), *(death.words if death else ())]
        return Mortal(self._forks.bear(words, self._environment, self._folder / "mortals.log"), trace)


@contextmanager
def mortals(environment: dict[str, str], folder: Path) -> Iterator[Mortals]:
    alone = environment | _ALONE
    with nursery("tests.chaos.crash.mortals:Life", alone) as forks:
        yield Mortals(forks, alone, folder)
