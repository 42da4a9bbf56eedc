"""A6, A7, A9: saving makes the meeting and stores its link, when online is on and the consultant is connected."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA

SLOT = Slot.of(1, "13:10")


def test_an_impatient_double_click_makes_one_session_and_one_meeting_which_zoom_opens(
    ana: Person, practice: Practice
) -> None:
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.arrive()
    ana.new_session().fill(clients=["Eva Bizjak"], slot=SLOT, title="Clicked twice", online=True)
    ana.form.save_button.dblclick()
    ana.is_told("Session booked.")
    meeting = practice.the_meeting("Clicked twice", ANA, SLOT)
    ana.open_session(practice.session("Clicked twice")["id"])
    expect(ana.form.meeting).to_contain_text("Zoom link ready")
    expect(ana.form.open_zoom).to_have_attribute("href", meeting["join_url"])
    ana.form.dialog.get_by_role("button", name="Copy link").click()
    ana.is_told("Link copied")
    assert ana.page.evaluate("navigator.clipboard.readText()") == meeting["join_url"]
    with ana.page.expect_popup() as opening:
        ana.form.open_zoom.click()
    expect(opening.value.get_by_role("heading", name="Clicked twice")).to_be_visible()
    expect(opening.value.get_by_text(f"({ANA})")).to_be_visible()
    assert opening.value.evaluate("window.opener") is None


def test_without_online_there_is_no_meeting(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session().fill(clients=["Eva Bizjak"], slot=SLOT, title="In the room").save()
    ana.is_told("Session booked.")
    practice.nothing_at_zoom("In the room")
    expect(ana.calendar.show_own_week().shows("In the room", SLOT)).to_contain_text("In person")
