"""Every session can be read and hit, however many there are."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from playwright.sync_api import expect

from tests.demos import own_demo
from tests.e2e import crowd
from tests.e2e.conftest import Somebody, people
from tests.e2e.kept_browsers import KeptBrowsers, SignIns
from tests.e2e.legibility import PHONE, must_be_read
from tests.real_processes import ADMIN

SIGN_INS = SignIns()


@pytest.fixture(scope="module")
def crowded(chromium: str) -> Iterator[str]:
    """The address of a practice with sixty consultants and two hundred sessions in this week."""
    folder = Path(mkdtemp(prefix="calendra-crowd-"))
    with own_demo(folder) as (address, _):
        crowd.gather(address)
        yield address
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def member(browsers: KeptBrowsers, crowded: str) -> Iterator[Somebody]:
    yield from people(browsers, crowded, SIGN_INS)


@pytest.mark.parametrize(
    ("view", "width"), [("Work week", 1440), ("Work week", PHONE), ("Week", 1440), ("Week", PHONE)]
)
def test_sixty_consultants_and_two_hundred_sessions(member: Somebody, view: str, width: int) -> None:
    admin = member(ADMIN, viewport={"width": width, "height": 900}).arrive()
    admin.page.get_by_text(view, exact=True).click()
    drawn = admin.page.get_by_role("main").locator("[data-session]")
    expect(drawn.nth(20)).to_be_attached()
    # Up to three beside each other in a day: a session that is too short for two lines has one for time and title.
    for place in range(0, drawn.count(), 7):
        must_be_read(drawn.nth(place), width, title_may_end=True)
    if view == "Week":
        admin.page.locator(".column-more").first.click()
        listed = admin.page.get_by_role("dialog").locator("[data-session]")
        must_be_read(listed.first, width)
    else:
        assert drawn.filter(has_text=re.compile(r"Nr \d")).count() == crowd.SESSIONS
        expect(admin.page.get_by_role("columnheader", name="Žan Šuštar 42")).to_have_count(5)


def test_one_of_sixty_consultants_is_found(member: Somebody) -> None:
    admin = member(ADMIN, viewport={"width": 1024, "height": 700}).arrive()
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
