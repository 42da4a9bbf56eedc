"""What holds wherever one is: thumbs hit, notices push nothing out of reach, Escape closes one layer, the week begins
where the person's language has it begin."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.axe import has_no_violations
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
THUMB = 44  # pixels
# What can be hit and is lower than a thumb; links within a text are as high as their line.
_TOO_SMALL = """
thumb => [...document.querySelectorAll('button, input, a.mantine-Button-root, label.mantine-SegmentedControl-label')]
  .filter((one) => {
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.width > 2 && box.height > 2 && top && (one === top || one.contains(top));
  })
  .map((one) => (one.closest('.mantine-Input-wrapper') ?? one.labels?.[0]?.parentElement ?? one))
  .filter((one) => one.getBoundingClientRect().height < thumb - 0.5)
  .map((one) => `${one.getBoundingClientRect().height} ${one.outerHTML.slice(0, 160)}`)
"""


def _a_thumb_hits_everything(page: Page, place: str) -> None:
    page.wait_for_timeout(400)  # what slides in has arrived
    small = page.evaluate(_TOO_SMALL, THUMB)
    assert not small, "\n".join([place, *small])


def test_a_thumb_hits_everything_on_the_phone(somebody: Somebody, practice: Practice) -> None:
    practice.book(ANA, "Under the thumb", Slot.of(2, "09:00"))
    admin = somebody(ADMIN, **PHONE).arrive("/?view=week")
    page = admin.page
    admin.calendar.show_own_week()
    _a_thumb_hits_everything(page, "the list")
    admin.calendar.event("Under the thumb").click()
    expect(admin.calendar.card).to_be_visible()
    expect(admin.calendar.card).to_be_in_viewport(ratio=1)
    _a_thumb_hits_everything(page, "the quick card")
    page.keyboard.press("Escape")
    admin.new_session()
    _a_thumb_hits_everything(page, "the form")
    admin.form.dialog.get_by_role("button", name="Choose a date").click()
    expect(page.get_by_role("button", name=re.compile("^Next month"))).to_be_visible()
    _a_thumb_hits_everything(page, "the month")


def test_escape_closes_one_layer(ana: Person) -> None:
    ana.arrive()
    form, page = ana.new_session(), ana.page
    form.dialog.get_by_role("button", name="Choose a date").click()
    month = page.get_by_role("dialog", name="Choose a date")
    expect(month.get_by_role("button", name=re.compile("^Next month"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(month).to_be_hidden()
    for field in (form.start, form.clients):
        field.click()
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_be_hidden()
        form.is_open()
    page.keyboard.press("Escape")
    form.is_closed()


def test_notices_push_nothing_out_of_reach(somebody: Somebody, practice: Practice) -> None:
    for looks in ({"viewport": {"width": 1280, "height": 720}}, PHONE):
        admin = somebody(ADMIN, **looks).arrive("/?view=week")
        form = admin.new_session()  # its program is there before the network goes
        with admin.offline():
            expect(admin.banner).to_be_visible()
            expect(form.save_button).to_be_in_viewport(ratio=1)
            overflow = admin.page.locator("#sheet").evaluate("one => one.scrollHeight - one.clientHeight")
            assert overflow <= 0, "the calendar scrolls inside, not the page"


def test_a_short_week_below_a_banner_is_accessible(somebody: Somebody, practice: Practice) -> None:
    practice.book(ANA, "In a short week", Slot.of(2, "09:00"))
    admin = somebody(ADMIN, viewport={"width": 1440, "height": 700}).arrive("/?view=week")
    admin.calendar.show_own_week()
    with admin.offline():
        expect(admin.banner).to_be_visible()
        has_no_violations(admin.page, "a short week")


def test_the_week_begins_as_the_language_has_it(somebody: Somebody) -> None:
    for locale, first in (("en-US", "Sun"), ("en-GB", "Mon")):
        ana = somebody(ANA, locale=locale).arrive("/?view=week")
        expect(ana.calendar.sheet.get_by_role("columnheader").first).to_contain_text(first)


def test_a_client_belongs_to_the_clients(ana: Person, practice: Practice) -> None:
    client = practice.get("/api/clients")[0]
    ana.arrive(f"/clients/{client['id']}")
    way = ana.page.get_by_role("navigation").first.get_by_role("link", name="Clients")
    expect(way).to_have_attribute("aria-current", "page")
    day = ana.page.get_by_role("textbox", name="Date of contact")
    day.fill("3. 2. 2026")
    day.press("Tab")
    expect(day).to_have_value("3 Feb 2026")
