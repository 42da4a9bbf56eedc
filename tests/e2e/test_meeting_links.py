"""A6, A7: saving makes the meeting and stores its link, when online is on and the consultant is connected."""

import pytest
from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA

SLOT = Slot.of(1, "13:10")


@pytest.mark.parametrize("clients", [("Eva Bizjak",), ("Lea Kos", "Matej Oblak", "Nina Vidmar")], ids=["one", "three"])
def test_saving_makes_the_meeting_and_stores_the_link(
    clients: tuple[str, ...], ana: Person, practice: Practice
) -> None:
    ana.arrive()
    ana.new_session().fill(clients=clients, slot=SLOT, title="Gets a link", online=True).save()
    ana.is_told("Session booked. The Zoom link is ready.")
    meeting = practice.the_meeting("Gets a link", ANA, SLOT)
    ana.open_session(practice.session("Gets a link")["id"])
    expect(ana.form.meeting).to_contain_text("Zoom link ready")
    expect(ana.form.open_zoom).to_have_attribute("href", meeting["join_url"])


def test_an_impatient_double_click_makes_one_session_and_one_meeting(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session().fill(clients=["Eva Bizjak"], slot=SLOT, title="Clicked twice", online=True)
    ana.form.save_button.dblclick()
    ana.is_told("Session booked.")
    practice.the_meeting("Clicked twice", ANA, SLOT)


def test_without_online_there_is_no_meeting(ana: Person, practice: Practice) -> None:
    ana.arrive()
    ana.new_session().fill(clients=["Eva Bizjak"], slot=SLOT, title="In the room").save()
    ana.is_told("Session booked.")
    practice.nothing_at_zoom("In the room")
    expect(ana.calendar.show_own_week().shows("In the room", SLOT)).to_contain_text("In person")


def test_without_a_connection_an_admin_is_told_before_anything_is_saved(admin: Person, practice: Practice) -> None:
    admin.arrive()
    admin.new_session().fill(consultant="Boris Kranjc", clients=["Eva Bizjak"], slot=SLOT, title="No host", online=True)
    expect(admin.form.connection_needed).to_contain_text("Boris Kranjc is not connected to Zoom")
    expect(admin.form.save_button).to_be_disabled()
    practice.no_session("No host")


def test_the_link_can_be_copied(ana: Person, practice: Practice) -> None:
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    session = practice.book(ANA, "Copied", SLOT)
    ana.arrive()
    ana.open_session(session["id"]).dialog.get_by_role("button", name="Copy link").click()
    ana.is_told("Link copied")
    assert ana.page.evaluate("navigator.clipboard.readText()") == session["meeting"]["join_link"]
