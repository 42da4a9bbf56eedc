"""A printed week: every session on it, dark on white, and nothing that could be clicked."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Somebody
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA, BORIS

EARLY, LATE = Slot.of(0, "05:00"), Slot.of(6, "21:30")


@pytest.mark.parametrize(("scheme", "view"), [("dark", "week"), ("light", "list")])
def test_a_week_is_printed(somebody: Somebody, practice: Practice, scheme: str, view: str) -> None:
    practice.book(ANA, "Before breakfast", EARLY)
    practice.book(BORIS, "At night", LATE, online=False)
    admin = somebody(ADMIN, color_scheme=scheme).arrive(f"/?view={view}&on={EARLY.day}")
    expect(admin.calendar.event("Before breakfast")).to_be_attached()
    admin.page.emulate_media(media="print")
    expect(admin.page.get_by_role("heading", level=1)).to_be_visible()
    for title, people in (("Before breakfast", "Ana Novak"), ("At night", "Boris Kranjc")):
        row = admin.page.get_by_role("row").filter(has=admin.page.get_by_role("rowheader", name=title, exact=True))
        expect(row).to_contain_text(people)
        colours = "one => [getComputedStyle(one).color, getComputedStyle(document.body).backgroundColor]"
        assert row.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    expect(admin.page.get_by_role("button")).to_have_count(0)
    expect(admin.page.get_by_role("navigation")).to_have_count(0)
