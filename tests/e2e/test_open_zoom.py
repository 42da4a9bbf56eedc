"""A9: Open Zoom, once a session has a link."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA

SLOT = Slot.of(3, "09:40")


def test_from_the_session_in_the_calendar(ana: Person, practice: Practice) -> None:
    practice.book(ANA, "Open me", SLOT)
    ana.arrive().calendar.show_own_week().opens("Open me", SLOT)
    with ana.page.expect_popup() as opening:
        ana.form.open_zoom.click()
    expect(opening.value.get_by_role("heading", name="Open me")).to_be_visible()
    expect(opening.value.get_by_text(f"({ANA})")).to_be_visible()
    assert opening.value.evaluate("window.opener") is None


def test_not_without_a_link(ana: Person, practice: Practice) -> None:
    practice.book(ANA, "Nothing to open", SLOT, online=False)
    ana.arrive().calendar.show_own_week().opens("Nothing to open", SLOT)
    ana.form.is_open()
    expect(ana.form.open_zoom).to_be_hidden()
