"""A practice on real processes: the actions of its people over the API, and the resulting sessions and meetings."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime, timedelta
from typing import Any

from tests.audit import Audit, audit, reconciled
from tests.browser import Browser
from tests.real_processes import ADMIN, Service
from tests.served_practice import Host, ServedPractice
from tests.staff import Staff
from tests.walk import wait_until

_RECOVERS_WITHIN = 120.0


class RunningPractice(ServedPractice):
    def __init__(self, running: Service) -> None:
        self.running = running
        self.zoom = running.zoom
        self.staff = Staff(running)
        self._browsers: dict[str, Browser] = {}

    @property
    def database(self) -> str:
        return self.running.environment["CALENDRA_DATABASE_URL"]

    # --- people ------------------------------------------------------------------------------------------------

    def of(self, email: str) -> Browser:
        """This person's browser, logged in once; the cookies outlive the processes."""
        if email not in self._browsers:
            self._browsers[email] = self.running.browser(email)
        return self._browsers[email]

    @property
    def admin(self) -> Browser:
        return super().admin

    @admin.setter
    def admin(self, browser: Browser) -> None:
        """The next requests go to this process."""
        self._browsers[ADMIN] = browser

    def at(self, address: str, browser: Browser | None = None) -> Browser:
        """The same cookies and connections at another process."""
        other = copy(browser or self.admin)
        other.address = address
        return other

    # --- sessions ----------------------------------------------------------------------------------------------

    def book(self, host: Host, title: str = "Talk", **changes: Any) -> dict[str, Any]:
        answer = self.admin.api("POST", "/api/bookings", json=self.form(host, title, **changes))
        assert answer.status_code == 201, (title, answer.text)
        return dict(answer.json())

    def book_ready(self, host: Host, title: str = "Talk", **changes: Any) -> dict[str, Any]:
        booked = self.book(host, title, **changes)
        assert booked["meeting"]["status"] == "ready", booked["meeting"]
        return booked

    def close(self, session: dict[str, Any], how: str) -> None:
        """`how`: cancel or delete."""
        path = f"/api/bookings/{session['id']}"
        method, path = ("DELETE", path) if how == "delete" else ("POST", f"{path}/cancel")
        self.admin.api(method, path).raise_for_status()

    def session(self, booking_id: str) -> dict[str, Any]:
        return dict(self.admin.api("GET", f"/api/bookings/{booking_id}").raise_for_status().json())

    def history(self, booking_id: str) -> list[dict[str, Any]]:
        return list(self.admin.api("GET", f"/api/bookings/{booking_id}/history").raise_for_status().json())

    # --- what is held ------------------------------------------------------------------------------------------

    def held(self, title: str) -> list[dict[str, Any]]:
        """The meetings of this title, in any account."""
        return [one for one in self.zoom.all_meetings() if one["topic"] == title]

    def wait_until_reconciled(self, seconds: float = _RECOVERS_WITHIN) -> None:
        wait_until(lambda: reconciled(self.database), "nothing is due any more", seconds)

    def audit(self, browser: Browser | None = None) -> Audit:
        return audit(browser or self.admin, self.zoom, self.database)


@contextmanager
def served(practice: RunningPractice) -> Iterator[Browser]:
    """One web process with its worker, started as usual, and killed at the end."""
    server = practice.running.serve()
    try:
        yield practice.at(server.address)
    finally:
        server.kill()
        practice.running.servers.remove(server)


def later(session: dict[str, Any], **more: float) -> dict[str, str]:
    """The times of a form or of a session, moved."""
    return {
        name: (datetime.fromisoformat(session[name]) + timedelta(**more)).isoformat()
        for name in ("starts_at", "ends_at")
    }
