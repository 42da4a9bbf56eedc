"""The calendar, looked at and used with a mouse."""

import re

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.e2e.slots import WEEKS_AHEAD, Slot

_SCROLLED = """
(sheet) => {
  const parts = [...sheet.querySelectorAll('[data-settled] div')];
  const scrolling = parts.filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowY));
  const area = (one) => one.clientWidth * one.clientHeight;
  const main = scrolling.sort((one, other) => area(other) - area(one))[0];
  return { hour: (main.scrollTop / main.scrollHeight) * 24, beyond: main.scrollWidth - main.clientWidth };
}
"""


class CalendarView:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.sheet = page.get_by_role("main")
        self.title = self.sheet.get_by_role("heading", level=1)
        self.picker = page.get_by_role("application", name="Choose a free time by keyboard")
        self.card = page.get_by_test_id("quick-card")
        self.unfinished = page.get_by_role("button", name=re.compile(r"\d+ drafts?"))

    def show_own_week(self) -> "CalendarView":
        """The week of the tests, some clicks from today."""
        self.page.get_by_role("button", name="Today", exact=True).click()
        for _ in range(WEEKS_AHEAD):
            self.page.get_by_role("button", name="Next week", exact=True).click()
        expect(self.column(Slot.of(0, "09:00"))).to_be_visible()
        return self

    def column(self, slot: Slot) -> Locator:
        return self.sheet.get_by_role("columnheader", name=slot.column)

    def event(self, title: str) -> Locator:
        return self.sheet.get_by_role("button", name=re.compile(rf"\b{re.escape(title)}\b"))

    def shows(self, title: str, slot: Slot) -> Locator:
        event = self.event(title)
        expect(event).to_have_count(1)
        expect(event).to_contain_text(slot.hours)
        return event

    def opens(self, title: str, slot: Slot) -> None:
        """Its form, by way of the card that a click shows."""
        self.shows(title, slot).click()
        self.card.get_by_role("button", name="Edit").click()

    def scrolled(self) -> dict[str, float]:
        """How far: `hour` is the first one that is seen, `beyond` what of the days lies outside, in pixels."""
        expect(self.sheet.locator("[data-settled]")).to_be_visible()
        return dict(self.sheet.evaluate(_SCROLLED))

    def opens_draft(self, title: str) -> None:
        self.unfinished.click()
        self.page.get_by_role("menuitem", name=re.compile(rf"^{re.escape(title)}")).click()

    def drag(self, grip: tuple[float, float], by: tuple[float, float]) -> None:
        mouse = self.page.mouse
        mouse.move(*grip)
        mouse.down()
        mouse.move(grip[0] + by[0] / 2, grip[1] + by[1] / 2, steps=4)
        mouse.move(grip[0] + by[0], grip[1] + by[1], steps=4)
        mouse.up()

    def move(self, event: Locator, *, minutes: int = 0, days: int = 0) -> None:
        box = box_of(event)
        self.drag((box["x"] + 20, box["y"] + 6), (days * self.day_width(), minutes * self.minute_height(event)))

    def resize(self, event: Locator, *, minutes: int) -> None:
        event.hover()
        box = box_of(event)
        self.drag((box["x"] + box["width"] / 2, box["y"] + box["height"] - 2), (0, minutes * self.minute_height(event)))

    def day_width(self) -> float:
        one, other = (box_of(self.column(Slot.of(day, "09:00"))) for day in (0, 1))
        return other["x"] - one["x"]

    def minute_height(self, event: Locator) -> float:
        """By the length that the session's own text says."""
        hours = re.search(r"(\d\d):(\d\d)–(\d\d):(\d\d)", event.text_content() or "")
        assert hours, "the session is drawn without its time"
        from_hour, from_minute, to_hour, to_minute = map(int, hours.groups())
        return box_of(event)["height"] / ((to_hour - from_hour) * 60 + to_minute - from_minute)


def box_of(locator: Locator) -> FloatRect:
    box = locator.bounding_box()
    assert box, f"{locator} is not on the page"
    return box
