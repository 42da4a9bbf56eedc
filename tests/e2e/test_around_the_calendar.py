"""Finding one's way: the address of the calendar, the card of a session, keys, and going to a date."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.e2e.axe import has_no_violations
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot, own_week
from tests.real_processes import ANA, BORIS

SLOT = Slot.of(1, "10:00")


def test_a_saved_session_is_shown_in_its_week_which_the_address_keeps(ana: Person, practice: Practice) -> None:
    ana.arrive()
    form = ana.new_session().fill(clients=["Lea Kos"], title="Pointed out", slot=SLOT, online=True)
    form.save()
    ana.is_told("Session booked.")
    spot = ana.page.locator("[data-spotlight]")
    expect(spot).to_contain_text("Pointed out")
    expect(ana.page.get_by_role("button", name="Show", exact=True)).to_be_visible()
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.page.get_by_role("button", name="Copy link", exact=True).click()
    link = practice.session("Pointed out")["meeting"]["join_link"]
    assert ana.page.evaluate("navigator.clipboard.readText()") == link
    ana.page.get_by_text("Month", exact=True).click()
    expect(ana.page).to_have_url(re.compile(rf"view=month.*on={SLOT.day}|on={SLOT.day}.*view=month"))
    ana.page.reload()
    expect(ana.page.get_by_role("radio", name="Month")).to_be_checked()
    expect(ana.calendar.title).to_contain_text(f"{SLOT.day:%B %Y}")
    expect(ana.calendar.event("Pointed out")).to_be_visible()


def test_a_link_to_a_session_opens_its_week_and_a_filter_is_kept(admin: Person, practice: Practice) -> None:
    session = practice.book(BORIS, "Linked to", SLOT, online=False)
    admin.arrive()
    admin.open_session(session["id"]).close()
    admin.calendar.shows("Linked to", SLOT)
    consultants = {one["name"]: one["id"] for one in practice.consultants()}
    admin.go(f"/?view=week&on={SLOT.day}&with={consultants['Boris Kranjc']}")
    admin.calendar.shows("Linked to", SLOT)
    form = admin.new_session()
    expect(form.consultant).to_have_value(re.compile("Boris Kranjc"))
    expect(form.date).to_have_value(Slot(own_week(), SLOT.start).date_text)
    form.close()
    admin.go(f"/?view=week&on={SLOT.day}&without={consultants['Boris Kranjc']}")
    expect(admin.calendar.column(SLOT)).to_be_visible()
    expect(admin.calendar.event("Linked to")).to_have_count(0)


def test_a_click_shows_the_card_before_the_form(ana: Person, practice: Practice) -> None:
    link = practice.book(ANA, "At a glance", SLOT)["meeting"]["join_link"]
    ana.arrive(f"/?on={SLOT.day}")
    ana.calendar.shows("At a glance", SLOT).click()
    card = ana.calendar.card
    expect(card).to_contain_text("10:00–10:50")
    expect(card.get_by_role("link", name="Open Zoom")).to_have_attribute("href", link)
    expect(card.get_by_role("button", name="Copy link")).to_be_visible()
    expect(card.get_by_role("button", name="Edit")).to_be_focused()
    has_no_violations(ana.page, "the card")
    ana.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(ana.calendar.event("At a glance")).to_be_focused()
    ana.page.keyboard.press("Enter")
    card.get_by_role("button", name="Cancel session").click()
    ana.page.get_by_role("dialog").get_by_role("button", name="Cancel session").click()
    ana.is_told("Session cancelled")
    expect(ana.calendar.event("At a glance")).to_have_count(0)
    ana.page.keyboard.press("Control+z")
    ana.calendar.shows("At a glance", SLOT)
    assert practice.session("At a glance")["status"] == "planned"


def test_keys_turn_the_calendar_and_take_back_a_move(ana: Person, practice: Practice) -> None:
    practice.book(ANA, "Moved and back", SLOT)
    ana.arrive(f"/?on={SLOT.day}")
    press = ana.page.keyboard.press
    event = ana.calendar.shows("Moved and back", SLOT)
    event.focus()
    for key in ("m", "ArrowDown", "Enter"):
        press(key)
    ana.calendar.shows("Moved and back", SLOT.later(minutes=15))
    ana.is_told("Moved and back")
    expect(ana.page.get_by_role("button", name="Undo")).to_be_visible()
    press("Control+z")
    ana.calendar.shows("Moved and back", SLOT)
    ana.is_told("moved back to")
    for key, view in (("d", "Day"), ("m", "Month"), ("l", "List"), ("w", "Week")):
        ana.page.evaluate("document.activeElement.blur()")  # on a session, m moves it
        press(key)
        expect(ana.page.get_by_role("radio", name=view, exact=True)).to_be_checked()
    press("ArrowRight")
    expect(ana.calendar.column(SLOT.later(days=7))).to_be_visible()
    press("ArrowLeft")
    expect(ana.calendar.column(SLOT)).to_be_visible()
    press("?")
    sheet = ana.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_contain_text("Undo the last move or cancellation")
    press("Escape")
    expect(sheet).to_be_hidden()
    press("n")
    ana.form.is_open().close()
    press("t")
    expect(ana.calendar.column(SLOT)).to_have_count(0)
    press("/")
    expect(ana.page.get_by_role("searchbox")).to_be_focused()


def test_a_date_is_gone_to_by_typing_or_in_the_month(ana: Person) -> None:
    ana.arrive()
    expect(ana.calendar.title).not_to_be_empty()
    ana.page.keyboard.press("g")
    going = ana.page.get_by_role("dialog", name="Go to date")
    field = going.get_by_role("textbox", name="Go to date")
    field.fill("31.4.2027")
    field.press("Enter")
    expect(going).to_contain_text("This day does not exist.")
    has_no_violations(ana.page, "going to a date")
    field.fill(f"{SLOT.day.day}.{SLOT.day.month}.{SLOT.day.year}")
    field.press("Enter")
    expect(going).to_be_hidden()
    expect(ana.calendar.column(SLOT)).to_be_visible()
    ana.page.get_by_role("button", name="Go to date").click()
    other = SLOT.day + timedelta(days=1 if SLOT.day.day < 20 else -1)
    going.get_by_role("button", name=re.compile(rf"{other:%A},? {other.day} {other:%B %Y}")).click()
    expect(ana.page).to_have_url(re.compile("on="))
    ana.page.get_by_role("button", name="Go to date").click()
    going.get_by_role("button", name="Next month").click()
    ana.page.keyboard.press("Escape")
    expect(going).to_be_hidden()
