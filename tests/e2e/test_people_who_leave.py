"""An admin ends an account, gives the sessions to a colleague, and brings the person back by a link."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from demo.practice import PASSWORD
from domain.accounts.account import Role
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.joining import founded, join
from tests.real_processes import Service

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
NEW = "a second password for tests"


def _with_sessions_of_pia(new_server: Service, titles: tuple[str, ...], first: int = 2) -> tuple[str, str]:
    """The addresses of Olga, who is admin and consultant, and of Pia. The first session is `first` days from today."""
    olga, pia = founded(new_server, "Elm Practice", Role.CONSULTANT), f"{uuid4().hex[:8]}@example.net"
    admin = new_server.stranger()
    admin.log_in(olga, PASSWORD)
    person = join(admin, new_server.stranger(), "Pia", pia, PASSWORD)
    client = admin.api("POST", "/api/clients", json={"name": "Otto", "email": "otto@example.org"}).json()["id"]
    for days, title in enumerate(titles, start=first):
        begins = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
        slot = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(minutes=50)).isoformat()}
        form = {"consultant_id": person["id"], "client_ids": [client], **slot, "zone": "Europe/Ljubljana"}
        admin.api("POST", "/api/bookings", json=form | {"title": title}).raise_for_status()
    return olga, pia


def _choose(page: Page, item: str) -> None:
    page.get_by_role("button", name="Actions for Pia").click()
    page.get_by_role("menuitem", name=item).click()


def _row(page: Page) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Actions for Pia"))


def _day(days: int) -> str:
    """In the zone of the practice: late in the evening it is a day ahead of UTC."""
    return f"{datetime.now(ZoneInfo('Europe/Ljubljana')) + timedelta(days=days):%Y-%m-%d}"


def _is_in_the_day_view(olga: Person) -> None:
    """The session that is still Pia's, although she is no consultant any more."""
    olga.go(f"/?view=day&on={_day(3)}")
    expect(olga.page.get_by_text("Second talk").first).to_be_visible()
    olga.go("/practice")


@pytest.mark.parametrize("looks", [{}, PHONE], ids=["desk", "phone"])
def test_a_person_leaves_and_comes_back(new_server: Service, newcomer: Somebody, looks: dict[str, object]) -> None:
    olga_email, pia_email = _with_sessions_of_pia(new_server, ("First talk", "Second talk"))
    olga = newcomer(olga_email, **looks).arrive("/practice")
    page = olga.page
    expect(_row(page)).to_contain_text("Last sign-in")
    _choose(page, "End account …")
    dialog = page.get_by_role("dialog", name="End the account of Pia")
    expect(dialog).to_contain_text("2 upcoming sessions: reassign them now or later")
    has_no_violations_in_light_and_dark(page, "ending an account")
    dialog.get_by_role("button", name="Reassign to Olga: “First talk”").click()
    olga.is_told("“First talk” reassigned to Olga.")
    expect(dialog).to_contain_text("1 upcoming session: reassign it now or later")
    dialog.get_by_role("button", name="End account").click()
    olga.is_told("The account of Pia has ended.")
    expect(_row(page)).to_contain_text("Ended")
    expect(_row(page)).to_contain_text("1 upcoming session needs another consultant.")
    _is_in_the_day_view(olga)
    _choose(page, "Reassign sessions …")
    left = page.get_by_role("dialog", name="Sessions of Pia")
    left.get_by_role("button", name="Reassign to Olga: “Second talk”").click()
    expect(left).to_contain_text("No upcoming sessions.")
    left.get_by_role("button", name="Done").click()
    expect(_row(page)).not_to_contain_text("needs another consultant")
    _choose(page, "Bring back …")
    back = page.get_by_role("dialog", name="Bring Pia back")
    back.get_by_role("button", name="Bring back and create link").click()
    link = back.get_by_role("textbox", name="Link for Pia").input_value()
    has_no_violations_in_light_and_dark(page, "a link for a new password")
    back.get_by_role("button", name="Done").click()
    expect(_row(page)).to_contain_text("Reset link works until")
    pia = newcomer(pia_email, **looks)
    pia.go(link)
    expect(pia.page.get_by_role("heading", name="Choose a new password")).to_be_visible()
    expect(pia.page.locator("body")).to_contain_text(pia_email)
    has_no_violations_in_light_and_dark(pia.page, "choosing a new password")
    pia.page.get_by_label("Choose a password").fill(NEW)
    pia.page.get_by_role("button", name="Save and sign in").click()
    pia.is_told("Your new password is saved.")
    pia.go(link)
    expect(pia.page.get_by_role("alert")).to_contain_text("was already used")


@pytest.mark.parametrize("looks", [{}, PHONE], ids=["desk", "phone"])
def test_a_person_who_left_is_erased_and_old_sessions_name_a_former_colleague(
    new_server: Service, newcomer: Somebody, looks: dict[str, object]
) -> None:
    olga_email, pia_email = _with_sessions_of_pia(new_server, ("Long ago",), first=-2)
    olga = newcomer(olga_email, **looks).arrive("/practice")
    page = olga.page
    _choose(page, "End account …")
    page.get_by_role("dialog").get_by_role("button", name="End account").click()
    olga.is_told("The account of Pia has ended.")
    _choose(page, "Erase data …")
    dialog = page.get_by_role("dialog", name="Erase the data of Pia")
    expect(dialog.get_by_role("button", name="Erase", exact=True)).to_be_disabled()
    has_no_violations_in_light_and_dark(page, "erasing a person who left")
    dialog.get_by_role("checkbox", name="I understand that this cannot be undone").check()
    dialog.get_by_role("button", name="Erase", exact=True).click()
    done = page.get_by_role("dialog", name="The data are erased")
    expect(done.get_by_test_id("receipt")).to_contain_text("name and address of 1 person")
    done.get_by_role("button", name="Close").last.click()
    expect(page.get_by_text(pia_email)).to_have_count(0)
    expect(page.get_by_text("Olga erased the data of a person who left.")).to_be_visible()
    expect(page.get_by_text("Pia")).to_have_count(0)
    olga.go(f"/?view=day&on={_day(-2)}")
    expect(page.get_by_text("Long ago").first).to_be_visible()
    expect(page.get_by_text("Former colleague").first).to_be_visible()
    expect(page.get_by_text("Pia")).to_have_count(0)
