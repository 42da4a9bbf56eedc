"""A database and a sandbox on which processes are killed and started again, and their final state."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from domain.accounts.account import Account
from tests.audit import Audit, audit, every_session, reconciled
from tests.browser import Browser
from tests.chaos.crash.mortals import Mortal, Mortals, mortals
from tests.real_processes import ADMIN, ServerProcess, Service, service
from tests.sandbox_control import SandboxControl
from tests.staff import Staff, zoom_people
from tests.walk import wait_until

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
_RECOVERS_WITHIN = 120.0


@dataclass
class Found:
    """What Calendra and the sandbox store under one title."""

    sessions: list[dict[str, Any]] = field(default_factory=list)
    meetings: list[dict[str, Any]] = field(default_factory=list)


class Site:
    def __init__(self, running: Service, dying: Mortals) -> None:
        self.running = running
        self.dying = dying
        self.staff = Staff(running)
        self.zoom = SandboxControl(running.sandbox.address)
        self._slots = count()

    def close(self) -> None:
        self.admin.http.close()
        self.zoom.http.close()

    @property
    def database(self) -> str:
        return self.running.environment["CALENDRA_DATABASE_URL"]

    @cached_property
    def hosts(self) -> list[Account]:
        """Connected consultants, shared by sessions that need no consultant of their own."""
        return self.staff.hire(4)

    @cached_property
    def admin(self) -> Browser:
        """Signed in once; the cookies are valid at every process on this database."""
        with self.healthy() as mortal:
            browser = Browser(mortal.address)
            browser.log_in(ADMIN, "calendra-demo")
            return browser

    @cached_property
    def client_id(self) -> str:
        with self.healthy() as mortal:
            return str(self.at(mortal.address).api("GET", "/api/clients").json()[0]["id"])

    def at(self, address: str) -> Browser:
        """The admin's browser at another process, with the same cookies and connections."""
        browser = copy(self.admin)
        browser.address = address
        return browser

    def next_slot(self) -> dict[str, str]:
        """An hour that no other session of this site has."""
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        begins = today + timedelta(days=30, hours=2 * next(self._slots))
        return {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(minutes=50)).isoformat()}

    @contextmanager
    def healthy(self) -> Iterator[Mortal]:
        """A process that is not killed, for the preparation."""
        mortal = self.dying.start()
        try:
            yield mortal
        finally:
            self.dying.stop(mortal)

    @contextmanager
    def restarted(self) -> Iterator[Browser]:
        """Calendra with its worker, started as usual."""
        server: ServerProcess = self.running.serve()
        try:
            yield self.at(server.address)
        finally:
            server.kill()
            self.running.servers.remove(server)

    def wait_until_reconciled(self) -> None:
        wait_until(lambda: reconciled(self.database), "nothing is due any more", _RECOVERS_WITHIN)

    def find(self, browser: Browser) -> dict[str, Found]:
        """By title."""
        found: dict[str, Found] = {}
        for session in every_session(browser):
            found.setdefault(session["title"], Found()).sessions.append(session)
        for meeting in self.zoom.all_meetings():
            found.setdefault(meeting["topic"], Found()).meetings.append(meeting)
        return found

    def audit(self, browser: Browser) -> Audit:
        return audit(browser, self.zoom, self.database)


def together(deeds: list[Any]) -> list[Any]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [future.result() for future in [pool.submit(deed) for deed in deeds]]


@contextmanager
def crash_site(database: str, folder: Path) -> Iterator[Site]:
    zoom = {"people": zoom_people(MOST_STAFF), "daily_limit": 1_000_000}
    with service(database, folder, zoom=zoom, **QUICK) as running, mortals(running.environment, folder) as dying:
        site = Site(running, dying)
        yield site
        site.close()
