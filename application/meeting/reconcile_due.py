"""Reconciles the bookings that are due, many at once, in the worker."""

import asyncio
import logging
from dataclasses import dataclass, field

from application.meeting.line import Line
from application.meeting.reconcile_meeting import ReconcileMeeting
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin

_log = logging.getLogger("calendra.reconcile")

_GATHERING = 0.05  # seconds


@dataclass(frozen=True)
class ReconcileDue:
    """Rules: practices take turns, and within one the soonest booking comes first; leases only what it can start at
    once; a failure of one booking does not affect the others."""

    begin: Begin
    reconcile: ReconcileMeeting
    clock: Clock
    at_once: int = 64
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def __call__(self) -> int:
        """Starts the reconciliation of due bookings. Returns how many were due."""
        most = await self._room()
        lease = self.reconcile.new_lease()
        async with self.begin() as work:
            due = await work.bookings.lease_due(lease, now=self.clock.now(), most=most)
            await work.commit()
        line: Line | None = None
        for organization_id, booking_id in due:
            line = Line(line)
            task = asyncio.create_task(self.reconcile(organization_id, booking_id, lease, line))
            self._running.add(task)
            task.add_done_callback(self._ended)
        return len(due)

    async def _room(self) -> int:
        """Waits for free places when all are taken: one lease for several bookings costs little more than for one."""
        if len(self._running) >= self.at_once:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(_GATHERING)
        return self.at_once - len(self._running)

    async def finish(self) -> None:
        if self._running:
            await asyncio.wait(set(self._running))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("reconciliation failed; the worker tries again when the lease ends", exc_info=error)
