"""Whose sessions the calendar shows: an admin chooses, each consultant has a colour."""

import re

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.running import ANA, BORIS

SLOT = Slot.of(1, "17:00")


def test_an_admin_hides_a_consultant_and_the_browser_remembers(admin: Person, practice: Practice) -> None:
    practice.book(ANA, "Hers", SLOT, online=False)
    practice.book(BORIS, "His", SLOT, online=False)
    admin.arrive()
    admin.calendar.show_own_week()
    hers, his = admin.calendar.event("Hers"), admin.calendar.event("His")
    expect(hers).to_be_visible()
    assert _colour(hers) != _colour(his)
    admin.page.get_by_role("button", name="All consultants").click()
    admin.page.get_by_role("checkbox", name="Boris Kranjc").uncheck()
    expect(his).to_have_count(0)
    expect(hers).to_be_visible()
    admin.page.reload()
    expect(admin.page.get_by_role("button", name=re.compile("2 of 3 consultants"))).to_be_visible()


def test_a_consultant_has_nothing_to_choose(ana: Person) -> None:
    ana.arrive()
    expect(ana.page.get_by_role("button", name="All consultants")).to_have_count(0)


def _colour(event) -> str:
    return str(event.evaluate("one => getComputedStyle(one).borderLeftColor"))
