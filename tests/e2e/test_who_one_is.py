"""A4: a page belongs to the account that opened it; a person who signs in later in the same browser gets a new one."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.forms import SLOT, TITLE
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import ANA, BORIS


def test_another_account_in_another_tab_ends_this_page(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session().fill(clients=["Eva Bizjak"], slot=SLOT, title=TITLE)
    of_ana = ana.page
    ana.look_at(ana.new_tab())
    ana.go("/")
    ana.sign_out()
    ana.sign_in(email=BORIS)
    expect(ana.page.get_by_role("button", name="BK: account menu of Boris Kranjc")).to_be_visible()
    changed = of_ana.get_by_role("dialog", name="Another account is signed in")
    _shows_nothing_but(changed, of_ana)
    expect(changed).to_contain_text("Boris Kranjc is now signed in in this browser")
    assert ana.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('calendra-draft/'))") == []
    changed.get_by_role("button", name="Reload Calendra").click()
    expect(of_ana.get_by_role("button", name="BK: account menu of Boris Kranjc")).to_be_visible()
    practice.no_session(TITLE)
    assert practice.get("/api/drafts", by=BORIS) == []


def _shows_nothing_but(dialog: Locator, page: Page) -> None:
    """Neither visible nor read by a screen reader."""
    expect(dialog).to_be_visible()
    for hidden in (page.get_by_role("dialog", name="New session"), page.get_by_role("main")):
        expect(hidden).to_be_hidden()
    expect(page.locator("[data-session]:visible")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Title")).to_have_count(0)
    expect(page).to_have_title("Calendra")


def test_the_server_refuses_what_a_page_of_another_account_saves(ana: Person, practice: Practice) -> None:
    """Also where no tab is notified, for example after a sign-in in another window of the same profile."""
    ana.arrive()
    ana.new_session().fill(clients=["Eva Bizjak"], slot=SLOT, title=TITLE)
    ana.sign_in_unseen(BORIS)
    ana.page.evaluate("document.querySelector('form button[type=submit]').click()")  # also behind the dialog
    expect(ana.page.get_by_role("dialog", name="Another account is signed in")).to_be_visible()
    practice.no_session(TITLE)


def test_the_same_account_in_another_tab_brings_this_page_back(ana: Person) -> None:
    ana.arrive()
    ana.new_session().fill(title=TITLE)
    working = ana.page
    ana.look_at(ana.new_tab())
    ana.go("/")
    ana.sign_out()
    again = working.get_by_role("dialog", name="Sign in again")
    _shows_nothing_but(again, working)
    ana.sign_in(email=ANA)
    expect(again).to_be_hidden()
    ana.look_at(working)
    expect(working).not_to_have_title("Calendra")
    ana.form.shows(title=TITLE)


def test_what_only_this_browser_has_is_asked_about_at_signing_out(ana: Person) -> None:
    ana.arrive()
    ana.new_session()
    ana.context.route("**/api/drafts/*", lambda route: route.abort())
    ana.complaints.answers_fail = True
    ana.form.title.fill(TITLE)
    expect(ana.form.dialog).to_contain_text("Draft saved in this browser")
    ana.form.close()
    ana.page.get_by_role("button", name="AN: account menu of Ana Novak").click()
    ana.page.get_by_role("menuitem", name="Sign out").click()
    ana.page.get_by_role("dialog", name="1 draft is only in this browser").get_by_role(
        "button", name="Keep and sign out"
    ).click()
    ana.context.unroute("**/api/drafts/*")
    expect(ana.page.get_by_role("heading", name="Sign in")).to_be_visible()
    ana.sign_in()
    ana.calendar.unfinished.click()
    expect(ana.page.get_by_role("menuitem", name=re.compile(f"^{TITLE}"))).to_be_visible()


def test_a_part_of_a_release_that_is_gone_leads_to_a_reload(ana: Person) -> None:
    ana.arrive()
    ana.context.route("**/assets/sessions-page-*.js", lambda route: route.fulfill(status=404, body=""))
    ana.complaints.answers_fail = True
    ana.page.get_by_role("link", name="Sessions").click()
    expect(ana.page.get_by_text("A new version of Calendra is available")).to_be_visible()
    ana.context.unroute("**/assets/sessions-page-*.js")
    ana.page.get_by_role("button", name="Reload").click()
    expect(ana.page.get_by_role("heading", name="Booked sessions")).to_be_visible()
