"""A12: cancelling and deleting remove the meeting at Zoom; deleting also the link from history."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA

SLOT = Slot.of(4, "12:10")
TITLE = "Not to be held"


def test_cancelling_says_what_happens_and_removes_the_meeting(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, TITLE, SLOT, clients=("Lea Kos", "Jan Golob"))
    ana.arrive().calendar.show_own_week().opens(TITLE, SLOT)
    asking = ana.form.choose_action("Cancel session")
    asking.get_by_role("button", name="Keep session").click()
    expect(asking).to_be_hidden()
    practice.the_meeting(TITLE, ANA, SLOT)
    asking = ana.form.choose_action("Cancel session")
    consequences = asking.get_by_test_id("consequences")
    for said in (
        "The time becomes available again.",
        "The meeting in Ana Novak’s Zoom account is removed.",
        "The link stops working.",
        "Calendra does not notify the 2 clients",
    ):
        expect(consequences).to_contain_text(said)
    asking.get_by_role("button", name="Cancel session").click()
    ana.is_told("Session cancelled.")
    ana.form.is_closed()
    expect(ana.calendar.event(TITLE)).to_be_hidden()
    practice.soon_nothing_at_zoom(TITLE)
    after = practice.get(f"/api/bookings/{session['id']}")
    assert after["status"] == "cancelled"
    assert after["meeting"]["join_link"] is None


def test_deleting_leaves_neither_meeting_nor_link_nor_history_and_the_focus_goes_to_a_neighbour(
    ana: Person, practice: Practice
) -> None:
    slot = Slot.of(2, "09:00")
    session = practice.book(ANA, TITLE, slot)
    practice.book(ANA, "Stays beside it", Slot.of(2, "11:00"), online=False)
    ana.arrive().calendar.show_own_week()
    ana.calendar.event(TITLE).press("Enter")
    ana.calendar.card.get_by_role("button", name="Edit").click()
    ana.form.is_open()
    asking = ana.form.choose_action("Delete session")
    expect(asking).to_contain_text("Its link is destroyed, and no one can see the session any more.")
    asking.get_by_role("button", name="Delete session").click()
    ana.is_told("Session deleted.")
    expect(ana.calendar.event("Stays beside it")).to_be_focused()
    practice.soon_nothing_at_zoom(TITLE)
    practice.no_session(TITLE)
    for path in (f"/api/bookings/{session['id']}", f"/api/bookings/{session['id']}/history"):
        assert practice.of(ADMIN).api("GET", path).status_code == 404
    ana.go(f"/?session={session['id']}")
    ana.sees_trouble("This session does not exist, or you may not see it.")
