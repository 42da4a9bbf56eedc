"""The people of a practice that answers over HTTP: what tests do in their names."""

from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any

from domain.accounts.account import Account
from tests.browser import Browser
from tests.real_processes import ADMIN

Host = Account | str  # an account, or the e-mail address of one

_hours = count()  # of all practices: some run on copies of one database


class ServedPractice(ABC):
    """No two of its sessions collide: each form has an hour that no other form had."""

    first_day = 30  # from today on

    @abstractmethod
    def of(self, email: str) -> Browser:
        """This person's browser, logged in once."""

    @property
    def admin(self) -> Browser:
        return self.of(ADMIN)

    def consultants(self) -> list[dict[str, Any]]:
        return list(self.admin.api("GET", "/api/consultants").raise_for_status().json())

    def consultant(self, host: Host) -> dict[str, Any]:
        key, value = ("email", host) if isinstance(host, str) else ("id", str(host.id))
        return next(one for one in self.consultants() if one[key] == value)

    @cached_property
    def ids(self) -> dict[str, str]:
        """The ids of the consultants at the first use, by e-mail address."""
        return {one["email"]: str(one["id"]) for one in self.consultants()}

    def id_of(self, host: Host) -> str:
        return str(self.ids.get(host) or self.consultant(host)["id"]) if isinstance(host, str) else str(host.id)

    @cached_property
    def clients(self) -> list[str]:
        return [str(one["id"]) for one in self.admin.api("GET", "/api/clients").raise_for_status().json()]

    def status(self, host: Host) -> str:
        return str(self.connection(host)["status"])

    def connection(self, host: Host) -> dict[str, Any]:
        return dict(self.consultant(host)["connections"][0])

    def connect(self, email: str, account: str | None = None) -> Browser:
        """The person presses Connect and consents, with this account at the provider or with their own."""
        browser = self.of(email)
        redirect = browser.api("POST", "/api/connections/zoom", json={}).raise_for_status().json()
        answer = browser.consent(redirect["authorize_address"], account or email)
        assert answer.status_code == 200, answer.text
        return browser

    def slot(self, minutes: int = 50) -> dict[str, str]:
        midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        begins = midnight + timedelta(days=self.first_day, hours=2 * next(_hours))
        return {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(minutes=minutes)).isoformat()}

    def form(
        self, host: Host, title: str = "Talk", *, online: bool = True, minutes: int = 50, **changes: Any
    ) -> dict[str, Any]:
        return {
            "consultant_id": self.id_of(host),
            "client_ids": self.clients[:1],
            **self.slot(minutes),
            "zone": "Europe/Ljubljana",
            "title": title,
            "notes": "",
            "online": online,
            "provider": "zoom" if online else None,
        } | changes

    def edit(self, session: dict[str, Any], **changes: Any) -> dict[str, Any]:
        answer = self.admin.api("PATCH", f"/api/bookings/{session['id']}", json=changes)
        return dict(answer.raise_for_status().json())
