"""A link changes only for good reason, and never in silence."""

from playwright.sync_api import expect

from adapters.in_memory.provider.fault import Fault
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA
from tests.walk import wait_until

TITLE = "Link that changes"
SLOT = Slot.of(4, "17:00")


def test_a_slip_of_zoom_keeps_the_link_and_a_change_by_itself_is_marked(ana: Person, practice: Practice) -> None:
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    session = practice.book(ANA, TITLE, SLOT)
    first = session["meeting"]["join_link"]
    practice.zoom.strike("change", Fault.GONE)
    practice.edit(session, ends_at=SLOT.later(longer=10).ends_at.isoformat())
    wait_until(lambda: practice.session(TITLE)["meeting"]["status"] == "ready", "the second look", seconds=30)
    assert practice.the_meeting(TITLE, ANA, SLOT.later(longer=10))["join_url"] == first

    practice.zoom.delete_meeting(practice.the_meeting(TITLE, ANA)["id"])
    practice.edit(session, ends_at=SLOT.ends_at.isoformat())
    assert practice.session(TITLE)["meeting"]["join_link"] == first
    wait_until(lambda: practice.session(TITLE)["meeting"]["join_link"] not in (None, first), "a new one", seconds=30)
    ana.arrive("/sessions?find=Link+that")
    row = ana.page.get_by_role("listitem").filter(has_text=TITLE)
    expect(row).to_contain_text("The Zoom link changed on")
    ana.open_session(session["id"])
    mark = ana.page.get_by_test_id("link-changed")
    expect(mark).to_contain_text("no longer existed at Zoom")
    mark.get_by_role("button", name="Copy new link").click()
    expect(mark).to_have_count(0)
    second = practice.the_meeting(TITLE, ANA, SLOT)["join_url"]
    assert ana.page.evaluate("navigator.clipboard.readText()") == second != first
    assert practice.session(TITLE)["meeting"].get("link_changed_at") is None
