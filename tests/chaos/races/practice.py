"""A practice that two web processes serve at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from domain.accounts.account import Account
from tests.audit import Audit, audit, reconciled
from tests.browser import Browser
from tests.real_processes import ADMIN, ServerProcess, Service, service
from tests.sandbox_control import SandboxControl
from tests.staff import Staff, zoom_people
from tests.walk import wait_until

# Long enough for fifty at once on a busy machine, short enough for tests that wait for the end of a lease.
SETTINGS: dict[str, Any] = {
    "reconcile_lease": "12",
    "reconcile_patience": "8",
    "zoom_total_seconds": "3",
    "zoom_read_seconds": "2.5",
}
MOST_STAFF = 100
_RECOVERS_WITHIN = 60.0


class Practice:
    def __init__(self, running: Service) -> None:
        self.running = running
        self.staff = Staff(running)
        self.zoom = SandboxControl(running.sandbox.address)
        self._slots = count()
        self.servers: list[ServerProcess] = [running.serve(), running.serve()]
        self.admin: Browser = running.browser(ADMIN)
        self.client_id = str(self.admin.api("GET", "/api/clients").json()[0]["id"])

    @property
    def addresses(self) -> list[str]:
        return [server.address for server in self.servers]

    @property
    def database(self) -> str:
        return self.running.environment["CALENDRA_DATABASE_URL"]

    def form(self, host: Account, title: str, *, online: bool = True, minutes: int = 50) -> dict[str, Any]:
        """An online session at an hour that no other test has."""
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        begins = today + timedelta(days=30, hours=2 * next(self._slots))
        return {
            "consultant_id": str(host.id),
            "client_ids": [self.client_id],
            "starts_at": begins.isoformat(),
            "ends_at": (begins + timedelta(minutes=minutes)).isoformat(),
            "zone": "Europe/Ljubljana",
            "title": title,
            "online": online,
            "provider": "zoom" if online else None,
        }

    def book(self, host: Account, title: str) -> dict[str, Any]:
        booked: dict[str, Any] = self.admin.api("POST", "/api/bookings", json=self.form(host, title)).json()
        assert booked["meeting"]["status"] == "ready", booked
        return booked

    def session(self, booking_id: str) -> dict[str, Any]:
        return dict(self.admin.api("GET", f"/api/bookings/{booking_id}").raise_for_status().json())

    def held(self, title: str) -> list[dict[str, Any]]:
        """The meetings of this title, in anybody's account."""
        return [one for one in self.zoom.all_meetings() if one["topic"] == title]

    def wait_until_reconciled(self) -> None:
        wait_until(lambda: reconciled(self.database), "nothing is due any more", _RECOVERS_WITHIN)

    def audit(self) -> Audit:
        return audit(self.admin, self.zoom, self.database)

    def close(self) -> None:
        self.admin.http.close()
        self.zoom.http.close()


@contextmanager
def practice_of_two(database: str, folder: Path, *, state: Path | None = None, **settings: str) -> Iterator[Practice]:
    zoom = {"people": zoom_people(MOST_STAFF), "daily_limit": 1_000_000}
    with service(database, folder, zoom=zoom, zoom_state=state, **{**SETTINGS, **settings}) as running:
        practice = Practice(running)
        yield practice
        practice.close()


def later(form: dict[str, Any], **more: float) -> dict[str, str]:
    """The times of a form, moved."""
    return {
        name: (datetime.fromisoformat(form[name]) + timedelta(**more)).isoformat() for name in ("starts_at", "ends_at")
    }
