"""Sessions beyond the length limit of a plan, and ended connections, are shown where people plan."""

import re

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.e2e.practice import Practice
from tests.e2e.slots import Slot
from tests.real_processes import BORIS, CVETA
from tests.walk import wait_until

TITLE = "Longer than the plan"
DEPENDS = "Depends on Zoom"
SLOT = Slot.of(4, "11:00")


def test_a_session_beyond_the_hosts_plan_is_warned_of_saved_and_at_risk(admin: Person, practice: Practice) -> None:
    practice.connect(CVETA)
    admin.arrive()
    form = admin.new_session()
    form.fill(clients=["Eva Bizjak"], consultant="Cveta Zupan", slot=SLOT, title=TITLE, online=True)
    limit = form.dialog.get_by_test_id("plan-limit")
    expect(limit).to_contain_text("Cveta Zupan’s Zoom plan ends meetings after 40 minutes")
    form.save()
    form.is_closed()
    session = next(one for one in practice.sessions() if one["title"] == TITLE)
    admin.open_session(session["id"])
    expect(form.meeting).to_contain_text("ends meetings after 40 minutes")
    assert practice.connection(CVETA)["at_risk"] == 1


def test_an_ended_connection_is_seen_in_the_calendar_and_leads_on(
    boris: Person, admin: Person, practice: Practice
) -> None:
    practice.connect(BORIS)
    practice.book(BORIS, DEPENDS, SLOT)
    practice.zoom.remove_app(BORIS)
    wait_until(lambda: practice.status(BORIS) != "connected", "the removal has arrived")
    admin.arrive()
    banner = admin.page.get_by_test_id("connection-banner")
    expect(banner).to_contain_text("Boris Kranjc needs to reconnect Zoom. 1 upcoming session depends on it.")
    expect(banner.get_by_role("link", name="Show sessions")).to_be_visible()
    boris.arrive()
    banner = boris.page.get_by_test_id("connection-banner")
    expect(banner).to_contain_text("Zoom is not connected. 1 upcoming session depends on it.")
    expect(boris.page.get_by_test_id("connections-badge")).to_have_text("1")
    expect(boris.page.get_by_role("link", name=re.compile("1 connection needs attention"))).to_be_visible()
    banner.get_by_role("button", name="Hide for today").click()
    expect(banner).to_be_hidden()
    boris.page.reload()
    expect(boris.page.get_by_test_id("connections-badge")).to_have_text("1")
    expect(banner).to_be_hidden()
    boris.page.evaluate("localStorage.clear()")
    boris.page.reload()
    banner.get_by_role("button", name="Connect Zoom").click()
    boris.consent.approve(BORIS)
    expect(boris.page.get_by_test_id("connections-badge")).to_be_hidden()
