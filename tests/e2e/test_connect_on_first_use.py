"""A3, A4: saving an online session sends its consultant to Zoom's consent page, and back to the form."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.running import BORIS

TITLE = "First consent"
SLOT = Slot.of(0, "10:15")
FILLED = {
    "clients": ["Eva Bizjak", "Tomaž Zajc"],
    "slot": SLOT,
    "title": TITLE,
    "notes": "Bring the papers.\nRoom two.",
    "online": True,
}


def test_saving_sends_a_consultant_to_zoom_and_back_to_the_form_and_one_click_saves_it(
    boris: Person, practice: Practice
) -> None:
    boris.arrive()
    boris.new_session().fill(**FILLED)
    expect(boris.form.dialog).to_contain_text("When you save, Zoom asks you to allow Calendra.")
    boris.form.save()
    boris.consent.is_shown()
    practice.no_session(TITLE)
    boris.consent.approve(BORIS)
    expect(boris.form.connected).to_contain_text(f"Zoom connected as {BORIS}")
    boris.is_told(f"Zoom connected as {BORIS}")
    boris.form.shows(**FILLED)
    assert practice.standing(BORIS) == "connected"
    practice.nothing_at_zoom(TITLE)
    boris.form.save()
    boris.is_told("The session is booked. The Zoom link is ready.")
    boris.form.is_closed()
    practice.the_meeting(TITLE, BORIS, SLOT)
    assert practice.get("/api/drafts", by=BORIS) == []
