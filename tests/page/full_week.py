"""A week of a big practice: so many sessions, spread over so many consultants."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.browser import Browser
from tests.joining import join
from tests.real_processes import ADMIN
from tests.walk import PASSWORD

_ZONE = "Europe/Ljubljana"
_HOURS = 10  # in a day, from eight on


def fill_this_week(address: str, *, consultants: int, sessions: int) -> None:
    """In person, so that no meeting provider has a part in what is measured."""
    today = datetime.now(ZoneInfo(_ZONE)).replace(hour=8, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    with Browser(address) as admin:
        admin.log_in(ADMIN, PASSWORD)
        client = admin.api("GET", "/api/clients").json()[0]["id"]
        people = [_consultant(admin, number) for number in range(consultants)]
    shares = [len(range(number, sessions, consultants)) for number in range(consultants)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one, share: _book_all(address, one, client, monday, share), people, shares))


def _consultant(admin: Browser, number: int) -> str:
    email = f"consultant{number:02}@example.com"
    with Browser(admin.address) as newcomer:
        return str(join(admin, newcomer, f"Consultant {number:02}", email, "a long first password")["id"])


def _book_all(address: str, consultant: str, client: str, monday: datetime, share: int) -> None:
    with Browser(address) as admin:
        admin.log_in(ADMIN, PASSWORD)
        for number in range(share):
            starts = monday + timedelta(days=number % 5, hours=number // 5 % _HOURS)
            form: dict[str, Any] = {
                "consultant_id": consultant,
                "client_ids": [client],
                "starts_at": starts.isoformat(),
                "ends_at": (starts + timedelta(minutes=50)).isoformat(),
                "zone": _ZONE,
                "title": f"Session {number + 1}",
            }
            admin.api("POST", "/api/bookings", json=form).raise_for_status()
