"""The consultant removed the app at the provider, and its webhook event never arrived."""

import pytest

from tests.chaos.races.practice import Practice, later
from tests.walk import wait_until

pytestmark = pytest.mark.slow


def test_it_waits_for_the_consultant_and_goes_on_by_itself(practice: Practice) -> None:
    (host,) = practice.staff.hire(1)
    before = practice.book(host, "before the removal")
    webhook_events = practice.zoom.http.get("/config").raise_for_status().json()
    practice.zoom.configure(webhook_url="", deauthorization_url="")
    practice.zoom.remove_app(host.email)
    practice.zoom.configure(**{name: webhook_events[name] for name in ("webhook_url", "deauthorization_url")})

    found_out = practice.admin.api("POST", "/api/bookings", json=practice.form(host, "finds it out"))
    assert found_out.status_code == 201
    state = found_out.json()["meeting"]
    assert (state["status"], state["reason"], state["waits_for"]) == ("waiting", "consent_gone", str(host.id))
    assert state["join_link"] is None
    refused = practice.admin.api("POST", "/api/bookings", json=practice.form(host, "refused"))
    assert (refused.status_code, refused.json()["code"]) == (409, "connection_needed")
    moved = practice.admin.api("PATCH", f"/api/bookings/{before['id']}", json=later(before, hours=1)).json()["meeting"]
    assert (moved["status"], moved["waits_for"]) == ("waiting", str(host.id))
    assert moved["join_link"] == before["meeting"]["join_link"]
    cancelled = practice.book(practice.staff.hire(1)[0], "somebody else's")  # others are not touched
    assert cancelled["meeting"]["status"] == "ready"

    practice.staff.connect(host)
    for booking_id in (found_out.json()["id"], before["id"]):
        wait_until(lambda one=booking_id: practice.session(one)["meeting"]["status"] == "ready", "it goes on")
    assert len(practice.held("finds it out")) == 1
    assert practice.session(before["id"])["meeting"]["join_link"] == before["meeting"]["join_link"]
    assert practice.audit().faults == {}
