"""A8: an admin books for others. Meetings are made in the consultant's account, and the admin is not sent to Zoom."""

import pytest
from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.session_form import SessionForm
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA, BORIS

SLOT = Slot.of(2, "15:20")
TITLE = "Booked by the admin"


@pytest.fixture
def for_boris(admin: Person) -> SessionForm:
    """The admin's form, in which Boris, who is not connected, is to hold an online session."""
    admin.arrive()
    form = admin.new_session()
    form.fill(consultant="Boris Kranjc", clients=["Nina Vidmar"], slot=SLOT, title=TITLE, online=True)
    expect(form.connection_needed).to_be_visible()
    return form


def test_a_connected_consultant_is_offered_by_name_and_has_the_meeting(
    for_boris: SessionForm, admin: Person, practice: Practice
) -> None:
    """In the consultant's account, and none in the admin's."""
    before = len(practice.zoom.meetings(ADMIN))
    expect(for_boris.connection_needed).to_contain_text("Boris Kranjc is not connected to Zoom")
    expect(for_boris.save_button).to_be_disabled()
    practice.no_session(TITLE)
    for_boris.connection_needed.get_by_role("button", name="Ana Novak").click()
    expect(for_boris.connection_needed).to_be_hidden()
    expect(for_boris.consultant).to_have_value("Ana Novak")
    for_boris.save()
    admin.is_told("Session booked. The Zoom link is ready.")
    practice.the_meeting(TITLE, ANA, SLOT)
    assert len(practice.zoom.meetings(ADMIN)) == before
    admin.go("/connect-provider/zoom")
    expect(admin.page.get_by_role("heading", name="Nothing to connect")).to_be_visible()


def test_meeting_in_person_is_offered(for_boris: SessionForm, admin: Person, practice: Practice) -> None:
    for_boris.connection_needed.get_by_role("button", name="Switch Online off").click()
    for_boris.save()
    admin.is_told("Session booked.")
    assert practice.session(TITLE)["consultant"] == "Boris Kranjc"
    practice.nothing_at_zoom(TITLE)


def test_a_personal_link_is_offered_and_the_open_form_hears_that_it_was_used(
    for_boris: SessionForm, admin: Person, boris: Person, practice: Practice
) -> None:
    for_boris.connection_needed.get_by_role("button", name="Create a personal link for Boris Kranjc").click()
    link = for_boris.dialog.get_by_role("textbox", name="Personal link for Boris Kranjc").input_value()
    boris.go(link)
    expect(
        boris.page.get_by_text("An admin of your practice has asked you to connect your own account")
    ).to_be_visible()
    boris.sign_in()
    boris.page.get_by_role("button", name="Continue").click()
    boris.consent.approve(BORIS)
    boris.is_told(f"Zoom connected as {BORIS}")
    expect(for_boris.connection_needed).to_be_hidden()
    for_boris.save()
    admin.is_told("Session booked. The Zoom link is ready.")
    practice.the_meeting(TITLE, BORIS, SLOT)


def test_a_personal_link_serves_nobody_else_and_works_once(cveta: Person, practice: Practice) -> None:
    link = practice.personal_link(BORIS)
    cveta.arrive()
    cveta.go(link)
    cveta.sees_trouble("This link to connect has expired, was already used, or belongs to another person.")
    expect(cveta.page.get_by_text("You are signed in as Cveta Zupan.")).to_be_visible()
    expect(cveta.page.get_by_role("button", name="Continue")).to_have_count(0)
    cveta.page.get_by_role("button", name="Sign in as another person").click()
    cveta.sign_in(email=BORIS)
    boris = cveta
    expect(boris.page.get_by_role("button", name="Continue to Zoom")).to_be_visible()
    boris.go(link)  # mail programs open links too: opening uses nothing up
    boris.page.get_by_role("button", name="Continue").click()
    boris.consent.approve(BORIS)
    boris.is_told(f"Zoom connected as {BORIS}")
    boris.go(link)
    boris.sees_trouble("This link to connect has expired, was already used, or belongs to another person.")
