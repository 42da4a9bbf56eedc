"""A3: saving an online session sends its consultant to Zoom's consent page at once, and back to the form."""

from playwright.sync_api import expect

from tests.e2e.forms import FILLED, SLOT, TITLE, ask_for_consent
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.running import BORIS


def test_saving_sends_a_consultant_to_zoom_and_back_to_the_form_and_one_click_saves_it(
    boris: Person, practice: Practice
) -> None:
    ask_for_consent(boris.arrive())
    practice.no_session(TITLE)
    boris.consent.approve(BORIS)
    expect(boris.form.connected).to_contain_text(f"Zoom connected as {BORIS}")
    boris.is_told(f"Zoom connected as {BORIS}")
    boris.form.shows(**FILLED)
    assert practice.standing(BORIS) == "connected"
    practice.nothing_at_zoom(TITLE)
    boris.form.save()
    boris.is_told("Session booked. The Zoom link is ready.")
    boris.form.is_closed()
    practice.the_meeting(TITLE, BORIS, SLOT)
    assert practice.get("/api/drafts", by=BORIS) == []


def test_the_form_says_beforehand_that_zoom_will_ask(boris: Person) -> None:
    boris.arrive()
    boris.new_session().set_online(True)
    expect(boris.form.zoom).to_contain_text("Saving takes you to Zoom to connect your account, then back to this form.")


def test_an_edit_that_goes_online_asks_for_consent_too_and_comes_back_to_the_edit(
    boris: Person, practice: Practice
) -> None:
    session = practice.book(BORIS, "Goes online", SLOT, online=False)
    boris.arrive()
    boris.open_session(session["id"]).fill(title="Went online", online=True)
    boris.form.save()
    boris.consent.approve(BORIS)
    boris.form.shows(title="Went online", online=True, slot=SLOT)
    expect(boris.page.get_by_role("dialog", name="Session", exact=True)).to_be_visible()
    boris.form.save()
    boris.is_told("Session saved. The Zoom link is ready.")
    practice.the_meeting("Went online", BORIS, SLOT)
    practice.no_session("Goes online")
