"""A9, A12 in the list of booked sessions: find, open, join, cancel."""

import re

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA, BORIS

TITLE = "Listed session"
SLOT = Slot.of(2, "16:00")


def test_a_session_is_found_opened_and_cancelled_from_the_list(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, TITLE, SLOT)
    ana.arrive("/sessions")
    ana.page.get_by_role("searchbox").or_(ana.page.get_by_role("textbox", name=re.compile("Search|Find"))).first.fill(
        "Listed"
    )
    row = ana.page.get_by_role("listitem").filter(has_text=TITLE)
    expect(row).to_have_count(1)
    expect(row.get_by_role("link", name="Open Zoom")).to_have_attribute("href", session["meeting"]["join_link"])
    expect(ana.page).to_have_url(re.compile("find=Listed"))
    ana.page.reload()
    expect(row).to_have_count(1)
    ana.page.get_by_role("button", name=re.compile(TITLE)).or_(ana.page.get_by_role("link", name=TITLE)).first.click()
    ana.form.shows(title=TITLE, slot=SLOT)
    ana.go("/sessions?find=Listed")
    row.get_by_role("button", name=re.compile("More|Actions|actions")).click()
    ana.page.get_by_role("menuitem", name="Cancel session").click()
    asking = ana.page.get_by_role("dialog", name="Cancel session")
    expect(asking.get_by_test_id("consequences")).to_contain_text("The link stops working.")
    asking.get_by_role("button", name="Cancel session").click()
    ana.is_told("Session cancelled.")
    practice.soon_nothing_at_zoom(TITLE)


def test_the_list_is_narrowed_by_kind_by_consultant_and_by_time(admin: Person, practice: Practice) -> None:
    practice.book(ANA, TITLE, SLOT, online=False)
    practice.book(ANA, "Listed, long ago", SLOT.later(days=-60), online=False)
    cancelled = practice.book(BORIS, "Listed and cancelled", SLOT, online=False)
    practice.of(ADMIN).api("POST", f"/api/bookings/{cancelled['id']}/cancel").raise_for_status()
    admin.arrive("/sessions?find=Listed")
    rows = admin.page.get_by_role("listitem").filter(has_text="Listed")
    expect(rows).to_have_count(2)
    for only, shown in (("Cancelled", "Listed and cancelled"), ("Scheduled", TITLE)):
        admin.page.get_by_role("combobox", name="Which sessions").click()
        admin.page.get_by_role("option", name=only).click()
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text(shown)
    admin.page.get_by_role("combobox", name="Consultant").click()
    admin.page.get_by_role("option", name="Boris Kranjc").click()
    expect(rows).to_have_count(0)
    admin.go("/sessions?find=Listed")
    admin.page.get_by_text("Past", exact=True).click()
    expect(admin.page.get_by_role("listitem").filter(has_text="Listed, long ago")).to_have_count(1)


def test_a_long_list_comes_in_pages(ana: Person, practice: Practice) -> None:
    for number in range(26):
        practice.book(ANA, f"Paged {number}", SLOT.later(days=7 + number), online=False)
    ana.arrive("/sessions?find=Paged")
    rows = ana.page.get_by_role("listitem").filter(has_text="Paged")
    expect(rows).to_have_count(25)
    ana.page.get_by_role("button", name="Load more").click()
    expect(rows).to_have_count(26)
