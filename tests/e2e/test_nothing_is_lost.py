"""A3: what was typed is kept during any outage of the network, and discarded changes are never saved."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.e2e.forms import SLOT, TITLE
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import ANA
from tests.walk import wait_until

IN_PERSON: dict[str, Any] = {"clients": ["Eva Bizjak"], "slot": SLOT, "title": TITLE, "notes": "Bring the papers."}


def test_a_form_that_was_closed_while_offline_is_not_booked_afterwards(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session().fill(**IN_PERSON)
    with ana.offline():
        expect(ana.banner).to_contain_text("You are offline")
        ana.form.save()
        ana.sees_trouble("Calendra is not responding.")
        ana.page.keyboard.press("Escape")
        ana.form.is_closed()
        ana.is_told("Draft saved.")
    expect(ana.banner).to_be_hidden()
    wait_until(lambda: practice.get("/api/drafts", by=ANA) != [], "the draft reaches the server")
    practice.no_session(TITLE)
    ana.calendar.opens_draft(TITLE)
    ana.form.shows(**IN_PERSON)
    ana.form.save()
    ana.is_told("Session booked.")
    practice.session(TITLE)


def test_a_save_that_hangs_ends_with_its_form(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session().fill(**IN_PERSON)
    held = []
    ana.context.route("**/api/bookings", lambda route: held.append(route))
    with ana.page.expect_event("requestfailed", lambda one: one.method == "POST"):
        ana.form.save()
        expect(ana.form.save_button).to_be_disabled()
        ana.page.keyboard.press("Escape")
    ana.form.is_closed()
    ana.is_told("Saving was stopped.")
    ana.context.unroute("**/api/bookings")
    practice.no_session(TITLE)
    assert len(held) == 1


def test_a_draft_survives_a_silent_server_and_a_closed_tab(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session()
    with ana.server_silent():
        ana.form.title.fill(TITLE)
        ana.form.notes.fill("Typed into the void")
        expect(ana.form.dialog).to_contain_text("Draft saved in this browser")
        ana.page.close()
    assert practice.get("/api/drafts", by=ANA) == []
    ana.look_at(ana.new_tab())
    ana.go("/")
    ana.calendar.opens_draft(TITLE)
    ana.form.shows(title=TITLE, notes="Typed into the void")
    wait_until(lambda: practice.get("/api/drafts", by=ANA) != [], "the draft reaches the server")
    assert ana.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('calendra-draft/'))") == []


def test_a_discarded_draft_does_not_come_back(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session()
    with ana.form.kept():
        ana.form.title.fill(TITLE)
    with ana.server_silent():
        ana.form.close()
        ana.page.get_by_role("button", name="Discard").click()
        expect(ana.calendar.unfinished).to_be_hidden()
    wait_until(lambda: practice.get("/api/drafts", by=ANA) == [], "the server has forgotten the draft")
    ana.page.reload()
    expect(ana.page.get_by_role("button", name="New session")).to_be_visible()
    expect(ana.calendar.unfinished).to_be_hidden()


def test_a_form_that_nothing_can_keep_stays_open_and_says_so(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full'); }; }")
    ana.new_session()
    with ana.server_silent():
        ana.form.title.fill(TITLE)
        ana.page.keyboard.press("Escape")
        ana.sees_trouble("The draft could not be saved")
        ana.form.shows(title=TITLE)
    expect(ana.banner).to_be_hidden()
    ana.form.close()
    assert [one["form"]["title"] for one in practice.get("/api/drafts", by=ANA)] == [TITLE]


def test_a_week_that_could_not_be_loaded_does_not_look_empty_and_an_old_one_says_how_old(
    ana: Person, practice: Practice
) -> None:
    practice.book(ANA, TITLE, SLOT, online=False)
    ana.arrive()
    with ana.server_silent():
        ana.calendar.show_own_week()
        expect(ana.page.get_by_test_id("not-loaded")).to_contain_text("These days could not be loaded")
        expect(ana.banner).to_contain_text("Calendra is not responding")
    ana.calendar.shows(TITLE, SLOT)
    expect(ana.page.get_by_test_id("not-loaded")).to_be_hidden()
    expect(ana.banner).to_be_hidden()
    with ana.offline():
        expect(ana.page.get_by_test_id("as-of")).to_contain_text(re.compile(r"As of \d\d:\d\d"))
        ana.calendar.shows(TITLE, SLOT)
    expect(ana.page.get_by_test_id("as-of")).to_be_hidden()


def test_a_page_that_could_not_be_loaded_recovers(ana: Person) -> None:
    ana.arrive()
    with ana.server_silent():
        ana.page.get_by_role("link", name="Sessions").click()
        expect(ana.page.get_by_text("This page could not be loaded")).to_be_visible()
        ana.page.get_by_role("link", name="Calendar").click()
        expect(ana.page.get_by_role("button", name="New session")).to_be_visible()
        ana.page.get_by_role("link", name="Sessions").click()
        expect(ana.page.get_by_text("This page could not be loaded")).to_be_visible()
    expect(ana.page.get_by_role("heading", name="Booked sessions")).to_be_visible()


def test_the_first_wrong_field_has_the_focus_after_every_refusal(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session().fill(title=TITLE)
    ana.form.save()
    expect(ana.form.clients).to_be_focused()
    ana.form.add_client("Eva Bizjak")
    practice.book(ANA, "There before", SLOT, online=False)
    ana.form.set_slot(SLOT)
    ana.form.save()
    expect(ana.form.slot_taken).to_be_focused()
