"""A login that nobody uses ends: the page warns before, and what was typed is there after signing in again."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from playwright.sync_api import Page, expect

from demo.practice import PASSWORD
from tests.database import DatabaseServer, fresh_database
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import people
from tests.e2e.kept_browsers import KeptBrowsers, SignIns
from tests.e2e.new_practice import nothing_yet
from tests.e2e.person import Person
from tests.joining import founded
from tests.real_processes import Service

UNATTENDED = 10_500  # milliseconds after the last touch: what the page asks then is no use
_UNUSED = "UPDATE login_sessions SET used_at = now() - %s * interval '1 second'"
_FORGET = "SELECT pg_notify('calendra_logins', json_build_array(organization_id, account_id)::text) FROM login_sessions"


@pytest.fixture(autouse=True)
def known_state() -> None:
    """The demo is not asked here."""


@pytest.fixture(scope="module")
def running(chromium: str, database_server: DatabaseServer) -> Iterator[Service]:
    with (
        fresh_database(database_server) as address,
        nothing_yet(address, Path(mkdtemp(prefix="calendra-e2e-"))) as begun,
    ):
        yield begun[0]


@pytest.fixture
def somebody_here(browsers: KeptBrowsers, running: Service) -> Iterator[Callable[..., Person]]:
    yield from people(browsers, running.environment["CALENDRA_PUBLIC_ADDRESS"], SignIns())


def _left_alone(running: Service, page: Page, left: int) -> None:
    """Nobody has used the login until so many seconds are left. Then the page is looked at, and asks."""
    page.wait_for_timeout(UNATTENDED)
    with psycopg.connect(running.environment["CALENDRA_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(_UNUSED, [15 * 60 - left])
        connection.execute(_FORGET)
    page.wait_for_timeout(500)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_page_warns_and_keeps_what_was_typed(running: Service, somebody_here: Callable[..., Person]) -> None:
    olga = somebody_here(founded(running, "Ash Practice")).arrive("/practice")
    page = olga.page
    page.get_by_role("combobox", name="Sign people out").click()
    page.get_by_role("option", name="15 minutes").click()
    page.get_by_role("button", name="Save the time").click()
    olga.is_told("Time saved.")
    page.get_by_role("button", name="Invite a colleague").last.click()
    name = page.get_by_role("dialog", name="Invite a colleague").get_by_label("Name", exact=True)
    name.fill("Pia")

    warning = page.get_by_role("dialog", name="You will be signed out in a minute")
    _left_alone(running, page, left=55)
    expect(warning).to_contain_text("seconds")
    has_no_violations_in_light_and_dark(page, "the warning before a login ends")
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    expect(name).to_have_value("Pia")

    _left_alone(running, page, left=6)
    expect(warning).to_be_visible()
    again = page.get_by_role("dialog", name="Sign in again")
    expect(again).to_be_visible()
    expect(warning).to_be_hidden()
    again.get_by_label("Password", exact=True).fill(PASSWORD)
    again.get_by_role("button", name="Sign in", exact=True).click()
    expect(again).to_be_hidden()
    expect(name).to_have_value("Pia")
