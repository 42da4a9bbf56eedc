"""Zoom was taken out of the settings: every page says what is so and what to do, and nothing leads to Zoom."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.database import DatabaseServer, fresh_database
from tests.e2e.axe import has_no_violations_in_light_and_dark
from tests.e2e.conftest import Somebody, people
from tests.e2e.kept_browsers import KeptBrowsers
from tests.e2e.person import Person
from tests.e2e.without_zoom import IN_PERSON, MOVED, READY, SLOT, WithoutZoom, zoom_taken_out
from tests.real_processes import ADMIN, ANA, BORIS

GONE = "Zoom is no longer set up in Calendra"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture(autouse=True)
def known_state() -> None:
    """The demo is not asked here."""


@pytest.fixture(scope="module")
def site(
    chromium: str, database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WithoutZoom]:
    folder: Path = tmp_path_factory.mktemp("without-zoom")
    with fresh_database(database_server) as database, zoom_taken_out(database, folder) as left:
        yield left


@pytest.fixture
def somebody(browsers: KeptBrowsers, site: WithoutZoom) -> Iterator[Somebody]:
    """Each with a browser of their own: the demo's cookies count for every port of this machine."""
    for make in people(browsers, site.address, site.practice.sign_ins):
        yield partial(make, kept=False)


def test_the_consultants_card_says_what_still_works_and_offers_no_connecting(somebody: Somebody) -> None:
    boris = somebody(BORIS).arrive("/connections")
    expect(boris.page.get_by_test_id("provider")).to_match_aria_snapshot(f"""
      - heading "Zoom" [level=3]
      - text: No longer set up
      - button "Connection history of Boris Kranjc"
      - button "Disconnect"
      - paragraph: {GONE}.
      - paragraph: /neither changes nor removes existing ones\\. If this is a mistake, contact support\\./
      - paragraph: "The stored links keep working. To change a session, choose another provider in it, or switch Online off."
      - paragraph: You can disconnect. Calendra then destroys the tokens, and you remove Calendra in your Zoom account yourself.
    """)  # noqa: E501
    expect(boris.page.get_by_role("button", name=re.compile("^(Connect|Reconnect) Zoom"))).to_have_count(0)


@pytest.mark.parametrize("how", [{}, PHONE], ids=["desk", "phone"])
def test_its_pages_are_accessible(somebody: Somebody, site: WithoutZoom, how: dict[str, object]) -> None:
    admin = somebody(ADMIN, **how).arrive("/connections")
    _opened_row(admin, "Boris Kranjc")
    has_no_violations_in_light_and_dark(admin.page, "connections")
    assert admin.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    admin.open_session(site.sessions[READY]["id"])
    admin.form.assign("Ana Novak")
    expect(_provider_gone(admin)).to_be_visible()
    has_no_violations_in_light_and_dark(admin.page, "session")


def test_a_session_with_a_link_says_that_changes_no_longer_reach_its_meeting(
    somebody: Somebody, site: WithoutZoom
) -> None:
    boris, session = somebody(BORIS).arrive("/?view=week"), site.sessions[READY]
    boris.calendar.show_own_week()
    event = boris.calendar.shows(READY, SLOT)
    expect(event).to_contain_text("Zoom link works; Zoom is no longer set up")
    boris.open_session(session["id"])
    expect(boris.form.meeting).to_contain_text(f"{GONE}, so later changes do not reach the meeting.")
    expect(boris.form.open_zoom).to_have_attribute("href", session["meeting"]["join_link"])
    expect(boris.form.zoom).to_be_checked()
    expect(boris.form.dialog).to_contain_text("The present link stays as long as you keep this choice.")
    boris.form.notes.fill("For us only.")
    boris.form.save()
    boris.is_told("Session saved.")
    stored = site.practice.session(READY)
    assert (stored["notes"], stored["meeting"]["join_link"]) == ("For us only.", session["meeting"]["join_link"])


def test_a_moved_session_keeps_its_link_and_says_that_the_meeting_has_not_followed(
    somebody: Somebody, site: WithoutZoom
) -> None:
    boris, session = somebody(BORIS).arrive(), site.sessions[MOVED]
    boris.open_session(session["id"])
    boris.form.set_slot(SLOT.later(days=1, minutes=60))
    boris.form.save()
    boris.is_told("Session saved.")
    boris.open_session(session["id"])
    expect(boris.form.meeting).to_contain_text("Zoom link works; an update is pending")
    expect(boris.form.meeting).to_contain_text("choose another provider or switch Online off")
    expect(boris.form.meeting).not_to_contain_text("Next attempt")
    asking = boris.form.choose_action("Cancel session")
    expect(asking).to_contain_text(f"The meeting stays in Boris Kranjc’s Zoom account, because {GONE}.")
    asking.get_by_role("button", name="Cancel session").click()
    boris.is_told("Session cancelled.")
    boris.open_session(session["id"])
    expect(boris.form.dialog).to_contain_text(f"{GONE}, so the session cannot be restored. Book a new session.")
    expect(boris.form.dialog.get_by_role("button", name="Restore session")).to_have_count(0)


def test_what_stays_at_zoom_after_switching_online_off_is_named_with_its_account(
    somebody: Somebody, site: WithoutZoom
) -> None:
    boris, session = somebody(BORIS).arrive(), site.sessions[IN_PERSON]
    boris.open_session(session["id"])
    boris.form.set_online(False)
    boris.form.save()
    boris.is_told("Session saved.")
    boris.open_session(session["id"])
    expect(boris.form.meeting).to_contain_text(f"An old meeting could not be removed, because {GONE}.")
    expect(boris.form.meeting).to_contain_text(f"Sign in to Zoom as {BORIS} to delete it. Meeting number: ")


def test_an_online_session_for_another_consultant_is_not_offered(somebody: Somebody, site: WithoutZoom) -> None:
    admin = somebody(ADMIN).arrive()
    admin.open_session(site.sessions[READY]["id"])
    admin.form.assign("Ana Novak")
    expect(_provider_gone(admin)).to_contain_text("Calendra cannot create a meeting at Zoom")
    expect(admin.form.connection_needed).to_have_count(0)
    expect(admin.form.save_button).to_be_disabled()
    _provider_gone(admin).get_by_role("button", name="Switch Online off").click()
    expect(_provider_gone(admin)).to_have_count(0)
    expect(admin.form.save_button).to_be_enabled()


def test_a_new_session_can_be_booked_in_person_only(somebody: Somebody, site: WithoutZoom) -> None:
    ana, slot = somebody(ANA).arrive(), SLOT.later(minutes=120)
    ana.new_session().fill(clients=["Eva Bizjak"], slot=slot, title="Booked since", online=True)
    expect(ana.form.dialog).to_contain_text("No meeting provider is set up. Contact support, or switch Online off.")
    expect(ana.form.save_button).to_be_disabled()
    ana.form.set_online(False)
    ana.form.save()
    ana.is_told("Session booked.")
    assert site.practice.session("Booked since")["online"] is False


def test_an_admin_ends_the_connection_and_erases_its_data(somebody: Somebody, site: WithoutZoom) -> None:
    """Ana's: the other tests need that of Boris."""
    admin = somebody(ADMIN).arrive("/connections")
    page = admin.page
    row = _opened_row(admin, "Ana Novak")
    expect(row).to_contain_text("You can disconnect Ana Novak.")
    expect(row.get_by_role("button", name=re.compile("personal link"))).to_have_count(0)
    row.get_by_role("button", name="Disconnect").click()
    asking = page.get_by_role("dialog", name="Disconnect Zoom for Ana Novak")
    expect(asking).to_contain_text(f"Calendra destroys its tokens for {ANA}.")
    expect(asking).to_contain_text("The meetings stay there until they are deleted in the account.")
    expect(asking.get_by_role("radio")).to_have_count(0)
    asking.get_by_role("button", name="Disconnect").click()
    ended = page.get_by_role("dialog", name="Zoom disconnected for Ana Novak.")
    expect(ended).to_contain_text("Zoom is no longer set up here, so Calendra could not ask it")
    expect(ended).to_contain_text("The account owner can remove Calendra in the settings of the Zoom account")
    ended.get_by_role("button", name="Close").last.click()
    expect(row.get_by_role("button", name="Disconnect")).to_have_count(0)
    page.get_by_role("button", name="Erase by e-mail address").click()
    erasing = page.get_by_role("dialog", name="Erase connection data")
    erasing.get_by_label("E-mail address of the person").fill(ANA)
    erasing.get_by_role("button", name="Continue").click()
    erasing.get_by_role("button", name="Erase now").click()
    admin.is_told("Connection data erased. Here is the receipt.")


def _opened_row(admin: Person, name: str) -> Locator:
    row = admin.page.get_by_test_id("board-row").filter(has_text=name)
    expect(row).to_contain_text("No longer set up")
    row.get_by_role("button", name=f"{name}, Zoom: show details").click()
    expect(row).to_contain_text(f"{GONE}.")
    return row


def _provider_gone(person: Person) -> Locator:
    return person.form.dialog.get_by_test_id("provider-gone")
