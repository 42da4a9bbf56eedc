"""The whole journey without a mouse: sign in, choose a time, book, connect, move, undo, cancel."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import BORIS
from tests.walk import PASSWORD

TITLE = "By keyboard"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, role: str, name: str | re.Pattern[str], *, backwards: bool = False) -> None:
    """As a person does who uses a screen reader."""
    target = page.get_by_role(role, name=name)  # type: ignore[arg-type]  # any role
    for _ in range(60):
        if target.count() and target.first.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"{role} {name!r} is not reached by Tab")


def focus_is_within(page: Page, role: str) -> None:
    assert page.evaluate(f"document.activeElement.closest('[role={role}]') !== null"), f"the focus has left the {role}"


def test_from_signing_in_to_cancelling(boris: Person, practice: Practice) -> None:
    page = boris.page
    boris.go("/")
    tab_to(page, "textbox", "E-mail address")
    page.keyboard.type(BORIS)
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    expect(page.get_by_role("button", name="New session")).to_be_visible()

    # A free time, by arrow keys.
    tab_to(page, "application", "Choose a free time by keyboard")
    press(page, "PageDown", "PageDown", "ArrowDown", "ArrowDown")
    boris.is_told(re.compile(r"\d\d:\d\d"))
    press(page, "Enter")
    boris.form.is_open()
    expect(boris.form.clients).to_be_focused()
    page.keyboard.type("Eva")
    expect(page.get_by_role("option", name=re.compile("^Eva Bizjak"))).to_be_visible()
    press(page, "ArrowDown", "Enter")
    expect(boris.form.pill("Eva Bizjak")).to_be_visible()
    tab_to(page, "textbox", "Title")
    page.keyboard.type(TITLE)
    tab_to(page, "switch", "Online")
    press(page, "Space")
    focus_is_within(page, "dialog")
    tab_to(page, "button", "Save")
    focus_is_within(page, "dialog")
    press(page, "Enter")

    # Zoom asks, in its own page.
    boris.consent.is_shown()
    tab_to(page, "radio", re.compile("."))
    for _ in range(6):
        if page.get_by_role("radio", name=BORIS).is_checked():
            break
        press(page, "ArrowDown")
    tab_to(page, "button", "Approve")
    press(page, "Enter")
    boris.is_told("Session booked. The Zoom link is ready.")
    boris.form.is_closed()

    # Shown where it lies; moved and back.
    tab_to(page, "button", re.compile(TITLE))
    press(page, "m")
    boris.is_told(f"Moving {TITLE}.")
    press(page, "ArrowDown", "ArrowDown", "Enter")
    boris.is_told(re.compile(f"{TITLE} moved to "))
    expect(page.get_by_role("button", name=re.compile(TITLE))).to_be_focused()
    moved = practice.session(TITLE)
    tab_to(page, "button", "Undo")
    press(page, "Enter")
    boris.is_told(re.compile(f"{TITLE} moved back to "))
    assert practice.session(TITLE)["starts_at"] < moved["starts_at"]

    # Opened, and cancelled.
    tab_to(page, "button", re.compile(TITLE), backwards=True)
    press(page, "Enter")
    tab_to(page, "button", "Edit")
    press(page, "Enter")
    boris.form.is_open()
    tab_to(page, "button", "More options")
    press(page, "Enter")
    expect(page.get_by_role("menuitem", name="Cancel session")).to_be_visible()
    for _ in range(3):
        if page.get_by_role("menuitem", name="Cancel session").evaluate("one => one === document.activeElement"):
            break
        press(page, "ArrowDown")
    press(page, "Enter")
    expect(page.get_by_role("dialog", name="Cancel session")).to_be_visible()
    focus_is_within(page, "dialog")
    tab_to(page, "button", "Cancel session")
    press(page, "Enter")
    boris.is_told("Session cancelled.")
    practice.soon_nothing_at_zoom(TITLE)
