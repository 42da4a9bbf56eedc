"""A meeting belongs to the provider's user who made it: with another account connected, the page says where it lies."""

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, BORIS, CVETA
from tests.walk import wait_until

TITLE = "In the first account"
SLOT = Slot.of(3, "18:10")


def _leave(practice: Practice) -> None:
    """Keeping the meetings."""
    path = f"/api/connections/zoom/{practice.ids[CVETA]}?meetings=keep"
    practice.of(ADMIN).api("DELETE", path).raise_for_status()
    wait_until(lambda: practice.status(CVETA) == "not_connected", "disconnected", seconds=60)


def _replaced(practice: Practice, link: str) -> bool:
    meeting = practice.session(TITLE)["meeting"]
    return meeting.get("stuck") == 1 and meeting["join_link"] not in (None, link)


def test_the_meeting_of_an_earlier_account_is_out_of_reach_until_that_one_is_back(
    cveta: Person, practice: Practice
) -> None:
    practice.connect(CVETA)
    session = practice.book(CVETA, TITLE, SLOT)
    first = session["meeting"]["join_link"]
    _leave(practice)
    practice.connect(CVETA, account=BORIS)
    cveta.arrive()
    form = cveta.open_session(session["id"])
    expect(form.meeting).to_contain_text(f"The meeting is in the Zoom account {CVETA}")
    form.fill(slot=SLOT.later(minutes=60))
    expect(cveta.page.get_by_test_id("leaves-meeting")).to_contain_text("Saving creates a new meeting with a new link")
    form.save()
    cveta.is_told("Session saved.")
    wait_until(lambda: _replaced(practice, first), "the old one is stuck, and a new one is made", seconds=30)
    assert {email: len(held) for email, held in practice.at_zoom(TITLE).items()} == {CVETA: 1, BORIS: 1}
    cveta.open_session(session["id"])
    stuck = cveta.page.get_by_test_id("stuck-meetings")
    expect(stuck).to_contain_text(f"Sign in to Zoom as {CVETA}")
    expect(stuck.get_by_role("link")).to_have_attribute("href", "https://zoom.us/meeting")

    _leave(practice)
    practice.connect(CVETA)
    wait_until(lambda: CVETA not in practice.at_zoom(TITLE), "the old one is removed", seconds=30)
