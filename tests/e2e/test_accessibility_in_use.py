"""WCAG 2.2 AA while the page is being used: errors, open menus and pickers, a drag, an outage."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import has_no_violations, has_no_violations_in_light_and_dark
from tests.e2e.calendar_view import box_of
from tests.e2e.conftest import Somebody
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA

SLOT = Slot.of(4, "09:00")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LOOKS: dict[str, dict[str, Any]] = {
    "desk": {},
    "phone": PHONE,
}

on_every_screen = pytest.mark.parametrize("looks", LOOKS.values(), ids=LOOKS.keys())


@on_every_screen
def test_a_form_with_errors_and_its_pickers(somebody: Somebody, looks: dict[str, Any]) -> None:
    admin = somebody(ADMIN, **looks).arrive()
    form = admin.new_session()
    form.save()
    expect(form.dialog.get_by_text("Choose or add at least one client.")).to_be_visible()
    form.start.fill("25:99")
    form.start.press("Tab")
    has_no_violations_in_light_and_dark(admin.page, "a form with errors")
    for field in (form.clients, form.consultant, form.end):
        field.click()
        expect(admin.page.get_by_role("listbox")).to_be_visible()
        has_no_violations_in_light_and_dark(admin.page, "an open list")
        admin.page.keyboard.press("Escape")
        form.title.click()
    form.dialog.get_by_role("button", name="Choose a date").click()
    expect(admin.page.get_by_role("button", name=re.compile(r"^(Next month|Previous month)")).first).to_be_visible()
    has_no_violations_in_light_and_dark(admin.page, "the open date picker")


@on_every_screen
def test_menus(somebody: Somebody, practice: Practice, looks: dict[str, Any]) -> None:
    session = practice.book(ANA, "Has a menu", SLOT)
    admin = somebody(ADMIN, **looks).arrive()
    admin.open_session(session["id"])
    admin.form.dialog.get_by_role("button", name="More options").click()
    expect(admin.page.get_by_role("menu")).to_be_visible()
    has_no_violations_in_light_and_dark(admin.page, "the menu of a session")
    admin.go("/sessions")
    admin.page.get_by_role("button", name="More options for Has a menu").click()
    expect(admin.page.get_by_role("menu")).to_be_visible()
    has_no_violations_in_light_and_dark(admin.page, "the menu of a row")


@on_every_screen
def test_an_outage(somebody: Somebody, looks: dict[str, Any]) -> None:
    admin = somebody(ADMIN, **looks).arrive()
    with admin.offline():
        expect(admin.banner).to_be_visible()
        has_no_violations_in_light_and_dark(admin.page, "offline")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_session_that_is_being_dragged(somebody: Somebody, practice: Practice, scheme: str) -> None:
    practice.book(ANA, "On its way", SLOT)
    admin = somebody(ADMIN, color_scheme=scheme).arrive()
    admin.calendar.show_own_week()
    box = box_of(admin.calendar.event("On its way"))
    admin.page.mouse.move(box["x"] + 20, box["y"] + 6)
    admin.page.mouse.down()
    admin.page.mouse.move(box["x"] + 20, box["y"] + 80, steps=6)
    has_no_violations(admin.page, "a session being dragged")
    admin.page.mouse.up()
    admin.is_told("On its way")
