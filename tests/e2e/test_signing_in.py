"""A1: signing in opens the calendar; sessions are begun from a free slot, or opened."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Locator, expect

from demo.practice import PASSWORD, PEOPLE
from tests.browser import Browser
from tests.e2e.calendar_view import box_of
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.joining import join
from tests.real_processes import ADMIN, ANA


def test_from_a_wrong_password_to_where_one_wanted_to_be_and_out_again(ana: Person) -> None:
    ana.go("/?draft=00000000-0000-4000-8000-000000000001")
    ana.page.get_by_label("E-mail address").fill(ANA)
    ana.page.get_by_label("Password", exact=True).fill("not the password")
    ana.page.get_by_role("button", name="Sign in", exact=True).click()
    ana.sees_trouble("The e-mail address or password is incorrect.")
    ana.page.get_by_label("Password", exact=True).fill(PASSWORD)
    ana.page.get_by_role("button", name="Sign in", exact=True).click()
    ana.form.is_open().close()
    expect(ana.page.get_by_role("button", name="AN: account menu of Ana Novak")).to_be_visible()
    expect(ana.page.get_by_role("button", name="New session")).to_be_visible()
    ana.sign_out()
    ana.page.reload()
    expect(ana.page.get_by_role("heading", name="Sign in")).to_be_visible()
    for label in [f"{name} {role.value.title()}" for name, _, role in PEOPLE]:  # in the demo one click is enough
        expect(ana.page.get_by_role("button", name=label)).to_be_visible()
    ana.page.get_by_role("button", name="Boris Kranjc").click()
    expect(ana.page.get_by_role("button", name="BK: account menu of Boris Kranjc")).to_be_visible()


def test_too_many_tries_are_explained_and_the_button_counts_down(somebody: Callable[..., Person]) -> None:
    """With an unknown address, the answer is the same."""
    ana = somebody(ANA, kept=False)
    ana.context.clock.install()
    ana.go("/")
    address = ana.page.get_by_label("E-mail address")
    address.fill("nobody@example.com")
    ana.page.get_by_label("Password", exact=True).fill("not the password")
    statuses: list[int] = []
    while 429 not in statuses:
        assert len(statuses) < 20
        with ana.page.expect_response("**/api/login") as answer:
            ana.page.get_by_role("button", name="Sign in", exact=True).click()
        statuses.append(answer.value.status)
    assert statuses[:5] == [401] * 5
    ana.sees_trouble("Too many attempts with a wrong password.")
    ana.sees_trouble(re.compile(r"Try again in \d+ seconds, or use a browser in which you signed in before\."))
    expect(ana.page.get_by_role("button", name=re.compile(r"Sign in \(in \d+ s\)"))).to_be_disabled()
    address.fill(ANA)
    expect(ana.page.get_by_role("button", name="Sign in", exact=True)).to_be_enabled()
    address.fill("nobody@example.com")
    expect(ana.page.get_by_role("button", name=re.compile(r"Sign in \(in \d+ s\)"))).to_be_disabled()
    ana.page.clock.fast_forward("00:31")
    expect(ana.page.get_by_role("button", name="Sign in", exact=True)).to_be_enabled()  # the wait is over


def test_signing_out_elsewhere_ends_the_other_browser_and_keeps_this_one(
    somebody: Callable[..., Person], practice: Practice
) -> None:
    """With a new person, because other tests are signed in as the others."""
    email = f"{uuid4().hex[:8]}@example.com"
    with Browser(practice.address) as newcomer:
        join(practice.of(ADMIN), newcomer, "Dana Rozman", email, PASSWORD, "admin")
        newcomer.api("DELETE", "/api/login").raise_for_status()
    here, elsewhere = somebody(email).arrive(), somebody(email).arrive()
    settings = _settings_of(here)
    settings.get_by_role("button", name="Sign out in all other browsers").click()
    here.is_told("Signed out in 1 other browser.")
    again = elsewhere.page.get_by_role("dialog", name="Sign in again")
    expect(again).to_be_visible()
    elsewhere.sign_in(within=again)
    expect(again).to_be_hidden()
    settings.get_by_label("Current password").fill(PASSWORD)
    settings.get_by_label("New password").fill("DanaRozman2027")
    settings.get_by_role("button", name="Change password").click()
    expect(settings.get_by_label("New password")).to_have_accessible_description(
        re.compile("little more than your name")
    )
    settings.get_by_label("New password").fill(f"{PASSWORD} of Dana")
    settings.get_by_role("button", name="Change password").click()
    here.is_told("Password changed.")
    expect(again).to_be_visible()
    here.page.reload()
    expect(here.page.get_by_role("button", name="DR: account menu of Dana Rozman")).to_be_visible()


def _settings_of(person: Person) -> Locator:
    person.page.get_by_role("button", name=re.compile(": account menu of ")).click()
    person.page.get_by_role("menuitem", name="Settings").click()
    return person.page.get_by_role("dialog", name="Settings")


def test_a_session_that_is_clicked_opens_and_a_free_slot_begins_one_then(ana: Person, practice: Practice) -> None:
    slot = Slot.of(1, "09:00", 60)
    practice.book(ANA, "Ruler", slot, clients=("Lea Kos", "Jan Golob"))
    calendar = ana.arrive().calendar.show_own_week()
    calendar.opens("Ruler", slot)
    ana.form.shows(clients=["Lea Kos", "Jan Golob"], slot=slot, title="Ruler", online=True)
    ana.form.close()
    box, day = box_of(calendar.shows("Ruler", slot)), calendar.day_width()
    ana.page.mouse.click(box["x"] + box["width"] / 2 + day, box["y"] + 5)  # the same hour a day later
    ana.form.shows(slot=Slot.of(2, "09:00"))
