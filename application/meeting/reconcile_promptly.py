"""Reconciles at once after a booking is saved, so that the response normally contains the link."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from datetime import timedelta

from application.meeting.reconcile_meeting import ReconcileMeeting
from domain.booking.booking import Booking
from domain.connection.connection import Connection
from domain.lease import Lease
from domain.meeting.steps import Step

_log = logging.getLogger("calendra.reconcile")

_TURN_PATIENCE = timedelta(seconds=3)  # longer than the worker's, so that a person's call goes before queued ones


class ReconcilePromptly:
    """Waits `patience` at most; the reconciliation itself goes on. When the process dies or the provider is down, the
    worker continues it: the lease was committed together with the booking."""

    def __init__(self, reconcile: ReconcileMeeting, patience: timedelta) -> None:
        self._reconcile = reconcile
        self._patience = patience.total_seconds()
        self._running: set[asyncio.Task[None]] = set()

    def new_lease(self) -> Lease:
        return self._reconcile.new_lease()

    async def __call__(
        self, booking: Booking, step: Step | None, lease: Lease, known: Connection | None = None
    ) -> None:
        """`known` is the connection of the step's host, when it was just read."""
        if step:
            await self._wait_for(self._reconcile.carry_on(booking, step, lease, known, patience=_TURN_PATIENCE))

    async def all_of(self, begun: Sequence[tuple[Booking, Step | None, Lease]]) -> None:
        """Reconciles several bookings at once, each with the step that was leased when it was saved."""
        await asyncio.gather(*(self(*one) for one in begun))

    async def finish(self) -> None:
        """Waits for calls under way before the process ends."""
        if self._running:
            await asyncio.wait(self._running, timeout=self._patience)

    async def _wait_for(self, reconciling: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(reconciling)
        self._running.add(task)
        task.add_done_callback(self._ended)
        await asyncio.wait({task}, timeout=self._patience)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("reconciliation was interrupted; the worker continues it", exc_info=error)
