"""The security log on the page: an admin finds there who signed in, and narrows it down."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import Somebody
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import ADMIN, ANA, BORIS
from tests.walk import wait_until


@pytest.fixture
def guessed(practice: Practice) -> None:
    """A stranger guessed at Boris's password."""
    with Browser(practice.address) as stranger:
        stranger.api("POST", "/api/login", json={"email": BORIS, "password": uuid4().hex})
    refused = "/api/security-log?outcome=refused"
    wait_until(lambda: practice.get(refused)["items"], "the refused sign-in is recorded")


@pytest.mark.usefixtures("guessed")
def test_an_admin_finds_a_refused_sign_in(admin: Person, practice: Practice) -> None:
    with Browser(practice.address) as ana:
        ana.log_in(ANA, PASSWORD)
    admin.arrive("/practice")
    admin.page.get_by_role("link", name="Open the security log").click()
    expect(admin.page.get_by_role("heading", name="Security log")).to_be_visible()
    expect(admin.page.get_by_text("Ana Novak signed in").first).to_be_visible()
    admin.page.get_by_role("combobox", name="Events").click()
    admin.page.get_by_role("option", name="Refused attempts").click()
    refused = admin.page.get_by_text("A sign-in as Boris Kranjc was refused: wrong password").first
    expect(refused).to_be_visible()
    expect(admin.page.get_by_text("Ana Novak signed in")).to_have_count(0)
    admin.page.get_by_role("combobox", name="Person").fill("Bo")
    admin.page.get_by_role("option", name="Boris Kranjc").click()
    expect(admin.page.get_by_role("listitem").filter(has_text="as Boris Kranjc was refused").first).to_be_visible()
    expect(admin.page.get_by_role("listitem").filter(has_not_text="Boris Kranjc")).to_have_count(0)
    admin.page.reload()
    expect(refused).to_be_visible()
    has_no_violations_in_light_and_dark(admin.page, "the security log")


def test_the_export_is_a_file(admin: Person) -> None:
    admin.arrive("/practice/security-log")
    with admin.page.expect_download() as download:
        admin.page.get_by_role("button", name="Export as CSV").click()
    assert download.value.suggested_filename == "calendra-security-log.csv"


def test_a_consultant_is_told_to_ask_an_admin(ana: Person) -> None:
    ana.arrive("/practice/security-log")
    expect(ana.page.get_by_text("Only admins see the security log")).to_be_visible()


@pytest.mark.usefixtures("guessed")
def test_it_can_be_read_on_a_phone_in_slovene(somebody: Somebody) -> None:
    admin = somebody(ADMIN, viewport={"width": 390, "height": 844}, locale="sl-SI", has_touch=True)
    admin.sign_in_unseen()
    admin.go("/practice/security-log")
    expect(admin.page.get_by_text("Zavrnjena prijava z napačnim geslom: Boris Kranjc").first).to_be_visible()
    assert admin.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
