"""A person adds a passkey, signs in elsewhere with it alone, confirms with it, and is ended."""

import re
import time
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Locator, expect

from demo.practice import PASSWORD
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.virtual_device import VirtualDevice
from tests.joining import founded, invite
from tests.real_processes import Service

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
_LATER = "UPDATE login_sessions SET proved_at = proved_at - interval '6 minutes'"
_MENU = re.compile(": account menu of ")
_ASK = "fetch('/api/me').then((answer) => answer.status)"


def _settings(person: Person) -> Locator:
    person.page.get_by_role("button", name=_MENU).click()
    person.page.get_by_role("menuitem", name="Settings").click()
    return person.page.get_by_role("dialog", name="Settings")


def _add(settings: Locator, name: str) -> None:
    settings.get_by_role("button", name="Add a passkey").click()
    expect(settings.get_by_label("Name of the passkey")).to_be_focused()
    settings.get_by_label("Name of the passkey").fill(name)
    settings.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize("looks", [{}, PHONE], ids=["desk", "phone"])
def test_a_passkey_signs_in_alone_until_the_account_is_ended(
    new_server: Service, newcomer: Somebody, looks: dict[str, object]
) -> None:
    admin = new_server.stranger()
    admin.log_in(founded(new_server, "Ash Practice"), PASSWORD)
    pia = newcomer(f"{uuid4().hex[:8]}@example.net", kept=False, **looks)
    pia.go(f"/join#{invite(admin, 'Pia', pia.email)}")
    pia.page.get_by_label("Choose a password").fill(PASSWORD)
    pia.page.get_by_role("button", name="Accept and sign in").click()
    device = VirtualDevice(pia.page)
    settings = _settings(pia)
    settings.get_by_role("button", name="Add a passkey").click()
    has_no_violations_in_light_and_dark(pia.page, "naming a passkey")
    settings.get_by_role("button", name="Cancel").click()
    _add(settings, "Work laptop")
    expect(settings.get_by_role("heading", name="Your recovery codes")).to_be_focused()
    settings.get_by_role("button", name="I have saved them").click()
    factors = settings.get_by_role("list", name="Second factor")
    expect(factors).to_contain_text("Work laptop")
    has_no_violations_in_light_and_dark(pia.page, "the list of passkeys")

    other = newcomer(pia.email, kept=False, **looks)
    other.go("/")
    elsewhere = VirtualDevice(other.page)
    [passkey] = device.passkeys
    elsewhere.take(passkey)
    has_no_violations_in_light_and_dark(other.page, "signing in with a passkey")
    other.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(other.page.get_by_role("button", name=_MENU)).to_be_visible()

    pages = (pia.page, other.page)
    [person] = [one for one in admin.api("GET", "/api/people").json() if one["email"] == pia.email]
    admin.api("POST", f"/api/people/{person['id']}/end", json={"meetings": "keep"}).raise_for_status()
    ended_at = time.monotonic()
    assert [page.evaluate(_ASK) for page in pages] == [401, 401]
    assert time.monotonic() < ended_at + 1
    for page in pages:
        again = page.get_by_role("dialog", name="Sign in again")
        again.get_by_role("button", name="Sign in with a passkey").click()
        expect(again.get_by_role("alert")).to_contain_text("Calendra does not accept this passkey.")


def test_a_passkey_is_enough_at_the_second_step_and_to_confirm(new_server: Service, newcomer: Somebody) -> None:
    olga = newcomer(founded(new_server, "Elm Practice"), kept=False).arrive()
    device = VirtualDevice(olga.page)
    settings = _settings(olga)
    _add(settings, "Phone")
    settings.get_by_role("button", name="I have saved them").click()
    with psycopg.connect(new_server.environment["CALENDRA_DATABASE_URL"]) as connection:
        connection.execute(_LATER)
    settings.get_by_role("button", name="Make new codes").click()
    asked = olga.page.get_by_role("dialog", name="Enter your password to go on")
    device.recognises(False)
    asked.get_by_role("button", name="Use a passkey").click()
    expect(asked.get_by_role("status")).to_contain_text("No passkey was used.")
    has_no_violations_in_light_and_dark(olga.page, "confirming with a passkey")
    device.recognises(True)
    asked.get_by_role("button", name="Use a passkey").click()
    expect(settings.get_by_role("heading", name="Your recovery codes")).to_be_focused()
    settings.get_by_role("button", name="I have saved them").click()
    expect(settings.get_by_role("list", name="Second factor")).to_contain_text("Last used")
    _add(settings, "Phone again")
    expect(settings.get_by_role("status")).to_contain_text("This device already has a passkey for your account.")
    settings.get_by_role("button", name="Cancel").click()

    other = newcomer(olga.email, kept=False)
    other.go("/")
    VirtualDevice(other.page).take(device.passkeys[0])
    other.sign_in()
    has_no_violations_in_light_and_dark(other.page, "the second step with a passkey")
    other.page.get_by_role("button", name="Use a passkey").click()
    expect(other.page.get_by_role("button", name=_MENU)).to_be_visible()

    settings.get_by_role("button", name="Remove the passkey Phone").click()
    olga.is_told("The passkey “Phone” no longer works.")
    expect(settings.get_by_role("button", name="Remove the passkey Phone")).to_have_count(0)
