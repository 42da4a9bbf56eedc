"""The worker's rounds, each in a process of its own."""

from datetime import timedelta

from application.meeting.reconcile_due import ReconcileDue
from tests.chaos.model.life import Stop
from tests.chaos.model.practice import Practice
from tests.chaos.model.violation import Violation

MOST_AT_ONCE = 400


def work(practice: Practice, stop: Stop | None = None) -> None:
    practice.do("worker", _rounds(practice), stop)


async def _rounds(practice: Practice) -> None:
    container = practice.site.container
    await _reconcile(practice)
    await container.verify_removals()()
    await container.finish_disconnecting()()
    await container.keep_connections_alive()()
    await container.clean_up()()


async def _reconcile(practice: Practice) -> None:
    container = practice.site.container
    reconcile_due = ReconcileDue(container.begin(), container.reconcile_meeting(), container.clock(), at_once=1)
    for _ in range(MOST_AT_ONCE):
        if not await reconcile_due():
            return
        await reconcile_due.finish()
    raise Violation("stuck", "the worker never comes to an end")


def tick(practice: Practice, by: timedelta) -> None:
    practice.move(by)
    work(practice)
