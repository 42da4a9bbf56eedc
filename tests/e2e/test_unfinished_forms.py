"""A4: what was typed is kept: when the form is closed, when the sign-in ends, and on another day."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Somebody
from tests.e2e.forms import FILLED, SLOT, TITLE
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.real_processes import ANA
from tests.walk import wait_until


def test_a_form_that_was_closed_is_found_discarded_and_brought_back(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session().fill(**FILLED)
    ana.form.close()
    ana.is_told("Draft saved.")
    practice.no_session(TITLE)
    ana.calendar.unfinished.click()
    item = ana.page.get_by_role("menuitem", name=re.compile(rf"^{TITLE}"))
    expect(item).to_contain_text(f"{', '.join(FILLED['clients'])} · Ana Novak · {SLOT.day:%a}, {SLOT.date_text}")
    ana.page.get_by_role("menuitem", name=f"Discard the draft “{TITLE}”").click()
    ana.is_told(f"Draft “{TITLE}” discarded.")
    expect(ana.calendar.unfinished).to_be_hidden()
    wait_until(lambda: practice.get("/api/drafts", by=ANA) == [], "the server has forgotten the draft")
    ana.page.get_by_role("button", name="Undo").click()
    ana.is_told(f"Draft “{TITLE}” restored.")
    ana.calendar.opens_draft(TITLE)
    ana.form.shows(**FILLED)
    ana.form.close()
    ana.page.get_by_role("button", name="Discard", exact=True).click()
    expect(ana.calendar.unfinished).to_be_hidden()
    wait_until(lambda: practice.get("/api/drafts", by=ANA) == [], "the server has forgotten the draft")


def test_it_is_found_in_another_browser_and_saved_there(ana: Person, practice: Practice, somebody: Somebody) -> None:
    ana.arrive()
    ana.new_session().fill(**FILLED)
    with ana.form.kept():
        ana.form.title.fill(f"{TITLE} once more")
    ana.context.close()
    elsewhere = somebody(ANA).arrive()
    elsewhere.calendar.opens_draft(TITLE)
    elsewhere.form.shows(**{**FILLED, "title": f"{TITLE} once more"})
    elsewhere.form.save()
    elsewhere.is_told("Session booked.")
    practice.the_meeting(f"{TITLE} once more", ANA, SLOT)
    expect(elsewhere.calendar.unfinished).to_be_hidden()


def test_unfinished_changes_of_a_session_are_there_when_it_is_opened_again(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, TITLE, SLOT)
    ana.arrive()
    ana.open_session(session["id"]).fill(notes="Half a thought")
    ana.form.close()
    ana.is_told("Draft saved.")
    ana.open_session(session["id"]).shows(title=TITLE, notes="Half a thought")
    expect(ana.form.unfinished).to_be_visible()
    ana.form.unfinished.get_by_role("button", name="Discard").click()
    expect(ana.form.notes).to_have_value("")
    assert practice.session(TITLE)["notes"] == ""


def test_a_sign_in_that_ends_in_the_middle_of_a_form(ana: Person, practice: Practice) -> None:
    ana.arrive()
    with ana.form.kept():
        ana.new_session().fill(**FILLED)
    ana.sign_out_unseen()
    ana.form.save()
    again = ana.page.get_by_role("dialog", name="Sign in again")
    expect(again).to_be_visible()
    expect(again.get_by_label("E-mail address")).to_have_value(ANA)
    ana.sign_in(within=again)
    expect(again).to_be_hidden()
    ana.form.shows(**FILLED)
    practice.no_session(TITLE)
    ana.form.save()
    ana.is_told("Session booked. The Zoom link is ready.")
    practice.the_meeting(TITLE, ANA, SLOT)


def test_a_form_whose_session_is_gone_can_be_thrown_away(ana: Person, practice: Practice) -> None:
    session = practice.book(ANA, "Soon gone", SLOT, online=False)
    ana.arrive()
    form = ana.open_session(session["id"])
    with form.kept():
        form.fill(title="Too late")
    form.close()
    practice.of(ANA).api("DELETE", f"/api/bookings/{session['id']}").raise_for_status()
    ana.page.reload()
    ana.calendar.unfinished.click()
    ana.page.get_by_role("menuitem", name=re.compile("^Too late")).click()
    ana.page.get_by_role("button", name="Discard draft").click()
    expect(ana.calendar.unfinished).to_have_count(0)
    wait_until(lambda: practice.get("/api/drafts", by=ANA) == [], "the server has forgotten the draft")
