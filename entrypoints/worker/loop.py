"""The loops of the worker."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from entrypoints.container import Container

_log = logging.getLogger("calendra.worker")

_NOTHING_DUE = 1.0
_AT_MOST_EVERY = 0.1  # every save notifies the worker, but few saves make a booking due
_AFTER_A_FAULT = 5.0


async def run_worker(container: Container, stop: asyncio.Event) -> None:
    """Runs until `stop` is set, then finishes the work in progress."""
    rounds = [
        _every(timedelta(seconds=2), container.verify_removals(), stop),
        _every(timedelta(seconds=5), container.finish_disconnecting(), stop),
        _every(timedelta(hours=1), container.keep_connections_alive(), stop),
        _every(timedelta(hours=1), container.clean_up(), stop),
        _every(timedelta(minutes=5), container.add_search_keys(), stop),
        _every(timedelta(minutes=5), partial(container.sweep_orphans(), stop.is_set), stop),
    ]
    try:
        await asyncio.gather(_reconcile_due(container, stop), *rounds)
    finally:
        await container.reconcile_due().finish()


async def _reconcile_due(container: Container, stop: asyncio.Event) -> None:
    reconcile_due, storage = container.reconcile_due(), container.storage()
    while not stop.is_set():
        try:
            if await reconcile_due() == 0:
                await _pause(_AT_MOST_EVERY, stop)
                await _whichever_first(storage.wait_for_work(_NOTHING_DUE), stop)
        except Exception:  # noqa: BLE001 - the worker must survive a database restart
            _log.exception("reconciliation paused")
            await _pause(_AFTER_A_FAULT, stop)


async def _every(interval: timedelta, do: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await do()
        except Exception:  # noqa: BLE001 - the next round tries again
            _log.exception("a round of %s failed", type(getattr(do, "func", do)).__name__)
        await _pause(interval.total_seconds(), stop)


async def _pause(seconds: float, stop: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def _whichever_first(waiting: Awaitable[None], stop: asyncio.Event) -> None:
    tasks = {asyncio.ensure_future(waiting), asyncio.create_task(stop.wait())}
    _, late = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in late:
        task.cancel()
