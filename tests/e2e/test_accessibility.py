"""WCAG 2.2 AA on every page and in every dialog, light and dark."""

import re

from playwright.sync_api import expect

from tests.e2e.axe import has_no_violations, has_no_violations_in_light_and_dark
from tests.e2e.conftest import Somebody
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA, BORIS, CVETA

SLOT = Slot.of(4, "08:00")


def test_pages_outside(somebody: Somebody, practice: Practice) -> None:
    stranger = somebody(BORIS)
    for path, waits in (
        ("/", "Sign in"),
        ("/help", "Zoom"),
        ("/oauth/zoom/callback?code=abc", "Sign in"),
        (practice.personal_link(BORIS), "Sign in"),
    ):
        stranger.go(path)
        expect(stranger.page.get_by_text(waits).first).to_be_visible()
        has_no_violations_in_light_and_dark(stranger.page, path)
    stranger.sign_in_unseen()
    for path in ("/oauth/zoom/callback?state=wrong&code=abc", "/connect-provider/zoom", "/nowhere-at-all"):
        stranger.go(path)
        expect(stranger.page.get_by_role("heading").first).to_be_visible()
        has_no_violations_in_light_and_dark(stranger.page, path)


def test_the_calendar(somebody: Somebody, practice: Practice) -> None:
    practice.book(ANA, "Drawn", SLOT)
    admin = somebody(ADMIN).arrive()
    admin.calendar.show_own_week()
    for view in ("Week", "Work week", "Month", "List", "Day"):
        admin.page.get_by_text(view, exact=True).click()
        expect(admin.page.get_by_role("radio", name=view, exact=True)).to_be_checked()
        expect(admin.calendar.sheet.locator("[data-settled]")).to_be_visible()
        has_no_violations_in_light_and_dark(admin.page, view)


def test_the_session_form_and_what_opens_from_it(somebody: Somebody, practice: Practice) -> None:
    session = practice.book(ANA, "Looked at", SLOT)
    admin = somebody(ADMIN).arrive()
    admin.new_session().fill(consultant="Cveta Zupan", online=True)
    expect(admin.form.connection_needed).to_be_visible()
    has_no_violations_in_light_and_dark(admin.page, "a consultant who is not connected")
    admin.open_session(session["id"])
    has_no_violations_in_light_and_dark(admin.page, "a session with a link")
    admin.form.dialog.get_by_role("tab", name="History").click()
    expect(admin.page.get_by_test_id("history")).to_contain_text("booked the session")
    has_no_violations_in_light_and_dark(admin.page, "history")
    admin.form.dialog.get_by_role("tab", name="Session").click()
    admin.form.choose_action("Delete session")
    has_no_violations_in_light_and_dark(admin.page, "deleting")


def test_lists_connections_and_settings(somebody: Somebody, practice: Practice) -> None:
    practice.connect(CVETA)
    practice.book(CVETA, "At risk", SLOT)
    practice.zoom.remove_app(CVETA)
    admin = somebody(ADMIN).arrive("/sessions")
    expect(admin.page.get_by_role("listitem").filter(has_text="At risk")).to_be_visible()
    has_no_violations_in_light_and_dark(admin.page, "booked sessions")
    admin.go("/connections")
    admin.page.get_by_role("button", name="Cveta Zupan, Zoom: show details").click()
    expect(admin.page.get_by_text("1 session at risk").first).to_be_visible()
    has_no_violations_in_light_and_dark(admin.page, "connections")
    for path, name in (("/connections", "Erase by e-mail address"), ("/practice", "Invite a colleague")):
        admin.go(path)
        admin.page.get_by_role("button", name=name).click()
        expect(admin.page.get_by_role("dialog")).to_be_visible()
        has_no_violations_in_light_and_dark(admin.page, name)
        admin.page.keyboard.press("Escape")
        expect(admin.page.get_by_role("dialog")).to_have_count(0)
    admin.page.get_by_role("button", name=re.compile(": account menu of ")).click()
    has_no_violations_in_light_and_dark(admin.page, "account menu")
    admin.page.get_by_role("menuitem", name="Settings").click()
    expect(admin.page.get_by_role("dialog", name="Settings")).to_be_visible()
    has_no_violations_in_light_and_dark(admin.page, "settings")


def test_a_consultants_own_connection(somebody: Somebody) -> None:
    ana = somebody(ANA).arrive("/connections")
    expect(ana.page.get_by_text("ana.novak@example.com").first).to_be_visible()
    has_no_violations_in_light_and_dark(ana.page, "my providers")
    ana.page.get_by_role("button", name="Disconnect").click()
    expect(ana.page.get_by_role("dialog", name="Disconnect Zoom")).to_be_visible()
    has_no_violations_in_light_and_dark(ana.page, "disconnecting")


def test_on_a_phone(somebody: Somebody) -> None:
    admin = somebody(ADMIN, viewport={"width": 390, "height": 844}, has_touch=True).arrive()
    for path in ("/", "/sessions", "/connections", "/help"):
        admin.go(path)
        expect(admin.page.get_by_role("heading", level=1)).to_be_visible()
        has_no_violations(admin.page, f"{path} on a phone")
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert admin.page.evaluate(sideways) <= 0, f"{path} scrolls sideways"
