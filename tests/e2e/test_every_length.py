"""Every session can be read and hit: at every length, in every view, at every width.

Demanded at 1440, 1024 and 390 pixels alike, for sessions of 5, 15, 30, 40, 50 and 120 minutes: the whole time and the
whole of a short title. A long title breaks into lines, of which the first has to be seen as a whole; only in a day of
the month, which has one line for time and title at 1440 and 1024 pixels, may it end after some letters.
"""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Somebody
from tests.e2e.legibility import must_be_read
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA, BORIS

LENGTHS = {5: "08:00", 15: "08:30", 30: "09:00", 40: "09:45", 50: "10:45", 120: "12:00"}
LONG = "Supervision of the young group, with gym and jury, about everything that came up"
VIEWS = {"day": "Day", "work-week": "Work week", "week": "Week", "month": "Month", "list": "List"}


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_every_length_in_every_view(somebody: Somebody, practice: Practice, width: int) -> None:
    for minutes, start in LENGTHS.items():
        practice.book(ANA, f"Jog {minutes}", Slot.of(0, start, minutes), online=minutes == 50)
    practice.book(BORIS, LONG, Slot.of(0, "15:00", 50), clients=("Eva Bizjak", "Jan Golob"), online=False)
    admin = somebody(ADMIN, viewport={"width": width, "height": 900}).arrive()
    for view in VIEWS:
        place = _all_of_that_day(admin, view, width)
        for minutes in LENGTHS:
            must_be_read(_drawn(place, rf"Jog {minutes}(?!\d)"), width)
        must_be_read(_drawn(place, "young group"), width, title_may_end=view == "month")


def _drawn(place: Locator, title: str) -> Locator:
    return place.locator("[data-session]").filter(has_text=re.compile(title))


def _all_of_that_day(admin: Person, view: str, width: int) -> Locator:
    """The Monday of the tests' own week. In the month a day shows some, and all of them in a list."""
    day = Slot.of(0, "08:00").day
    admin.go(f"/?view={view}&on={day}")
    expect(admin.page.get_by_role("radio", name=VIEWS[view], exact=True)).to_be_checked()
    main = admin.page.get_by_role("main")
    expect(main.locator("[data-session]").first).to_be_visible()
    if view != "month":
        return main
    cell = main.locator(f'[data-date="{day}"]')
    must_be_read(cell.locator("[data-session]").first, width)
    cell.get_by_role("button", name=re.compile("more")).click()
    return admin.page.get_by_role("dialog")
