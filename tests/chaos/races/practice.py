"""A practice that two web processes serve at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.real_processes import service
from tests.running_practice import RunningPractice
from tests.staff import zoom_people

# Long enough for fifty at once on a busy machine, short enough for tests that wait for the end of a lease.
SETTINGS: dict[str, Any] = {
    "reconcile_lease": "12",
    "reconcile_patience": "8",
    "zoom_total_seconds": "3",
    "zoom_read_seconds": "2.5",
}
MOST_STAFF = 100


class Practice(RunningPractice):
    @property
    def addresses(self) -> list[str]:
        return [server.address for server in self.running.servers]


@contextmanager
def practice_of_two(database: str, folder: Path, *, state: Path | None = None) -> Iterator[Practice]:
    zoom = {"people": zoom_people(MOST_STAFF), "daily_limit": 1_000_000}
    with service(database, folder, zoom=zoom, zoom_state=state, **SETTINGS) as running:
        for _ in range(2):
            running.serve()
        yield Practice(running)
