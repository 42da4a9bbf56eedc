"""Session forms that do not collide with each other, however the tests run."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.browser import Browser

_hours = itertools.count()
_START = (datetime.now(UTC) + timedelta(days=400)).replace(minute=0, second=0, microsecond=0)


def free_start() -> datetime:
    """An hour that no other test of this process uses."""
    return _START + timedelta(hours=next(_hours))


def consultant(browser: Browser, email: str) -> dict[str, Any]:
    everybody = browser.api("GET", "/api/consultants").raise_for_status().json()
    return dict(next(one for one in everybody if one["email"] == email))


def form(browser: Browser, email: str, *, clients: int = 1, **changes: Any) -> dict[str, Any]:
    """A right form for this consultant; `changes` overrides fields."""
    starts_at = free_start()
    known = browser.api("GET", "/api/clients").raise_for_status().json()
    right = {
        "consultant_id": consultant(browser, email)["id"],
        "client_ids": [one["id"] for one in known[:clients]],
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(minutes=50)).isoformat(),
        "zone": "Europe/Ljubljana",
        "title": "First talk",
        "notes": "",
        "online": False,
        "provider": None,
    }
    return right | changes


def online(browser: Browser, email: str, **changes: Any) -> dict[str, Any]:
    return form(browser, email, online=True, provider="zoom", **changes)


def booked(browser: Browser, wanted: dict[str, Any]) -> dict[str, Any]:
    answer = browser.api("POST", "/api/bookings", json=wanted)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())
