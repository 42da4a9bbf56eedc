"""Every session can be read and hit, however many there are."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.demos import own_demo
from tests.e2e import crowd
from tests.e2e.legibility import seen_of
from tests.e2e.person import Person
from tests.running import ADMIN

PHONE = 390
THUMB, POINTER = 44, 24  # pixels: what can be hit


def _must_be_read(event: Locator, width: int) -> None:
    expect(event).to_be_visible()
    seen = seen_of(event)
    assert (seen.time, seen.title, seen.cut) == (True, True, 0), f"{seen} of {event.text_content()}"
    least = THUMB if width == PHONE else POINTER
    assert min(seen.width, seen.height) >= least - 2, seen  # a border of a pixel on either side


@pytest.fixture(scope="module")
def crowded(chromium: str) -> Iterator[str]:
    """The address of a practice with sixty consultants and two hundred sessions in this week."""
    folder = Path(mkdtemp(prefix="calendra-crowd-"))
    with own_demo(folder) as (address, _):
        crowd.gather(address)
        yield address
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize(("view", "width"), [("Work week", 1440), ("Work week", PHONE), ("Week", PHONE)])
def test_sixty_consultants_and_two_hundred_sessions(browser: Browser, crowded: str, view: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="en-GB", timezone_id="Europe/Ljubljana"
    )
    admin = Person(context, crowded, ADMIN).arrive()
    admin.page.get_by_text(view, exact=True).click()
    drawn = admin.page.get_by_role("main").locator("[data-session]")
    expect(drawn.nth(20)).to_be_attached()
    for place in range(0, drawn.count(), 7):
        _must_be_read(drawn.nth(place), width)
    if view == "Week":
        admin.page.locator(".column-more").first.click()
        listed = admin.page.get_by_role("dialog").locator("[data-session]")
        _must_be_read(listed.first, width)
    else:
        assert drawn.count() == crowd.SESSIONS
        expect(admin.page.get_by_role("columnheader", name="Žan Šuštar 42")).to_have_count(5)
    context.close()


def test_one_of_sixty_consultants_is_found(browser: Browser, crowded: str) -> None:
    context = browser.new_context(viewport={"width": 1024, "height": 700}, locale="en-GB")
    admin = Person(context, crowded, ADMIN).arrive()
    page = admin.page
    page.get_by_role("button", name="All consultants").click()
    group = page.get_by_role("group", name="Consultants")
    expect(group.get_by_role("checkbox")).to_have_count(crowd.CONSULTANTS)
    box = group.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 700, "the list of consultants leaves the screen"
    page.get_by_label("Find a consultant").fill("sustar 42 zan")
    expect(group.get_by_role("checkbox")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Žan Šuštar 42", exact=True)).to_be_visible()
    page.get_by_label("Find a consultant").fill("")
    page.keyboard.press("ArrowDown")
    expect(group.get_by_role("checkbox").first).to_be_focused()
    page.get_by_role("button", name="Select all").click()
    expect(page.get_by_role("button", name="All consultants")).to_be_visible()
    context.close()
