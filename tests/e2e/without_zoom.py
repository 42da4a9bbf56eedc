"""A practice whose server was started again with settings in which Zoom is missing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import BORIS, Service, service

READY, MOVED, IN_PERSON = "Before it left", "Moved since", "In person since"
SLOT = Slot.of(3, "15:00")


@dataclass(frozen=True)
class WithoutZoom:
    """Boris is connected, and his sessions have their links from the time before."""

    practice: Practice
    sessions: dict[str, dict[str, Any]]  # by title

    @property
    def address(self) -> str:
        return self.practice.address


@contextmanager
def zoom_taken_out(database: str, folder: Path) -> Iterator[WithoutZoom]:
    with ExitStack() as parts, ThreadPoolExecutor(1) as pool:  # a browser's driver may have a loop in this thread
        running = pool.submit(parts.enter_context, service(database, folder)).result()
        practice = _started(running, parts)
        practice.connect(BORIS)
        slots = {READY: SLOT, MOVED: SLOT.later(days=1), IN_PERSON: SLOT.later(days=2)}
        sessions = {title: practice.book(BORIS, title, slot) for title, slot in slots.items()}
        assert all(one["meeting"]["join_link"] for one in sessions.values()), sessions
        running.servers.pop().stop()
        running.environment["CALENDRA_ZOOM_CLIENT_ID"] = ""
        yield WithoutZoom(_started(running, parts), sessions)


def _started(running: Service, parts: ExitStack) -> Practice:
    running.serve()
    practice = Practice(running.address, running.sandbox.address)
    parts.callback(practice.close)
    return practice
