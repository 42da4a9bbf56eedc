"""A13: a failure at Zoom never loses a session; the page explains it at the session, and the link follows by itself."""

import re

from playwright.sync_api import expect

from adapters.in_memory.provider.fault import Fault
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA, BORIS

SLOT = Slot.of(0, "14:25")
TITLE = "In spite of trouble"
A_FEW_TRIES = 60_000  # milliseconds: the pauses between them grow from five seconds


def book(person: Person) -> None:
    person.new_session().fill(clients=["Eva Bizjak"], slot=SLOT, title=TITLE, online=True).save()


def test_zoom_is_down_and_the_link_arrives_in_the_open_page(ana: Person, practice: Practice) -> None:
    practice.zoom.strike("*", Fault.DOWN, times=None)
    ana.arrive()
    book(ana)
    ana.is_told("Session booked. Zoom meeting pending. Zoom is not responding.")
    session = practice.session(TITLE)
    ana.calendar.show_own_week().opens(TITLE, SLOT)
    expect(ana.form.meeting).to_contain_text("Calendra keeps trying; you don’t need to do anything.")
    expect(ana.form.meeting).to_contain_text("Next attempt:")
    expect(ana.form.open_zoom).to_be_hidden()
    practice.nothing_at_zoom(TITLE)
    practice.zoom.heal()
    expect(ana.form.open_zoom).to_be_visible(timeout=A_FEW_TRIES)
    expect(ana.form.meeting).to_contain_text("Zoom link ready")
    assert practice.session(TITLE)["id"] == session["id"]
    practice.the_meeting(TITLE, ANA, SLOT)


def test_the_daily_limit_is_named_with_the_next_try(boris: Person, practice: Practice) -> None:
    practice.connect(BORIS)
    practice.zoom.http.post(f"/accounts/{BORIS}/daily-count", json={"count": 100}).raise_for_status()
    boris.arrive()
    book(boris)
    boris.is_told("Boris Kranjc has reached Zoom’s daily limit. Calendra continues at 00:00 UTC.")
    boris.open_session(practice.session(TITLE)["id"])
    expect(boris.form.meeting).to_contain_text(re.compile("daily limit.*Next attempt:"))
    practice.nothing_at_zoom(TITLE)


def test_an_ended_authorization_says_who_connects_and_the_link_follows(
    practice: Practice, somebody: Somebody, admin: Person
) -> None:
    practice.connect(BORIS)
    practice.zoom.expire_access(BORIS, refresh_too=True)
    boris = somebody(BORIS).arrive()
    book(boris)
    boris.is_told("Boris Kranjc needs to reconnect Zoom because its authorization has ended.")
    session = practice.session(TITLE)
    admin.arrive()
    admin.open_session(session["id"])
    expect(admin.form.meeting).to_contain_text("Boris Kranjc needs to reconnect Zoom")
    expect(admin.form.meeting.get_by_role("link", name="View connections")).to_be_visible()
    boris.open_session(session["id"])
    boris.form.meeting.get_by_role("button", name="Reconnect Zoom").click()
    boris.consent.is_shown()
    boris.consent.approve(BORIS)
    boris.is_told(f"Zoom connected as {BORIS}")
    expect(admin.form.open_zoom).to_be_visible()
    practice.the_meeting(TITLE, BORIS, SLOT)


def test_a_missing_permission_is_named_whatever_the_number_of_the_refusal(ana: Person, practice: Practice) -> None:
    practice.zoom.strike("create", Fault.SCOPE_MISSING, form="classic", times=None)
    ana.arrive()
    book(ana)
    ana.is_told("Zoom does not grant Ana Novak a required permission: meeting:write.")
    ana.open_session(practice.session(TITLE)["id"])
    expect(ana.form.meeting).to_contain_text("then reconnect")
    practice.zoom.heal()
    practice.connect(ANA)
    expect(ana.form.open_zoom).to_be_visible()
    practice.the_meeting(TITLE, ANA, SLOT)


def test_a_refused_meeting_is_tried_again_by_a_button(ana: Person, practice: Practice) -> None:
    practice.zoom.strike("create", Fault.REFUSED, times=None)
    ana.arrive()
    book(ana)
    ana.open_session(practice.session(TITLE)["id"])
    expect(ana.form.meeting).to_contain_text("No Zoom meeting")
    again = ana.form.meeting.get_by_role("button", name="Try again")
    again.click()
    expect(again).to_be_enabled()
    practice.nothing_at_zoom(TITLE)
    practice.zoom.heal()
    again.click()
    expect(ana.form.open_zoom).to_be_visible()
    practice.the_meeting(TITLE, ANA, SLOT)
