"""The refreshes under way in this process. Each goes on when its caller waits no longer: its answer may be the only
copy of the tokens."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from typing import Any

from application.refresh_tokens import Refreshed
from domain.errors import StorageUnavailable
from domain.meeting.host import Host

_log = logging.getLogger("calendra.connections")


class RunningRefreshes:
    def __init__(self) -> None:
        self._hosts: dict[asyncio.Task[Refreshed], Host] = {}

    def __iter__(self) -> Iterator[asyncio.Task[Refreshed]]:
        return iter(list(self._hosts))

    def start(self, host: Host, refresh: Coroutine[Any, Any, Refreshed]) -> asyncio.Task[Refreshed]:
        task = asyncio.create_task(refresh)
        self._hosts[task] = host
        task.add_done_callback(self._ended)
        return task

    async def pause(self, host: Host, seconds: float) -> None:
        """Returns after `seconds`, or earlier when this process refreshes the host's tokens and has ended that."""
        theirs = [task for task, of in self._hosts.items() if of == host]
        if theirs:
            await asyncio.wait(theirs, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(seconds)

    async def finish(self, patience: timedelta) -> None:
        """Waits before the process ends, for `patience` at most."""
        if self._hosts:
            _, unheard = await asyncio.wait(list(self._hosts), timeout=patience.total_seconds())
            if unheard:
                _log.warning("the process ends before %d refreshes were answered", len(unheard))

    def _ended(self, task: asyncio.Task[Refreshed]) -> None:
        del self._hosts[task]
        error = None if task.cancelled() else task.exception()
        if isinstance(error, StorageUnavailable):  # the refresh itself did not fail; another one follows the lease
            _log.warning("a refresh was interrupted: the database cannot be reached")
        elif error:
            _log.error("a refresh was interrupted", exc_info=error)
