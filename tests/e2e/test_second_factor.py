"""A person sets up a second factor, signs in with it, and confirms with it."""

import re
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Locator, expect
from pyotp import TOTP

from demo.practice import PASSWORD
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.joining import founded, join
from tests.real_processes import Service

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
_LATER = "UPDATE login_sessions SET proved_at = proved_at - interval '6 minutes'"
_ANOTHER_CODE = "UPDATE authenticator_apps SET last_step = NULL"  # instead of waiting for half a minute


def _told(new_server: Service, statement: str) -> None:
    with psycopg.connect(new_server.environment["CALENDRA_DATABASE_URL"]) as connection:
        connection.execute(statement.encode())


def _settings(person: Person) -> Locator:
    person.page.get_by_role("button", name=re.compile(": account menu of ")).click()
    person.page.get_by_role("menuitem", name="Settings").click()
    return person.page.get_by_role("dialog", name="Settings")


def _set_up(settings: Locator) -> TOTP:
    settings.get_by_role("button", name="Set up an authenticator app").click()
    key = settings.get_by_text(re.compile(r"^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$")).inner_text()
    totp = TOTP(key.replace(" ", ""))
    settings.get_by_label("Code", exact=True).fill(totp.now())
    settings.get_by_role("button", name="Confirm").click()
    expect(settings.get_by_role("heading", name="Your recovery codes")).to_be_focused()
    return totp


@pytest.mark.parametrize("looks", [{}, PHONE], ids=["desk", "phone"])
def test_an_app_is_set_up_and_then_needed_to_sign_in(
    new_server: Service, newcomer: Somebody, looks: dict[str, object]
) -> None:
    olga = newcomer(founded(new_server, "Ash Practice"), kept=False, **looks).arrive()
    settings = _settings(olga)
    settings.get_by_role("button", name="Set up an authenticator app").click()
    expect(settings.get_by_label("Code", exact=True)).to_be_focused()
    expect(settings.get_by_role("img", name="QR code for the authenticator app")).to_be_visible()
    has_no_violations_in_light_and_dark(olga.page, "setting up an app")
    settings.get_by_role("button", name="Cancel").click()
    totp = _set_up(settings)
    codes = settings.get_by_role("list", name="Recovery codes").get_by_role("listitem").all_inner_texts()
    assert len(codes) == 10
    has_no_violations_in_light_and_dark(olga.page, "recovery codes")
    with olga.page.expect_download() as downloaded:
        settings.get_by_role("button", name="Download").click()
    assert codes[9] in Path(downloaded.value.path()).read_text()
    settings.get_by_role("button", name="I have saved them").click()
    expect(settings.get_by_text("10 codes left")).to_be_visible()

    other = newcomer(olga.email, kept=False, **looks)
    other.go("/")
    other.sign_in()
    expect(other.page.get_by_label("Code", exact=True)).to_be_focused()
    has_no_violations_in_light_and_dark(other.page, "the second step")
    other.page.keyboard.type("000000")
    other.page.keyboard.press("Enter")
    expect(other.page.get_by_role("alert")).to_contain_text("This code is incorrect or was already used.")
    _told(new_server, _ANOTHER_CODE)
    other.page.get_by_label("Code", exact=True).fill(totp.now())
    other.page.keyboard.press("Enter")
    expect(other.page.get_by_role("button", name=re.compile(": account menu of "))).to_be_visible()

    third = newcomer(olga.email, kept=False, **looks)
    third.go("/")
    third.sign_in()
    third.page.get_by_role("button", name="Use a recovery code").click()
    third.page.get_by_label("Recovery code", exact=True).fill(codes[0].upper())
    third.page.keyboard.press("Enter")
    expect(third.page.get_by_role("button", name=re.compile(": account menu of "))).to_be_visible()
    expect(_settings(third).get_by_text("9 codes left")).to_be_visible()


def test_the_confirmation_asks_for_a_code_too(new_server: Service, newcomer: Somebody) -> None:
    olga = newcomer(founded(new_server, "Elm Practice"), kept=False).arrive()
    settings = _settings(olga)
    totp = _set_up(settings)
    settings.get_by_role("button", name="I have saved them").click()
    _told(new_server, _LATER)
    _told(new_server, _ANOTHER_CODE)
    settings.get_by_role("button", name="Remove the authenticator app").click()
    asked = olga.page.get_by_role("dialog", name="Enter your password to go on")
    asked.get_by_label("Password", exact=True).fill(PASSWORD)
    asked.get_by_label("Code from your authenticator app").fill(totp.now())
    has_no_violations_in_light_and_dark(olga.page, "the confirmation with a code")
    olga.page.keyboard.press("Enter")
    olga.is_told("Removed. It is no longer needed to sign in.")
    expect(settings.get_by_text("Not set up")).to_be_visible()


def test_an_admin_resets_the_factor_of_a_colleague(new_server: Service, newcomer: Somebody) -> None:
    olga_email, pia_email = founded(new_server, "Fir Practice"), f"{uuid4().hex[:8]}@example.net"
    admin = new_server.stranger()
    admin.log_in(olga_email, PASSWORD)
    join(admin, new_server.stranger(), "Pia", pia_email, PASSWORD)
    pia = newcomer(pia_email, kept=False).arrive()
    _set_up(_settings(pia)).now()
    olga = newcomer(olga_email, kept=False).arrive("/practice")
    expect(olga.page.get_by_text("Second factor: authenticator app")).to_be_visible()
    olga.page.get_by_role("button", name="Actions for Pia").click()
    olga.page.get_by_role("menuitem", name="Reset second factor").click()
    asked = olga.page.get_by_role("dialog", name="Reset the second factor of Pia?")
    has_no_violations_in_light_and_dark(olga.page, "resetting a second factor")
    asked.get_by_role("button", name="Reset", exact=True).click()
    olga.is_told("Second factor of Pia reset.")
    expect(olga.page.get_by_text("Second factor: authenticator app")).to_be_hidden()
    expect(pia.page.get_by_role("dialog", name="Sign in again")).to_be_visible()
    newcomer(pia_email, kept=False).arrive()


def test_a_practice_demands_one_and_people_come_back_to_where_they_were(
    new_server: Service, newcomer: Somebody
) -> None:
    olga_email, pia_email = founded(new_server, "Yew Practice"), f"{uuid4().hex[:8]}@example.net"
    admin = new_server.stranger()
    admin.log_in(olga_email, PASSWORD)
    join(admin, new_server.stranger(), "Pia", pia_email, PASSWORD)
    olga = newcomer(olga_email, kept=False).arrive()
    settings = _settings(olga)
    _set_up(settings)
    settings.get_by_role("button", name="I have saved them").click()
    olga.page.keyboard.press("Escape")
    olga.go("/practice")
    demand = olga.page.get_by_role("form", name="Second factor")
    has_no_violations_in_light_and_dark(olga.page, "demanding a second factor")
    olga.choose("Require it from", "now")
    demand.get_by_role("button", name="Require a second factor").click()
    olga.is_told("Saved.")
    expect(demand.get_by_role("button", name="Leave it to each person")).to_be_visible()

    pia = newcomer(pia_email, kept=False)
    pia.go("/clients")
    pia.sign_in()
    expect(pia.page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    has_no_violations_in_light_and_dark(pia.page, "a second factor is needed")
    here = pia.page.get_by_role("main")
    _set_up(here)
    here.get_by_role("button", name="I have saved them").click()
    here.get_by_role("button", name="Go on").click()
    expect(pia.page.get_by_role("heading", name="Clients", exact=True)).to_be_visible()
