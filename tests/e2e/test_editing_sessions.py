"""A11: an edit keeps the link, moves the meeting or makes it anew, as needed."""

import pytest
from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA, CVETA
from tests.walk import wait_until

SLOT = Slot.of(4, "08:30")
TITLE = "To be edited"


def test_a_new_title_time_and_clients_keep_the_link(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, TITLE, SLOT)
    later = SLOT.later(days=-1, minutes=75, longer=20)
    ana.arrive()
    ana.open_session(session["id"]).fill(clients=["Jan Golob"], slot=later, title="Edited").save()
    ana.is_told("Session saved. The Zoom link is ready.")
    meeting = practice.the_meeting("Edited", ANA, later)
    assert meeting["join_url"] == session["meeting"]["join_link"]
    practice.nothing_at_zoom(TITLE)


def test_another_consultant_moves_the_meeting(admin: Person, practice: Practice) -> None:
    practice.connect(CVETA)
    session = practice.book(ANA, TITLE, SLOT)
    admin.arrive()
    admin.open_session(session["id"]).fill(consultant="Cveta Zupan").save()
    admin.is_told("Session saved.")
    wait_until(lambda: list(practice.at_zoom(TITLE)) == [CVETA], "the meeting has moved")
    meeting = practice.the_meeting(TITLE, CVETA, SLOT)
    assert meeting["join_url"] != session["meeting"]["join_link"]


def test_switching_online_off_removes_the_meeting_and_the_link(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, TITLE, SLOT)
    ana.arrive()
    ana.open_session(session["id"]).fill(online=False).save()
    ana.is_told("Session saved.")
    practice.soon_nothing_at_zoom(TITLE)
    assert practice.session(TITLE)["meeting"]["join_link"] is None


def test_a_meeting_that_vanished_at_zoom_is_made_anew(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, TITLE, SLOT)
    practice.zoom.delete_meeting(practice.the_meeting(TITLE, ANA)["id"])
    ana.arrive()
    ana.open_session(session["id"]).fill(slot=SLOT.later(minutes=60)).save()
    ana.is_told("Session saved.")
    first = session["meeting"]["join_link"]
    wait_until(lambda: practice.session(TITLE)["meeting"]["join_link"] not in (None, first), "a new meeting is there")
    practice.the_meeting(TITLE, ANA, SLOT.later(minutes=60))


@pytest.fixture
def without_connection(cveta: Person, practice: Practice) -> Person:
    """Cveta, who removed Calendra at Zoom after her session got its link."""
    practice.connect(CVETA)
    practice.book(CVETA, TITLE, SLOT)
    practice.zoom.remove_app(CVETA)
    wait_until(lambda: practice.status(CVETA) == "not_connected", "the notice has arrived")
    return cveta.arrive()


def test_an_edit_that_needs_no_fresh_link_needs_no_connection(without_connection: Person, practice: Practice) -> None:
    session = practice.session(TITLE)
    cveta = without_connection
    cveta.open_session(session["id"]).fill(notes="Nothing to do with Zoom").save()
    cveta.is_told("Session saved.")
    after = practice.session(TITLE)
    assert after["notes"] == "Nothing to do with Zoom"
    assert after["meeting"]["join_link"] == session["meeting"]["join_link"]


def test_the_history_tells_who_did_what_and_what_zoom_answered(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, TITLE, SLOT)
    practice.edit(session, by=ANA, title="With a past")
    ana.arrive()
    ana.open_session(session["id"]).dialog.get_by_role("tab", name="History").click()
    history = ana.form.dialog.get_by_test_id("history")
    for said in ("Maja Hribar booked the session", "Meeting created at Zoom", "Ana Novak changed the session"):
        expect(history).to_contain_text(said)
    expect(history).to_contain_text("The link stays the same and the meeting is updated.")
