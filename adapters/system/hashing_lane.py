"""A lane for slow work: few at once, a bounded queue, a bounded share for each holder, and turns that alternate."""

import asyncio
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from domain.accounts.errors import TooBusy
from domain.accounts.hashing_share import HashingShare

T = TypeVar("T")

AT_ONCE = 2
MOST = 80  # running or waiting: takes some seconds
_RETRY_AFTER = 5
_NICE = 5


@dataclass(frozen=True, slots=True)
class _Waiting:
    """`number` orders the queue by start-time fair queueing: a turn's next request comes after one request of each
    other turn, however many its own are."""

    number: int
    turn: str
    admitted: asyncio.Future[None]


def _give_way() -> None:
    """Hashing gives way to the requests that the process answers meanwhile. Linux has a priority for each thread, which
    the threads of argon2 inherit; elsewhere they have that of the process."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


class _Shares:
    """How many requests each holder has."""

    def __init__(self) -> None:
        self._held: Counter[str] = Counter()

    def take(self, share: HashingShare) -> None:
        """Raises TooBusy."""
        if any(self._held[one.key] >= one.most for one in share.holders):
            raise TooBusy(retry_after=_RETRY_AFTER)
        self._held.update(one.key for one in share.holders)

    def give_back(self, share: HashingShare) -> None:
        self._held -= Counter(one.key for one in share.holders)


class HashingLane:
    """Has its own threads. Work keeps its place even if the request is gone, so the number at once never grows."""

    def __init__(self, name: str) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, f"passwords of {name}", _give_way)
        self._reserved, self._held = _Shares(), _Shares()
        self._waiting: list[_Waiting] = []
        self._running: Counter[str] = Counter()
        self._inside = 0
        self._served = 0
        self._latest: dict[str, int] = {}
        self._tasks: set[asyncio.Task[object]] = set()

    @contextmanager
    def reserve(self, share: HashingShare) -> Iterator[None]:
        """Raises TooBusy."""
        self._reserved.take(share)
        try:
            yield
        finally:
            self._reserved.give_back(share)

    async def do(self, work: Callable[[], T], share: HashingShare) -> T:
        """Raises TooBusy when the lane is full, or the share of one of its holders is used up."""
        if self._inside >= MOST:
            raise TooBusy(retry_after=_RETRY_AFTER)
        self._held.take(share)
        self._inside += 1
        await self._turn(share)
        task = asyncio.create_task(self._done(work, share))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def _turn(self, share: HashingShare) -> None:
        number = max(self._served, self._latest.get(share.turn, 0)) + 1
        self._latest[share.turn] = number
        waiting = _Waiting(number, share.turn, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._admit()
        try:
            await waiting.admitted
        except asyncio.CancelledError:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
            else:
                self._running -= Counter([share.turn])
            self._leave(share)
            raise

    async def _done(self, work: Callable[[], T], share: HashingShare) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._running -= Counter([share.turn])
            self._leave(share)

    def _leave(self, share: HashingShare) -> None:
        self._inside -= 1
        self._held.give_back(share)
        self._admit()

    def _admit(self) -> None:
        for one in sorted(self._waiting, key=lambda one: one.number):
            if self._running.total() >= AT_ONCE:
                return
            if not self._running[one.turn] and not one.admitted.done():
                self._waiting.remove(one)
                self._running[one.turn] += 1
                self._served = max(self._served, one.number)
                self._latest = {turn: latest for turn, latest in self._latest.items() if latest > self._served}
                one.admitted.set_result(None)
