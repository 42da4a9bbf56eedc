"""A big practice: sixty consultants and two hundred sessions in this week."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.joining import join
from tests.real_processes import ADMIN

CONSULTANTS = 60
SESSIONS = 200
_ZONE = ZoneInfo("Europe/Ljubljana")
_LENGTHS = (15, 30, 50, 50, 80)


def gather(address: str) -> None:
    """Beside the demo's own people. In person, so that no meeting provider has a part in it."""
    with Browser(address) as admin:
        admin.log_in(ADMIN, PASSWORD)
        present = [str(one["id"]) for one in admin.api("GET", "/api/consultants").json()]
        client = str(admin.api("GET", "/api/clients").json()[0]["id"])
        consultants = present + [_newcomer(admin, number) for number in range(len(present), CONSULTANTS)]
    forms = [_form(number, consultants, client) for number in range(SESSIONS)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda part: _book(address, part), (forms[::2], forms[1::2])))


def _newcomer(admin: Browser, number: int) -> str:
    with Browser(admin.address) as newcomer:
        name, email = f"Žan Šuštar {number:02}", f"consultant{number:02}@example.com"
        return str(join(admin, newcomer, name, email, PASSWORD)["id"])


def _form(number: int, consultants: list[str], client: str) -> dict[str, Any]:
    today = datetime.now(_ZONE).date()
    day = today - timedelta(days=today.weekday()) + timedelta(days=number * 5 // SESSIONS)
    starts_at = datetime.combine(day, time(8 + number % 10, number % 4 * 15), _ZONE)
    return {
        "consultant_id": consultants[number % len(consultants)],
        "client_ids": [client],
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(minutes=_LENGTHS[number % len(_LENGTHS)])).isoformat(),
        "zone": _ZONE.key,
        "title": f"Nr {number}",
    }


def _book(address: str, forms: list[dict[str, Any]]) -> None:
    with Browser(address) as admin:
        admin.log_in(ADMIN, PASSWORD)
        for form in forms:
            admin.api("POST", "/api/bookings", json=form).raise_for_status()
