"""A cancelled session is brought back: from the calendar, which shows it on demand, and from Booked sessions."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA, BORIS

SLOT = Slot.of(3, "11:00")
TITLE = "Called off"


def _cancelled(practice: Practice, email: str, *, online: bool) -> None:
    session = practice.book(email, TITLE, SLOT, online=online)
    practice.of(ADMIN).api("POST", f"/api/bookings/{session['id']}/cancel").raise_for_status()
    if online:
        practice.soon_nothing_at_zoom(TITLE)


def test_from_the_calendar_with_a_new_link(admin: Person, practice: Practice) -> None:
    _cancelled(practice, ANA, online=True)
    admin.arrive(f"/?view=week&on={SLOT.day}")
    expect(admin.calendar.column(SLOT)).to_be_visible()
    expect(admin.calendar.event(TITLE)).to_have_count(0)
    admin.page.get_by_role("button", name="All consultants").click()
    admin.page.get_by_role("checkbox", name="Show cancelled sessions").check()
    admin.page.keyboard.press("Escape")
    event = admin.calendar.shows(TITLE, SLOT)
    assert _line(event.get_by_text(TITLE, exact=True)) == "line-through"
    event.click()
    admin.calendar.card.get_by_role("button", name="Edit").click()
    admin.form.dialog.get_by_role("button", name="Restore session").click()
    admin.is_told("Session restored")
    assert _line(event.get_by_text(TITLE, exact=True)) == "none"
    practice.the_meeting(TITLE, ANA, SLOT)


def _line(title: Locator) -> str:
    return str(title.evaluate("one => getComputedStyle(one).textDecorationLine"))


def _restore_from_the_list(person: Person) -> None:
    person.arrive("/sessions?find=Called")
    row = person.page.get_by_role("listitem").filter(has_text=TITLE)
    row.get_by_role("button", name=re.compile("More")).click()
    person.page.get_by_role("menuitem", name="Restore session").click()


def test_from_the_list_unless_somebody_took_its_time(admin: Person, practice: Practice) -> None:
    _cancelled(practice, ANA, online=False)
    other = practice.book(ANA, "In its place", SLOT.later(minutes=30), online=False)
    _restore_from_the_list(admin)
    admin.is_told(re.compile(rf"Ana Novak has another session.*{SLOT.later(minutes=30).start_text}.*stays cancelled"))
    assert practice.session(TITLE)["status"] == "cancelled"
    practice.of(ADMIN).api("DELETE", f"/api/bookings/{other['id']}").raise_for_status()
    _restore_from_the_list(admin)
    admin.is_told("Session restored")
    assert practice.session(TITLE)["status"] == "planned"


def test_one_whose_consultant_is_not_connected_says_the_way_on(
    admin: Person, boris: Person, practice: Practice
) -> None:
    practice.connect(BORIS)
    _cancelled(practice, BORIS, online=True)
    practice.disconnect(BORIS)
    practice.zoom.remove_app(BORIS)
    for person in (boris, admin):
        _restore_from_the_list(person)
        person.is_told("not connected")
    assert practice.session(TITLE)["status"] == "cancelled"
    admin.page.get_by_role("link", name="View connections").click()
    expect(admin.page).to_have_url(re.compile("/connections"))
    boris.page.get_by_role("button", name="Connect Zoom").click()
    boris.consent.is_shown()
