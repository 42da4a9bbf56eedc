"""A login that nobody uses ends: the page warns before, and what was typed is there after signing in again."""

import psycopg
from playwright.sync_api import Locator, Page, expect

from demo.practice import PASSWORD
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import Somebody
from tests.joining import founded
from tests.real_processes import Service

UNATTENDED = 10_500  # milliseconds after the last touch: what the page asks then is no use
_UNUSED = "UPDATE login_sessions SET used_at = now() - %s * interval '1 second'"
_FORGET = "SELECT pg_notify('calendra_logins', json_build_array(organization_id, account_id)::text) FROM login_sessions"


def _left_alone(new_server: Service, page: Page, left: int, shown: Locator) -> None:
    """Nobody has used the login until so many seconds are left. Then the page is looked at, and asks, until it shows
    this: the server may still remember the use from before."""
    page.wait_for_timeout(UNATTENDED)
    with psycopg.connect(new_server.environment["CALENDRA_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(_UNUSED, [15 * 60 - left])
        connection.execute(_FORGET)
    for _ in range(30):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(500)
        if shown.is_visible():
            return


def test_the_page_warns_and_keeps_what_was_typed(new_server: Service, newcomer: Somebody) -> None:
    olga = newcomer(founded(new_server, "Ash Practice")).arrive("/practice")
    page = olga.page
    olga.choose("Sign people out", "15 minutes")
    page.get_by_role("button", name="Save the time").click()
    olga.is_told("Time saved.")
    page.get_by_role("button", name="Invite a colleague").last.click()
    name = page.get_by_role("dialog", name="Invite a colleague").get_by_label("Name", exact=True)
    name.fill("Pia")

    warning = page.get_by_role("dialog", name="You will be signed out in a minute")
    _left_alone(new_server, page, 55, warning)
    expect(warning).to_contain_text("seconds")
    has_no_violations_in_light_and_dark(page, "the warning before a login ends")
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    expect(name).to_have_value("Pia")

    again = page.get_by_role("dialog", name="Sign in again")
    _left_alone(new_server, page, 6, again)
    expect(again).to_be_visible()
    expect(warning).to_be_hidden()
    again.get_by_label("Password", exact=True).fill(PASSWORD)
    again.get_by_role("button", name="Sign in", exact=True).click()
    expect(again).to_be_hidden()
    expect(name).to_have_value("Pia")
