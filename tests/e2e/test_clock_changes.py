"""Times over a change of the clocks, and for people in other zones: nine o'clock stays nine o'clock."""

import re
from datetime import time, timedelta

from playwright.sync_api import expect

from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot, next_spring_change
from tests.real_processes import ANA

CHANGE = next_spring_change()
FRIDAY = Slot(CHANGE - timedelta(days=2), time(9))
MONDAY = Slot(CHANGE + timedelta(days=1), time(9))


def test_a_session_moves_over_the_change_and_keeps_its_hour_and_a_skipped_one_is_pointed_out(
    ana: Person, practice: Practice
) -> None:
    session = practice.book(ANA, "Over the change", FRIDAY)
    assert (FRIDAY.starts_at.hour, MONDAY.starts_at.hour) == (8, 7)
    ana.arrive()
    ana.open_session(session["id"]).shows(slot=FRIDAY)
    ana.form.set_slot(MONDAY)
    ana.form.save()
    ana.is_told("Session saved.")
    meeting = practice.the_meeting("Over the change", ANA, MONDAY)
    assert meeting["join_url"] == session["meeting"]["join_link"]
    ana.new_session().set_slot(Slot(CHANGE, time(2, 30)))
    expect(ana.form.dialog).to_contain_text("The clocks skip 02:30 on this day; the session uses 03:30.")


def test_a_viewer_elsewhere_sees_both_zones(practice: Practice, somebody: Somebody) -> None:
    slot = Slot.of(0, "15:00")
    practice.book(ANA, "In two zones", slot)
    session = practice.book(ANA, "Seen from afar", FRIDAY)
    ana = somebody(ANA, timezone_id="America/New_York").arrive()
    ana.open_session(session["id"]).shows(slot=FRIDAY)
    expect(ana.form.dialog).to_contain_text("Ljubljana time (GMT+1)")
    # New York changes its clocks two weeks earlier: five hours lie between the two, and then six again.
    expect(ana.form.dialog).to_contain_text(re.compile(r"Your time: .*04:00–04:50 \(New York \(GMT-4\)\)"))
    ana.form.set_slot(MONDAY)
    expect(ana.form.dialog).to_contain_text("Ljubljana time (GMT+2)")
    expect(ana.form.dialog).to_contain_text(re.compile(r"Your time: .*03:00–03:50 \(New York \(GMT-4\)\)"))
    ana.go("/")
    ana.calendar.show_own_week().shows("In two zones", slot)
    ana.page.get_by_role("combobox", name="Time zone of the calendar").click()
    ana.page.get_by_role("option", name="New York").click()
    expect(ana.calendar.event("In two zones")).to_contain_text("09:00–09:50")
