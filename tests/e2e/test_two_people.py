"""Two people at one session or slot: nothing is overwritten unseen or booked twice, changes appear live."""

import re

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA

SLOT = Slot.of(1, "16:00")
TITLE = "Of two people"


def test_a_taken_slot_names_what_is_there_and_offers_the_next_time(ana: Person, practice: Practice) -> None:
    practice.book(ANA, "Was first", SLOT, online=False)
    ana.arrive()
    ana.new_session().fill(clients=["Lea Kos"], slot=SLOT.later(minutes=20), title=TITLE, online=True).save()
    expect(ana.form.slot_taken).to_contain_text("This time is already taken")
    expect(ana.form.slot_taken).to_contain_text("Ana Novak has another session")
    practice.no_session(TITLE)
    practice.nothing_at_zoom(TITLE)
    ana.form.slot_taken.get_by_role("button", name=f"Start at {SLOT.end_text} instead").click()
    after = SLOT.later(minutes=SLOT.minutes)
    ana.form.shows(slot=after)
    expect(ana.form.slot_taken).to_be_hidden()
    ana.is_told(re.compile(rf"The session is now at .*{after.start_text}.*Save it."))
    expect(ana.form.save_button).to_be_focused()
    ana.form.save()
    ana.is_told("Session booked.")
    practice.the_meeting(TITLE, ANA, after)


def test_a_change_by_somebody_else_appears_in_the_calendar(ana: Person, practice: Practice) -> None:
    ana.arrive().calendar.show_own_week()
    session = practice.book(ANA, TITLE, SLOT)
    ana.calendar.shows(TITLE, SLOT)
    later = SLOT.later(days=1, minutes=-120)
    practice.edit(session, starts_at=later.starts_at.isoformat(), ends_at=later.ends_at.isoformat(), title="Moved away")
    ana.calendar.shows("Moved away", later)
    expect(ana.calendar.event(TITLE)).to_be_hidden()


def test_changes_of_different_fields_are_brought_together_and_of_the_same_one_chosen_between(
    ana: Person, practice: Practice
) -> None:
    session = practice.book(ANA, TITLE, SLOT)
    ana.arrive()
    ana.open_session(session["id"]).fill(notes="Mine")
    practice.edit(session, title="Theirs")
    expect(ana.form.conflict).to_contain_text("Their changes have been added to the form, and yours are kept.")
    ana.form.shows(title="Theirs", notes="Mine")
    ana.form.fill(title="My title")
    practice.edit(session, title="Their title")
    expect(ana.form.conflict).to_contain_text("You and someone else changed the same fields.")
    mine = ana.form.conflict.get_by_role("radio", name="Mine: My title")
    expect(ana.form.conflict.get_by_role("radio")).to_have_count(2)
    expect(ana.form.conflict.get_by_role("radio", checked=True)).to_have_count(0)
    ana.form.save()
    expect(ana.form.conflict).to_contain_text("Choose one of the two before you save.")
    expect(mine).to_be_focused()
    assert practice.session("Their title")["id"] == session["id"]
    ana.form.conflict.get_by_role("radio", name="Theirs: Their title").check()
    ana.form.shows(title="Their title")
    mine.check()
    ana.form.save()
    ana.is_told("Session saved.")
    assert practice.session("My title")["notes"] == "Mine"
    practice.the_meeting("My title", ANA, SLOT)


def test_a_change_that_was_not_heard_of_in_time_is_not_overwritten(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, TITLE, SLOT)
    ana.page.route("**/api/events", lambda route: route.abort())
    ana.arrive()
    ana.open_session(session["id"]).fill(title="My title")
    practice.edit(session, title="Their title")
    ana.form.save()
    expect(ana.form.conflict).to_be_visible()
    assert practice.session("Their title")["id"] == session["id"]
    ana.form.title.fill("Title of both")  # neither of the two, so nothing is left to choose
    ana.form.save()
    ana.is_told("Session saved.")
    practice.the_meeting("Title of both", ANA, SLOT)
    ana.complaints.heard = [one for one in ana.complaints.heard if "/api/events" not in one]
