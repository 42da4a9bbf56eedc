"""A week of a big practice: ten consultants, fifty sessions each."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.browser import Browser
from tests.joining import join
from tests.running import ADMIN
from tests.walk import PASSWORD

CONSULTANTS = 10
SESSIONS = 500
_ZONE = "Europe/Ljubljana"
_A_DAY = SESSIONS // CONSULTANTS // 5


def fill_this_week(address: str) -> None:
    """In person, so that no meeting provider has a part in what is measured."""
    today = datetime.now(ZoneInfo(_ZONE)).replace(hour=8, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    with Browser(address) as admin:
        admin.sign_in(ADMIN, PASSWORD)
        client = admin.api("GET", "/api/clients").json()[0]["id"]
        consultants = [_consultant(admin, number) for number in range(CONSULTANTS)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: _book_all(address, one, client, monday), consultants))


def _consultant(admin: Browser, number: int) -> str:
    email = f"consultant{number:02}@example.com"
    with Browser(admin.address) as newcomer:
        return str(join(admin, newcomer, f"Consultant {number:02}", email, "a long first password")["id"])


def _book_all(address: str, consultant: str, client: str, monday: datetime) -> None:
    with Browser(address) as admin:
        admin.sign_in(ADMIN, PASSWORD)
        for number in range(SESSIONS // CONSULTANTS):
            starts = monday + timedelta(days=number // _A_DAY, hours=number % _A_DAY)
            form: dict[str, Any] = {
                "consultant_id": consultant,
                "client_ids": [client],
                "starts_at": starts.isoformat(),
                "ends_at": (starts + timedelta(minutes=50)).isoformat(),
                "zone": _ZONE,
                "title": f"Session {number + 1}",
            }
            admin.api("POST", "/api/bookings", json=form).raise_for_status()
