"""Moving and resizing in the calendar, by mouse and by keyboard, with a way back; the link stays."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA

SLOT = Slot.of(1, "09:00", 60)
TITLE = "Moves"


@pytest.fixture
def link(practice: Practice) -> str:
    return str(practice.book(ANA, TITLE, SLOT)["meeting"]["join_link"])


def undo(person: Person) -> None:
    person.page.get_by_role("button", name="Undo").click()
    person.is_told(f"{TITLE} moved back to")
    person.calendar.shows(TITLE, SLOT)


def test_by_dragging_and_back_again(link: str, ana: Person, practice: Practice) -> None:
    calendar = ana.arrive().calendar.show_own_week()
    calendar.move(calendar.shows(TITLE, SLOT), days=1, minutes=90)
    ana.is_told(f"{TITLE} moved to")
    moved = SLOT.later(days=1, minutes=90)
    calendar.shows(TITLE, moved)
    assert practice.the_meeting(TITLE, ANA, moved)["join_url"] == link
    undo(ana)
    assert practice.the_meeting(TITLE, ANA, SLOT)["join_url"] == link


def test_by_dragging_its_end(link: str, ana: Person, practice: Practice) -> None:
    calendar = ana.arrive().calendar.show_own_week()
    calendar.resize(calendar.shows(TITLE, SLOT), minutes=30)
    ana.is_told(f"{TITLE} moved to")
    longer = SLOT.later(longer=30)
    calendar.shows(TITLE, longer)
    assert practice.the_meeting(TITLE, ANA, longer)["join_url"] == link
    undo(ana)
    assert practice.the_meeting(TITLE, ANA, SLOT)["join_url"] == link


def test_by_keyboard_and_back_again_or_not_at_all(link: str, ana: Person, practice: Practice) -> None:
    calendar = ana.arrive().calendar.show_own_week()
    event = calendar.shows(TITLE, SLOT)
    event.focus()
    for key in ("m", "ArrowRight", "Escape"):
        ana.page.keyboard.press(key)
    ana.is_told("The session was not moved.")
    calendar.shows(TITLE, SLOT)
    event.focus()
    ana.page.keyboard.press("m")
    ana.is_told(f"Moving {TITLE}.")
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowDown"):
        ana.page.keyboard.press(key)
    practice.the_meeting(TITLE, ANA, SLOT)
    ana.page.keyboard.press("Enter")
    ana.is_told(f"{TITLE} moved to")
    moved = SLOT.later(days=1, minutes=30, longer=15)
    expect(calendar.shows(TITLE, moved)).to_be_focused()
    assert practice.the_meeting(TITLE, ANA, moved)["join_url"] == link
    undo(ana)
    assert practice.the_meeting(TITLE, ANA, SLOT)["join_url"] == link


def test_undone_while_the_move_is_still_being_saved(link: str, ana: Person, practice: Practice) -> None:
    """By mouse, and by keyboard."""
    calendar = ana.arrive().calendar.show_own_week()
    held: list[Route] = []
    ana.page.route("**/api/bookings/*", lambda route: held.append(route), times=1)
    with ana.page.expect_request(lambda one: one.method == "PATCH"):
        calendar.move(calendar.shows(TITLE, SLOT), minutes=60)
    calendar.shows(TITLE, SLOT.later(minutes=60))
    ana.page.keyboard.press("Control+z")
    held[0].continue_()
    ana.is_told(f"{TITLE} moved back to")
    calendar.shows(TITLE, SLOT)
    assert practice.the_meeting(TITLE, ANA, SLOT)["join_url"] == link
    ana.page.route("**/api/bookings/*", lambda route: held.append(route), times=1)
    calendar.shows(TITLE, SLOT).focus()
    with ana.page.expect_request(lambda one: one.method == "PATCH"):
        for key in ("m", "ArrowDown", "Enter"):
            ana.page.keyboard.press(key)
    ana.page.keyboard.press("Control+z")
    moved = held[1].request
    with ana.page.expect_response(lambda one: one.request.method == "PATCH" and one.request != moved):
        held[1].continue_()
    calendar.shows(TITLE, SLOT)
    assert practice.the_meeting(TITLE, ANA, SLOT)["join_url"] == link


def test_onto_a_taken_slot_it_goes_back(link: str, ana: Person, practice: Practice) -> None:
    practice.book(ANA, "In the way", SLOT.later(days=1), online=False)
    calendar = ana.arrive().calendar.show_own_week()
    calendar.move(calendar.shows(TITLE, SLOT), days=1)
    ana.is_told("Ana Novak has another session")
    calendar.shows(TITLE, SLOT)
    practice.the_meeting(TITLE, ANA, SLOT)
