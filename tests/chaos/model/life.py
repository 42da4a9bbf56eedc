"""A process that handles one request. It can be stopped at any call or commit, and continued or killed there."""

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from domain.errors import CalendraError
from domain.meeting.host import Host
from tests.chaos.model.violation import Violation

MOST_GATES = 5000  # a worker with many due sessions passes some hundreds

User = tuple[str, str]  # provider, and who it is there


class Stop(NamedTuple):
    """After how many calls and commits it stops, and whether it is killed there."""

    after: int
    dies: bool


@dataclass
class Call:
    """What a provider got. `effect` tells whether it did what was asked."""

    provider: str
    operation: str
    user_id: str
    subject: str = ""  # marker or number of a meeting
    host: Host | None = None  # in whose name
    life: "Life | None" = field(default=None, repr=False)
    effect: bool = False
    error: BaseException | None = None


@dataclass(eq=False)
class Life:
    what: str
    stop: Stop | None
    calls: list[Call] = field(default_factory=list)
    issued: dict[User, datetime] = field(default_factory=dict)  # their newest tokens only this process may have
    passed: int = 0
    dead: bool = False
    frozen: bool = False
    ever_stopped: bool = False
    main: "asyncio.Task[Any] | None" = None
    children: "dict[asyncio.Task[Any], list[asyncio.Task[Any]]]" = field(default_factory=dict)
    waiting: "set[asyncio.Task[Any]]" = field(default_factory=set)
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    resumed: asyncio.Event = field(default_factory=asyncio.Event)

    async def gate(self, *, holding: bool = False) -> None:
        """A process that is `holding` a transaction cannot be stopped for a while, only killed."""
        self.passed += 1
        if self.passed > MOST_GATES:
            raise Violation("stuck", f"a {self.what} never comes to an end")
        if not self.dead and not self.frozen and self.stop:
            self._count(self.stop, holding)
        if self.frozen and not holding:
            await self._stand_still()
        if self.dead:
            raise asyncio.CancelledError

    def _count(self, stop: Stop, holding: bool) -> None:
        if stop.after > 0:
            self.stop = stop._replace(after=stop.after - 1)
        elif stop.dies:
            self.dead = self.ever_stopped = True
        elif not holding:
            self.frozen = self.ever_stopped = True

    async def _stand_still(self) -> None:
        task = asyncio.current_task()
        assert task
        self.waiting.add(task)
        self.stopped.set()
        await self.resumed.wait()
        self.waiting.discard(task)

    def go_on(self, stop: Stop | None) -> None:
        self.stop, self.frozen = stop, False
        self.stopped.clear()
        self.resumed.set()
        self.resumed = asyncio.Event()

    def die(self) -> None:
        self.dead = True
        self.go_on(None)

    @property
    def over(self) -> bool:
        return all(task.done() for task in self.children)

    @property
    def quiet(self) -> bool:
        """All its tasks have stopped."""
        return all(self._still(task) for task in self.children)

    def _still(self, task: "asyncio.Task[Any]") -> bool:
        return task.done() or task in self.waiting or any(not child.done() for child in self.children[task])


_LIFE: ContextVar[Life | None] = ContextVar("life", default=None)


def current() -> Life | None:
    return _LIFE.get()


def know_their_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """A task that a process starts belongs to it."""

    def made(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **more: Any) -> "asyncio.Task[Any]":
        task = asyncio.Task(work, loop=loop, **more)
        if life := _LIFE.get():
            life.children[task] = []
            if (parent := asyncio.current_task()) in life.children:
                life.children[parent].append(task)
        return task

    loop.set_task_factory(made)  # type: ignore[arg-type]


async def lived(life: Life, work: Coroutine[Any, Any, Any]) -> None:
    """Runs until it ends or is stopped."""
    context = copy_context()
    context.run(_LIFE.set, life)
    life.main = context.run(asyncio.ensure_future, work)
    await at_rest(life)


async def at_rest(life: Life) -> None:
    assert life.main
    stopped = asyncio.ensure_future(life.stopped.wait())
    await asyncio.wait({life.main, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    while not (life.quiet if life.frozen else life.over):  # noqa: ASYNC110 - many tasks, and no event for it
        await asyncio.sleep(0)


def refusal(life: Life) -> CalendraError | None:
    """The answer that a person got. Any other failure is a fault of the program."""
    for task in life.children:
        error = None if not task.done() or task.cancelled() else task.exception()
        if error and not (task is life.main and isinstance(error, CalendraError)):
            raise error
    main = life.main
    error = main.exception() if main and main.done() and not main.cancelled() else None
    return error if isinstance(error, CalendraError) else None
