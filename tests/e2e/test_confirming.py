"""What needs the password again asks for it in the middle of the work, and goes on with what was typed."""

import re

import psycopg
import pytest
from playwright.sync_api import Locator, expect

from demo.practice import PASSWORD
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.joining import founded
from tests.real_processes import Service

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
_LATER = "UPDATE login_sessions SET proved_at = proved_at - interval '6 minutes'"


def _six_minutes_later(new_server: Service) -> None:
    with psycopg.connect(new_server.environment["CALENDRA_DATABASE_URL"]) as connection:
        connection.execute(_LATER)


def _asked(person: Person) -> Locator:
    return person.page.get_by_role("dialog", name="Enter your password to go on")


@pytest.mark.parametrize("looks", [{}, PHONE], ids=["desk", "phone"])
def test_an_invitation_waits_for_the_password_and_then_is_made(
    new_server: Service, newcomer: Somebody, looks: dict[str, object]
) -> None:
    olga = newcomer(founded(new_server, "Ash Practice"), **looks).arrive("/practice")
    page, asked = olga.page, _asked(olga)
    page.get_by_role("button", name="Invite a colleague").last.click()
    form = page.get_by_role("dialog", name="Invite a colleague")
    form.get_by_label("Name", exact=True).fill("Pia")
    form.get_by_label("E-mail address").fill(f"pia.of.{olga.email}")
    _six_minutes_later(new_server)
    form.get_by_role("button", name="Create link").click()
    expect(asked.get_by_label("Password", exact=True)).to_be_focused()
    has_no_violations_in_light_and_dark(page, "the password again")
    asked.get_by_role("button", name="Cancel").click()
    expect(asked).to_be_hidden()
    expect(form.get_by_role("alert")).to_contain_text("This needs your password again. Nothing was changed.")
    expect(form.get_by_label("Name", exact=True)).to_have_value("Pia")
    form.get_by_role("button", name="Create link").click()
    asked.get_by_label("Password", exact=True).fill("not the password")
    asked.get_by_role("button", name="Go on").click()
    expect(asked.get_by_role("alert")).to_contain_text("incorrect")
    asked.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(form.get_by_role("textbox", name="Link for Pia")).to_have_value(re.compile("/join#"))
    expect(asked).to_be_hidden()
    form.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Revoke the invitation for Pia").click()
    olga.is_told("Invitation for Pia revoked.")  # within five minutes it asks no more


def test_an_export_waits_for_the_password_and_is_then_a_file(new_server: Service, newcomer: Somebody) -> None:
    olga = newcomer(founded(new_server, "Elm Practice")).arrive("/practice/security-log")
    page, asked = olga.page, _asked(olga)
    export = page.get_by_role("button", name="Export as CSV")
    _six_minutes_later(new_server)
    export.click()
    asked.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert")).to_contain_text("This needs your password again.")
    export.click()
    asked.get_by_label("Password", exact=True).fill(PASSWORD)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "calendra-security-log.csv"
    assert "login_confirmed" in download.value.path().read_text()
