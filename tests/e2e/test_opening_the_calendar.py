"""How the calendar is found when it is opened: at the hours that matter, all days in sight, on one row of tools."""

import re

import pytest
from playwright.sync_api import FloatRect, Route, expect

from tests.e2e.axe import has_no_violations
from tests.e2e.calendar_view import box_of
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot, own_week, today
from tests.real_processes import ADMIN, ANA, BORIS
from tests.walk import wait_until

EMPTY_WEEK = own_week().replace(year=own_week().year + 2)
DRAFT = "00000000-0000-4000-8000-00000000000{}"


@pytest.mark.parametrize("locale", ["en-GB", "sl-SI"])
def test_seven_days_and_one_row_of_tools(somebody: Somebody, practice: Practice, locale: str) -> None:
    for email in (ANA, BORIS):
        practice.book(email, f"Beside {email}", Slot.of(0, "09:00"), online=False)
    for number in range(3):
        draft = {"booking_id": None, "form": {"title": f"Draft {number}"}}
        practice.of(ADMIN).api("PUT", f"/api/drafts/{DRAFT.format(number)}", json=draft).raise_for_status()
    admin = somebody(ADMIN, locale=locale)
    admin.sign_in_unseen()
    for width in (1024, 1280, 1440):
        admin.page.set_viewport_size({"width": width, "height": 800})
        admin.go(f"/?view=week&on={own_week()}")
        expect(admin.page.locator("[data-session]").first).to_be_visible()
        assert admin.calendar.scrolled()["beyond"] <= 0, f"at {width} the week is scrolled sideways"
        sunday = box_of(admin.page.get_by_role("columnheader").last)
        assert sunday["x"] + sunday["width"] <= width
        tools = box_of(admin.page.get_by_role("main").locator("header").first)
        assert tools["height"] < 70, f"at {width} the tools take two rows"


def test_the_hours_begin_at_the_first_session(ana: Person, practice: Practice) -> None:
    practice.book(ANA, "Late one", Slot.of(0, "11:00"), online=False)
    ana.arrive(f"/?view=week&on={own_week()}")
    expect(ana.calendar.event("Late one")).to_be_in_viewport()
    assert ana.calendar.scrolled()["hour"] == pytest.approx(10.5, abs=0.1)


def test_the_hours_of_an_empty_week_are_scrolled_by_keyboard(ana: Person) -> None:
    ana.arrive(f"/?view=week&on={EMPTY_WEEK}")
    has_no_violations(ana.page, "an empty week")
    assert ana.calendar.scrolled()["hour"] == pytest.approx(7.5, abs=0.1)
    ana.calendar.picker.focus()
    ana.page.keyboard.press("Tab")
    expect(ana.page.get_by_role("region", name="Days and hours; scroll with the arrow keys")).to_be_focused()
    ana.page.keyboard.press("ArrowDown")
    wait_until(lambda: ana.calendar.scrolled()["hour"] > 7.8, "the hours have moved")
    ana.page.wait_for_timeout(300)  # a key that comes while the hours still move may be dropped by the browser
    ana.page.keyboard.press("End")
    wait_until(lambda: ana.calendar.scrolled()["hour"] > 9, "the hours have moved")


def test_the_list_of_a_phone_waits_for_its_sessions_and_begins_with_today(somebody: Somebody) -> None:
    ana = somebody(ANA, viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True)
    held: list[Route] = []
    ana.page.route("**/api/bookings?*", lambda route: held.append(route))
    ana.arrive()
    expect(ana.page.get_by_role("main").get_by_role("status", name="Loading").last).to_be_visible()
    expect(ana.page.get_by_text("No sessions")).to_be_hidden()
    for route in held:
        route.continue_()
    ana.page.unroute("**/api/bookings?*")
    days = ana.page.locator(".list-day-header")
    expect(days.first).to_be_attached()
    dates = [str(one.get_attribute("data-date")) for one in days.all()]
    coming = [date for date in dates if date >= f"{today()}"]
    if coming:
        expect(ana.page.locator(f'.list-day-header[data-date="{coming[0]}"]')).to_be_in_viewport()


def test_what_an_address_cannot_mean_is_taken_out_of_it(admin: Person) -> None:
    admin.arrive(f"/?view=year&on=2026-02-31&with=nobody&draft={DRAFT.format(9)}&consultant=undefined&start=soon")
    admin.form.is_open()
    expect(admin.page).not_to_have_url(re.compile("undefined|year|02-31|nobody|soon"))
    expect(admin.page).to_have_url(re.compile(DRAFT.format(9)))


def test_a_new_session_of_an_admin_has_the_consultant_that_is_shown_or_none(admin: Person, practice: Practice) -> None:
    admin.arrive()
    form = admin.new_session()
    expect(form.consultant).to_have_value("")
    form.fill(clients=["Lea Kos"], slot=Slot.of(4, "16:00"), title="Whose")
    form.save()
    expect(form.dialog).to_contain_text("Choose the consultant who holds this session.")
    expect(form.consultant).to_be_focused()
    practice.no_session("Whose")
    form.close()
    admin.go(f"/?with={practice.ids[BORIS]}")
    expect(admin.new_session().consultant).to_have_value("Boris Kranjc")


def test_a_session_begins_on_the_page_of_its_client(ana: Person, practice: Practice) -> None:
    ana.arrive(f"/clients/{practice.client_ids['Lea Kos']}")
    form = ana.new_session()
    expect(form.pill("Lea Kos")).to_be_visible()
    form.fill(slot=Slot.of(4, "17:00"), title="From her page").save()
    ana.is_told("Session booked.")
    assert [one["name"] for one in practice.session("From her page")["clients"]] == ["Lea Kos"]


def test_the_sessions_of_a_client_keep_apart(somebody: Somebody, practice: Practice) -> None:
    practice.book(ANA, "A rather long title of a session", Slot.of(0, "10:00"), clients=("Eva Bizjak", "Jan Golob"))
    admin = somebody(ADMIN)
    admin.sign_in_unseen()
    for width in (1024, 1440):
        admin.page.set_viewport_size({"width": width, "height": 800})
        admin.go(f"/clients/{practice.client_ids['Eva Bizjak']}")
        row = admin.page.get_by_test_id("session-row").filter(has_text="A rather long title")
        join = row.get_by_role("link", name="Open Zoom")
        assert join.evaluate("one => one.querySelector('.mantine-Button-label').scrollWidth <= one.clientWidth")
        _keep_apart([box_of(part) for part in row.locator(":scope > *").all()])


def _keep_apart(boxes: list[FloatRect]) -> None:
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            )
            assert apart, (one, other)
