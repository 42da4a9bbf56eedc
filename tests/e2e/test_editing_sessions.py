"""A11: an edit keeps the link or removes the meeting, as needed; the history tells it."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA

SLOT = Slot.of(4, "08:30")
TITLE = "To be edited"


def test_an_edit_keeps_the_link_and_switching_online_off_removes_it(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, TITLE, SLOT)
    later = SLOT.later(days=-1, minutes=75, longer=20)
    ana.arrive()
    ana.open_session(session["id"]).fill(clients=["Jan Golob"], slot=later, title="Edited").save()
    ana.is_told("Session saved. The Zoom link is ready.")
    meeting = practice.the_meeting("Edited", ANA, later)
    assert meeting["join_url"] == session["meeting"]["join_link"]
    practice.nothing_at_zoom(TITLE)
    ana.open_session(session["id"]).dialog.get_by_role("tab", name="History").click()
    history = ana.form.dialog.get_by_test_id("history")
    for said in ("Maja Hribar booked the session", "Meeting created at Zoom", "Ana Novak changed the session"):
        expect(history).to_contain_text(said)
    expect(history).to_contain_text("The link stays the same and the meeting is updated.")
    ana.form.dialog.get_by_role("tab", name="Session").click()
    ana.form.fill(online=False).save()
    ana.form.is_closed()
    practice.soon_nothing_at_zoom("Edited")
    assert practice.session("Edited")["meeting"]["join_link"] is None
