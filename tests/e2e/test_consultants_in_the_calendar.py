"""Whose sessions the calendar shows: an admin chooses, each consultant has a colour."""

import re
from datetime import datetime

from playwright.sync_api import expect

from tests.e2e.calendar_view import box_of
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA, BORIS

SLOT = Slot.of(1, "17:00")
ON_SCREEN = Slot.of(1, "10:00")  # where the day is opened


def test_an_admin_hides_a_consultant_and_the_browser_remembers(admin: Person, practice: Practice) -> None:
    practice.book(ANA, "Hers", SLOT, online=False)
    practice.book(BORIS, "His", SLOT, online=False)
    admin.arrive()
    admin.calendar.show_own_week()
    hers, his = admin.calendar.event("Hers"), admin.calendar.event("His")
    expect(hers).to_be_visible()
    assert _colour(hers) != _colour(his)
    admin.page.get_by_role("button", name="All consultants").click()
    admin.page.get_by_role("checkbox", name="Boris Kranjc").uncheck()
    expect(his).to_have_count(0)
    expect(hers).to_be_visible()
    admin.page.reload()
    expect(admin.page.get_by_role("button", name=re.compile("2 of 3 consultants"))).to_be_visible()


def test_a_session_dragged_to_another_consultant_is_given_after_a_question(admin: Person, practice: Practice) -> None:
    practice.connect(BORIS)
    first = practice.book(ANA, "Handed over", ON_SCREEN)["meeting"]["join_link"]
    admin.arrive(f"/?view=day&on={ON_SCREEN.day}")
    event = admin.calendar.shows("Handed over", ON_SCREEN)
    theirs = admin.calendar.sheet.get_by_role("columnheader", name="Boris Kranjc")
    aside = box_of(theirs)["x"] - box_of(admin.calendar.sheet.get_by_role("columnheader", name="Ana Novak"))["x"]
    question = admin.page.get_by_role("dialog", name="Reassign to Boris Kranjc?")
    for answer in ("Do not reassign", "Reassign to Boris Kranjc"):
        box = box_of(event)
        admin.calendar.drag((box["x"] + 20, box["y"] + 6), (aside, 0))
        expect(question).to_contain_text("The join link changes.")
        question.get_by_role("button", name=answer, exact=True).click()
        expect(question).to_be_hidden()
        if answer == "Do not reassign":
            assert practice.the_meeting("Handed over", ANA, ON_SCREEN)["join_url"] == first
    admin.is_told("Handed over reassigned to Boris Kranjc")
    practice.the_meeting("Handed over", BORIS, ON_SCREEN)
    admin.page.get_by_role("button", name="Undo").click()
    admin.is_told("Handed over returned to Ana Novak")
    practice.the_meeting("Handed over", ANA, ON_SCREEN)


def test_a_session_dragged_sideways_keeps_its_time(admin: Person, practice: Practice) -> None:
    """Wherever it is gripped: at its beginning, in its middle, at its end."""
    booked = practice.book(ANA, "Aside", ON_SCREEN, online=False)
    admin.sign_in_unseen()
    for grip in (6, 30, 60):
        practice.edit(booked, consultant_id=practice.ids[ANA])
        admin.go(f"/?view=day&on={ON_SCREEN.day}")
        event = admin.calendar.shows("Aside", ON_SCREEN)
        theirs = admin.calendar.sheet.get_by_role("columnheader", name="Boris Kranjc")
        aside = box_of(theirs)["x"] - box_of(admin.calendar.sheet.get_by_role("columnheader", name="Ana Novak"))["x"]
        box = box_of(event)
        admin.calendar.drag((box["x"] + 20, box["y"] + grip), (aside, 0))
        question = admin.page.get_by_role("dialog", name="Reassign to Boris Kranjc?")
        expect(question).to_contain_text(ON_SCREEN.hours)
        question.get_by_role("button", name="Reassign to Boris Kranjc", exact=True).click()
        admin.is_told("Aside reassigned to Boris Kranjc")
        session = practice.session("Aside")
        assert session["consultant"] == "Boris Kranjc"
        assert datetime.fromisoformat(session["starts_at"]) == ON_SCREEN.starts_at, f"gripped at {grip}"


def test_a_session_dragged_to_another_day_keeps_its_time(ana: Person, practice: Practice) -> None:
    booked = practice.book(ANA, "A day on", ON_SCREEN, online=False)
    ana.arrive()
    expect(ana.page.get_by_role("button", name="All consultants")).to_have_count(0)  # there is nobody to choose
    for grip in (6, 60):
        there = {"starts_at": ON_SCREEN.starts_at.isoformat(), "ends_at": ON_SCREEN.ends_at.isoformat()}
        practice.edit(booked, **there)
        ana.go(f"/?view=week&on={ON_SCREEN.day}")
        box = box_of(ana.calendar.shows("A day on", ON_SCREEN))
        ana.calendar.drag((box["x"] + 20, box["y"] + grip), (ana.calendar.day_width(), 0))
        ana.is_told("A day on moved to")
        moved = practice.session("A day on")["starts_at"]
        assert datetime.fromisoformat(moved) == ON_SCREEN.later(days=1).starts_at, f"gripped at {grip}"


def test_a_tap_on_the_phone_begins_a_session_there(somebody: Somebody, practice: Practice) -> None:
    admin = somebody(ADMIN, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    admin.arrive(f"/?view=day&on={ON_SCREEN.day}")
    practice.book(ANA, "Next to it", ON_SCREEN, online=False)
    beside = box_of(admin.calendar.shows("Next to it", ON_SCREEN))
    hour = admin.calendar.minute_height(admin.calendar.event("Next to it")) * 60
    admin.page.touchscreen.tap(beside["x"] + 40, beside["y"] + hour * 2 + 4)
    admin.form.shows(slot=ON_SCREEN.later(minutes=120))
    expect(admin.form.consultant).to_have_value(re.compile("Ana Novak"))


def _colour(event) -> str:
    return str(event.evaluate("one => getComputedStyle(one).borderLeftColor"))
