"""Counts refusals that an attacker can repeat without limit, so that they do not fill the security log."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from application.security_events import in_request
from domain.ports.unit_of_work import Begin
from domain.security.event import SecurityEvent

_log = logging.getLogger("calendra.security")
_NEVER = datetime.min.replace(tzinfo=UTC)
_MOST_KINDS = 10_000  # in memory at once; a refusal of a further kind is recorded by nothing but its response


@dataclass(slots=True)
class _Counted:
    latest: SecurityEvent
    count: int


class CountRepeatedEvents:
    """Rules:

    - The first refusal from a network is recorded after a second, so that the time of the response does not tell
      whether the event belongs to a practice. Equal ones are counted for a minute, and then recorded as one event with
      their number.
    - At the end of the process, what was counted is recorded.
    """

    def __init__(
        self, begin: Begin, soon: timedelta = timedelta(seconds=1), interval: timedelta = timedelta(minutes=1)
    ) -> None:
        self._begin = begin
        self._soon = soon.total_seconds()
        self._interval = interval.total_seconds()
        self._counted: dict[SecurityEvent, _Counted] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending = asyncio.Event()

    def __call__(self, event: SecurityEvent) -> None:
        event = in_request(event)
        kind = replace(event, at=_NEVER, request_id=None)
        if seen := self._counted.get(kind):
            seen.latest, seen.count = event, seen.count + 1
        elif len(self._counted) < _MOST_KINDS:
            self._counted[kind] = _Counted(event, 1)
            task = asyncio.create_task(self._record_twice(kind))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Call before the storage is closed."""
        self._ending.set()
        await asyncio.gather(*self._tasks)

    async def _record_twice(self, kind: SecurityEvent) -> None:
        seen = self._counted[kind]
        for pause in (self._soon, self._interval):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), pause)
            while seen.count:  # those that come while it is stored, too
                event, seen.count = seen.latest.counted(seen.count), 0
                await self._record(event)
        del self._counted[kind]

    async def _record(self, event: SecurityEvent) -> None:
        try:
            async with self._begin() as work:
                await work.security_log.add(event)
                await work.commit()
        except Exception:  # noqa: BLE001 - no caller waits that could handle it
            _log.exception("a %s event could not be stored", event.kind)
