"""A database and a sandbox on which processes are killed and started again, and their final state."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from domain.accounts.account import Account
from tests.audit import every_session
from tests.browser import Browser
from tests.chaos.crash.mortals import Mortal, Mortals, mortals
from tests.real_processes import ADMIN, Service, service
from tests.running_practice import RunningPractice
from tests.staff import zoom_people

# A process that is gone is replaced after four seconds, and no call takes longer than two.
LEASE = 4
QUICK: dict[str, Any] = {
    "reconcile_lease": str(LEASE),
    "reconcile_patience": "3",
    "zoom_total_seconds": "2",
    "zoom_read_seconds": "1.8",
}
MOST_STAFF = 400
AT_ONCE = 3


@dataclass
class Found:
    """What Calendra and the sandbox store under one title."""

    sessions: list[dict[str, Any]] = field(default_factory=list)
    meetings: list[dict[str, Any]] = field(default_factory=list)


class Site(RunningPractice):
    def __init__(self, running: Service, dying: Mortals) -> None:
        super().__init__(running)
        self.dying = dying

    @cached_property
    def hosts(self) -> list[Account]:
        """Connected consultants, shared by sessions that need no consultant of their own."""
        return self.staff.hire(4)

    @cached_property
    def admin(self) -> Browser:  # no server runs here all the time
        with self.healthy() as mortal:
            browser = Browser(mortal.address)
            browser.log_in(ADMIN, "look-around-here")
            return browser

    @cached_property
    def clients(self) -> list[str]:
        with self.healthy() as mortal:
            return [str(one["id"]) for one in self.at(mortal.address).api("GET", "/api/clients").json()]

    @contextmanager
    def healthy(self) -> Iterator[Mortal]:
        """A process that is not killed, for the preparation."""
        mortal = self.dying.start()
        try:
            yield mortal
        finally:
            mortal.stop()

    def find(self, browser: Browser) -> dict[str, Found]:
        """By title."""
        found: dict[str, Found] = {}
        for session in every_session(browser):
            found.setdefault(session["title"], Found()).sessions.append(session)
        for meeting in self.zoom.all_meetings():
            found.setdefault(meeting["topic"], Found()).meetings.append(meeting)
        return found


def together(deeds: list[Any]) -> list[Any]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [future.result() for future in [pool.submit(deed) for deed in deeds]]


@contextmanager
def crash_site(database: str, folder: Path) -> Iterator[Site]:
    zoom = {"people": zoom_people(MOST_STAFF), "daily_limit": 1_000_000}
    with service(database, folder, zoom=zoom, **QUICK) as running, mortals(running.environment, folder) as dying:
        site = Site(running, dying)
        yield site
        site.admin.http.close()
