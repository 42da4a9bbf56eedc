"""`make walk`: the main job from end to end, over HTTP, against a running demo; starts one when none runs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from tests.browser import Browser
from tests.demos import running_demo
from tests.sandbox_control import SandboxControl, starts_at

PASSWORD = "look-around-here"
ANA, BORIS, CVETA = (f"{name}@example.com" for name in ("ana.novak", "boris.kranjc", "cveta.zupan"))
ADMIN = "maja.hribar@example.com"


class Walk:
    """Each step does one thing that a person does, and looks at Calendra and at Zoom whether it is so."""

    def __init__(self, address: str, sandbox: str) -> None:
        self.address = address
        self.zoom = SandboxControl(sandbox)
        self.steps = 0
        # A year that no other walk of this demo used: sessions never collide with earlier walks.
        self.day = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(
            days=30 + uuid4().int % 300, minutes=15 * (uuid4().int % 8)
        )

    def run(self) -> None:
        with self.zoom, self._signed_in(CVETA) as cveta, self._signed_in(ADMIN) as admin:
            self._make_sure_not_connected(cveta)
            booking = self._connect_in_the_middle_of_booking(cveta)
            booking = self._move(cveta, booking)
            self._admin_books(admin, cveta, booking)
            self._remove_at_zoom_and_reconnect(cveta, booking)
            self._erase(admin)
        self.say(f"{self.steps} steps, each as it should be.", mark="✓")

    # --- a consultant connects in the middle of booking ------------------------------------------------------

    def _make_sure_not_connected(self, cveta: Browser) -> None:
        connection = self._connection(cveta, CVETA)
        if connection["status"] != "not_connected":
            cveta.api("DELETE", f"/api/connections/zoom/{self._id(cveta, CVETA)}?meetings=remove").raise_for_status()
        self.say("Cveta signs in. Zoom is not connected.")

    def _connect_in_the_middle_of_booking(self, cveta: Browser) -> dict[str, Any]:
        form = self._form(cveta, CVETA, "First talk", online=True)
        before = len(self.zoom.meetings(CVETA))
        refused = cveta.api("POST", "/api/bookings", json=form)
        problem = expect(refused, 409, "connection_needed")
        where = problem["data"]["authorize_address"]
        self.say(f"She books an online session and is sent to {urlsplit(where).netloc} to allow it; nothing is booked.")
        assert len(self.zoom.meetings(CVETA)) == before
        back = expect(cveta.consent(where, CVETA), 200)
        assert back["account"] == CVETA, back
        self.say(f"She allows it there and is back: {back['label']} connected as {back['account']}.")
        draft = expect(cveta.api("GET", f"/api/drafts/{back['draft_id']}"), 200)
        assert draft["form"]["title"] == form["title"]
        assert draft["form"]["client_ids"] == form["client_ids"]
        self.say("Her form is there as she left it.")
        booking: dict[str, Any] = expect(cveta.api("POST", "/api/bookings", json=draft["form"]), 201)
        meeting = self._one_meeting(CVETA, booking)
        assert starts_at(meeting) == instant(booking["starts_at"])
        self.say(f"One click saves it. Link: {booking['meeting']['join_link']}")
        cveta.api("DELETE", f"/api/drafts/{back['draft_id']}").raise_for_status()
        return booking

    def _move(self, cveta: Browser, booking: dict[str, Any]) -> dict[str, Any]:
        later = {name: shifted(booking[name], hours=2) for name in ("starts_at", "ends_at")}
        etag = cveta.api("GET", f"/api/bookings/{booking['id']}").headers["etag"]
        moved: dict[str, Any] = expect(
            cveta.api("PATCH", f"/api/bookings/{booking['id']}", json=later, headers={"If-Match": etag}), 200
        )
        assert moved["meeting"]["join_link"] == booking["meeting"]["join_link"], moved
        assert starts_at(self._one_meeting(CVETA, moved)) == instant(later["starts_at"])
        stale = cveta.api("PATCH", f"/api/bookings/{booking['id']}", json={"title": "x"}, headers={"If-Match": etag})
        expect(stale, 412, "changed_meanwhile")
        self.say("She moves it two hours: the same link, the new time at Zoom. An edit from an old page is refused.")
        return moved

    # --- an admin books for others ---------------------------------------------------------------------------

    def _admin_books(self, admin: Browser, cveta: Browser, booking: dict[str, Any]) -> None:
        self._disconnect_if_connected(admin, BORIS)
        form = self._form(admin, BORIS, "Mediation", online=True)
        before = len(self.zoom.all_meetings())
        problem = expect(admin.api("POST", "/api/bookings", json=form), 409, "connection_needed")
        assert "authorize_address" not in problem["data"], "an admin is never sent to Zoom in a consultant's place"
        names = [one["name"] for one in problem["data"]["connected"]]
        assert "Ana Novak" in names
        assert len(self.zoom.all_meetings()) == before
        self.say(f"An admin books for Boris, who is not connected: told so, nothing made. Offered: {', '.join(names)}.")
        link = expect(admin.api("POST", f"/api/connections/zoom/{form['consultant_id']}/links"), 201)
        self.say(f"Or a personal link for him: {link['link'][:60]}…")
        ana = self._id(admin, ANA)
        admins_own = len(self.zoom.meetings(ADMIN))
        booked = expect(admin.api("POST", "/api/bookings", json={**form, "consultant_id": ana}), 201)
        self._one_meeting(ANA, booked)
        assert len(self.zoom.meetings(ADMIN)) == admins_own
        self.say("For Ana it works: the meeting is in Ana's Zoom, none in the admin's.")
        path = f"/api/bookings/{booked['id']}"
        moved = expect(admin.api("PATCH", path, json={"consultant_id": self._id(admin, CVETA)}), 200)
        assert moved["meeting"]["join_link"] != booked["meeting"]["join_link"]
        self._one_meeting(CVETA, moved)
        assert not self._held(ANA, booked), "the old host still has it"
        self.say("Given to Cveta: she has the meeting and a new link, Ana has it no more.")
        cancelled = expect(admin.api("POST", f"{path}/cancel"), 200)
        assert cancelled["meeting"]["join_link"] is None
        assert not self._held(CVETA, moved)
        self.say("Cancelled: gone at Zoom.")

    # --- removal at the provider -----------------------------------------------------------------------------

    def _remove_at_zoom_and_reconnect(self, cveta: Browser, booking: dict[str, Any]) -> None:
        self.zoom.remove_app(CVETA)
        wait_until(lambda: self._connection(cveta, CVETA)["status"] == "not_connected", "the event arrives")
        self.say("Cveta removes Calendra at Zoom. The webhook event arrives, and her connection is gone here too.")
        form = self._form(cveta, CVETA, "Follow-up", online=True, shift=6)
        problem = expect(cveta.api("POST", "/api/bookings", json=form), 409, "connection_needed")
        old = expect(cveta.api("GET", f"/api/bookings/{booking['id']}"), 200)
        assert old["meeting"]["join_link"] == booking["meeting"]["join_link"]
        self.say("A new session is refused; the link of the old one is still there.")
        expect(cveta.consent(problem["data"]["authorize_address"], CVETA), 200)
        booked = expect(cveta.api("POST", "/api/bookings", json=form), 201)
        self._one_meeting(CVETA, booked)
        self.say("She connects again and books: it works.")
        for one in (booked, booking):
            expect_empty(cveta.api("DELETE", f"/api/bookings/{one['id']}"))
        assert not self._held(CVETA, booked)
        assert not self._held(CVETA, booking)
        self.say("Deleted sessions take their meetings with them.")

    def _erase(self, admin: Browser) -> None:
        receipt = expect(admin.api("POST", "/api/erasures", json={"email": CVETA, "links": True}), 201)
        assert receipt["erased"]["connections"] == 1, receipt
        assert receipt["revoked"] == {"zoom": True}, receipt
        again = expect(admin.api("GET", f"/api/erasures/{receipt['id']}"), 200)
        assert again == receipt
        self.say(f"Her connection data are erased on request. Receipt: {receipt['erased']}")

    # --- what the steps are made of --------------------------------------------------------------------------

    def say(self, text: str, mark: str = "") -> None:
        self.steps += not mark
        print(f"{mark or self.steps:>3}  {text}", flush=True)

    @contextmanager
    def _signed_in(self, email: str) -> Iterator[Browser]:
        with Browser(self.address) as browser:
            browser.log_in(email, PASSWORD)
            yield browser

    def _form(self, browser: Browser, email: str, title: str, *, online: bool, shift: int = 0) -> dict[str, Any]:
        clients = expect(browser.api("GET", "/api/clients"), 200)
        starts = self.day + timedelta(hours=shift)
        return {
            "consultant_id": self._id(browser, email),
            "client_ids": [one["id"] for one in clients[:2]],
            "starts_at": starts.isoformat(),
            "ends_at": (starts + timedelta(minutes=50)).isoformat(),
            "zone": "Europe/Ljubljana",
            "title": title,
            "notes": "Bring the papers.",
            "online": online,
            "provider": "zoom" if online else None,
        }

    def _consultant(self, browser: Browser, email: str) -> dict[str, Any]:
        return next(one for one in expect(browser.api("GET", "/api/consultants"), 200) if one["email"] == email)

    def _id(self, browser: Browser, email: str) -> str:
        return str(self._consultant(browser, email)["id"])

    def _connection(self, browser: Browser, email: str) -> dict[str, Any]:
        return next(one for one in self._consultant(browser, email)["connections"] if one["provider"] == "zoom")

    def _disconnect_if_connected(self, admin: Browser, email: str) -> None:
        if self._connection(admin, email)["status"] != "not_connected":
            admin.api("DELETE", f"/api/connections/zoom/{self._id(admin, email)}?meetings=remove").raise_for_status()

    def _held(self, account: str, booking: dict[str, Any]) -> list[dict[str, Any]]:
        return [one for one in self.zoom.meetings(account) if one["join_url"] == booking["meeting"]["join_link"]]

    def _one_meeting(self, account: str, booking: dict[str, Any]) -> dict[str, Any]:
        assert booking["meeting"]["status"] == "ready", booking["meeting"]
        held = self._held(account, booking)
        assert len(held) == 1, f"{account} holds {len(held)} meetings for {booking['title']}"
        return held[0]


def expect(answer: httpx.Response, status: int, code: str | None = None) -> Any:
    assert answer.status_code == status, f"{answer.request.url}: {answer.status_code} {answer.text[:600]}"
    body = answer.json()
    assert code is None or body["code"] == code, body
    return body


def expect_empty(answer: httpx.Response) -> None:
    assert answer.status_code == 204, answer.text
    assert not answer.content


def wait_until(true: Any, what: str, seconds: float = 15) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, f"waited {seconds} s in vain until {what}"
        time.sleep(0.1)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def shifted(text: str, *, hours: int = 0, minutes: int = 0) -> str:
    return (instant(text) + timedelta(hours=hours, minutes=minutes)).isoformat()


def starts_at_of(meeting: dict[str, Any]) -> str:
    """As Calendra's API writes an instant."""
    return starts_at(meeting).astimezone(UTC).isoformat().replace("+00:00", "Z")


if __name__ == "__main__":
    with running_demo() as (calendra, sandbox):
        Walk(calendra, sandbox).run()
