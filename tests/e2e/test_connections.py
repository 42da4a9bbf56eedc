"""A14, A15: an authorization ends, at Zoom or here, and what becomes of the sessions."""

import re

from playwright.sync_api import expect

from adapters.in_memory.provider.fault import Fault
from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import ANA, BORIS, CVETA
from tests.walk import wait_until

TITLE = "Before it ended"
GIVEN = "Given to a colleague"
SLOT = Slot.of(3, "15:00")


def test_removal_at_zoom_is_heard_in_the_open_page_links_stay_and_reconnecting_works(
    boris: Person, practice: Practice
) -> None:
    practice.connect(BORIS)
    session = practice.book(BORIS, TITLE, SLOT)
    boris.arrive("/connections")
    expect(boris.page.get_by_text("Connected", exact=True)).to_be_visible()
    expect(boris.page.get_by_role("button", name="Erase by e-mail address")).to_have_count(0)  # that is for admins
    practice.zoom.remove_app(BORIS)
    expect(boris.page.get_by_role("button", name=re.compile("^Connect"))).to_be_visible()
    boris.open_session(session["id"])
    expect(boris.form.open_zoom).to_have_attribute("href", session["meeting"]["join_link"])
    boris.form.close()
    after = SLOT.later(days=1)
    boris.new_session().fill(clients=["Eva Bizjak"], slot=after, title="After it ended", online=True).save()
    boris.consent.approve(BORIS)
    boris.is_told("Session booked. The Zoom link is ready.")
    practice.the_meeting("After it ended", BORIS, after)


def test_disconnecting_says_what_becomes_of_each_session_and_keeps_or_removes_the_meetings(
    boris: Person, practice: Practice
) -> None:
    practice.connect(BORIS)
    session = practice.book(BORIS, TITLE, SLOT)
    boris.arrive("/connections")
    boris.page.get_by_role("button", name="Disconnect").click()
    asking = boris.page.get_by_role("dialog", name="Disconnect Zoom")
    expect(asking).to_contain_text(TITLE)
    expect(asking.get_by_role("radio", name=re.compile("^Keep the meetings"))).to_be_checked()
    asking.get_by_role("button", name="Disconnect").click()
    boris.is_told("Zoom disconnected.")
    assert practice.status(BORIS) == "not_connected"
    practice.the_meeting(TITLE, BORIS, SLOT)
    practice.connect(BORIS)
    boris.go("/connections")
    boris.page.get_by_role("button", name="Disconnect").click()
    asking.get_by_role("radio", name=re.compile("^Remove the meetings")).check()
    asking.get_by_role("button", name="Disconnect").click()
    boris.is_told("Zoom disconnected.")
    practice.soon_nothing_at_zoom(TITLE)
    boris.open_session(session["id"])
    expect(boris.form.meeting).to_contain_text("Boris Kranjc has not connected Zoom")


def test_an_admin_sees_what_is_at_risk_and_gives_it_to_a_colleague_in_one_step(
    admin: Person, practice: Practice
) -> None:
    practice.connect(CVETA)
    practice.book(CVETA, GIVEN, SLOT)
    practice.zoom.remove_app(CVETA)
    wait_until(lambda: practice.status(CVETA) != "connected", "the removal has arrived")
    admin.arrive("/connections")
    admin.page.get_by_role("button", name="Cveta Zupan, Zoom: show details").click()
    admin.page.get_by_role("button", name=f"Reassign to Ana Novak: “{GIVEN}”").click()
    admin.is_told(re.compile(f"“{GIVEN}” reassigned to Ana Novak."))
    held = practice.at_zoom(GIVEN)
    assert [one["join_url"] for one in held[ANA]] == [practice.session(GIVEN)["meeting"]["join_link"]]
    assert len(held[CVETA]) == 1  # Calendra may not remove it there any more, and says so


def test_what_did_not_end_at_zoom_is_said_with_the_address_where_to_remove_it(
    boris: Person, practice: Practice
) -> None:
    practice.connect(BORIS)
    practice.zoom.strike("revoke", Fault.SCOPE_MISSING)
    boris.arrive("/connections")
    boris.page.get_by_role("button", name="Disconnect").click()
    boris.page.get_by_role("dialog", name="Disconnect Zoom").get_by_role("button", name="Disconnect").click()
    ended = boris.page.get_by_role("dialog", name="Zoom disconnected.")
    expect(ended).to_contain_text("Disconnected in Calendra.")
    expect(ended).to_contain_text("Calendra may still be installed in that account.")
    expect(ended.get_by_role("link", name=practice.get("/api/help/zoom")["removal_address"])).to_be_visible()
    ended.get_by_role("button", name="Close").last.click()
    expect(ended).to_be_hidden()
    assert practice.status(BORIS) == "not_connected"
    boris.page.get_by_role("button", name=re.compile("history", re.IGNORECASE)).first.click()
    newest = boris.page.get_by_test_id("history").locator(".mantine-Timeline-item").first
    expect(newest).to_contain_text("Calendra may still be installed in that account.")
    expect(newest).not_to_contain_text("has ended the authorization")
