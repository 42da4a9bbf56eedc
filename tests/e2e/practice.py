"""The demo's practice behind the page: what a test prepares by the API, and what Zoom holds in the end."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from demo.practice import NEXT_WEEK, PASSWORD, THIS_WEEK
from tests.browser import Browser
from tests.e2e.kept_browsers import SignIns
from tests.e2e.slots import Slot
from tests.real_processes import ADMIN, ANA, BORIS, CVETA
from tests.sandbox_control import SandboxControl, starts_at
from tests.served_practice import ServedPractice
from tests.walk import expect, wait_until

NAMES = {ADMIN: "Maja Hribar", ANA: "Ana Novak", BORIS: "Boris Kranjc", CVETA: "Cveta Zupan"}
_SEEDED = {title for _, _, _, _, title, _, _ in THIS_WEEK + NEXT_WEEK}


class Practice(ServedPractice):
    def __init__(self, address: str, sandbox: str) -> None:
        self.address = address
        self.sandbox = sandbox
        self._open = ExitStack()
        self.zoom = self._open.enter_context(SandboxControl(sandbox))
        self._browsers: dict[str, Browser] = {}
        self.sign_ins = SignIns()
        self.client_ids = {one["name"]: str(one["id"]) for one in self.get("/api/clients")}

    def close(self) -> None:
        self._open.close()

    def of(self, email: str) -> Browser:
        """Apart from the browser that the test looks at."""
        if email not in self._browsers:
            self._browsers[email] = self._open.enter_context(Browser(self.address))
            self._browsers[email].log_in(email, PASSWORD)
        return self._browsers[email]

    def get(self, path: str, by: str = ADMIN) -> Any:
        return expect(self.of(by).api("GET", path), 200)

    # --- a known state ---------------------------------------------------------------------------------------

    def tidy(self) -> None:
        """As after the demo's first start: its own sessions, no unfinished forms, only Ana connected."""
        self.zoom.heal()
        for email in NAMES:
            self.zoom.http.patch(f"/accounts/{email}", json={"needs_admin_approval": False}).raise_for_status()
            self.zoom.http.post(f"/accounts/{email}/daily-count", json={"count": 0}).raise_for_status()
        for one in self.sessions():
            if one["title"] not in _SEEDED:
                self.of(ADMIN).api("DELETE", f"/api/bookings/{one['id']}").raise_for_status()
        for email in NAMES:
            for draft in self.get("/api/drafts", by=email):
                self.of(email).api("DELETE", f"/api/drafts/{draft['id']}").raise_for_status()
        for email in (BORIS, CVETA):
            self.disconnect(email)
            self.zoom.remove_app(email)  # so that Zoom asks for consent once more
        if self.status(ANA) != "connected":
            self.connect(ANA)

    def sessions(self) -> list[dict[str, Any]]:
        now = datetime.now(UTC)
        start, until = now - timedelta(days=1), now + timedelta(days=398)
        span = f"start={start:%Y-%m-%dT%H:%M:%SZ}&until={until:%Y-%m-%dT%H:%M:%SZ}&limit=200"
        return list(self.get(f"/api/bookings?{span}")["items"])

    # --- connections -----------------------------------------------------------------------------------------

    def approved(self, authorize_address: str, account: str, **how: Any) -> str:
        """Where Zoom sends the browser when this account agrees."""
        asked = {"authorize_url": authorize_address, "account": account, **how}
        answer = self.zoom.http.post("/approve", json=asked).raise_for_status()
        return str(answer.json()["location"])

    def disconnect(self, email: str) -> None:
        if self.status(email) != "not_connected":
            gone = f"/api/connections/zoom/{self.ids[email]}?meetings=remove"
            self.of(ADMIN).api("DELETE", gone).raise_for_status()
            wait_until(lambda: self.status(email) == "not_connected", f"{email} is disconnected", seconds=60)

    def personal_link(self, email: str) -> str:
        made = self.of(ADMIN).api("POST", f"/api/connections/zoom/{self.ids[email]}/links")
        return str(expect(made, 201)["link"])

    # --- sessions --------------------------------------------------------------------------------------------

    def book(
        self, email: str, title: str, slot: Slot, *, clients: tuple[str, ...] = ("Eva Bizjak",), online: bool = True
    ) -> dict[str, Any]:
        chosen: dict[str, Any] = {
            "client_ids": [self.client_ids[name] for name in clients],
            "starts_at": slot.starts_at.isoformat(),
            "ends_at": slot.ends_at.isoformat(),
        }
        form = self.form(email, title, online=online) | chosen
        key = {"Idempotency-Key": str(uuid4())}
        return dict(expect(self.of(ADMIN).api("POST", "/api/bookings", json=form, headers=key), 201))

    def session(self, title: str) -> dict[str, Any]:
        """The only one of that title, also when the page is still saving it."""
        wait_until(lambda: title in [one["title"] for one in self.sessions()], f"a session called {title}", seconds=10)
        found = [one for one in self.sessions() if one["title"] == title]
        assert len(found) == 1, f"{len(found)} sessions are called {title}"
        return found[0]

    def no_session(self, title: str) -> None:
        assert title not in [one["title"] for one in self.sessions()]

    # --- Zoom ------------------------------------------------------------------------------------------------

    def at_zoom(self, title: str) -> dict[str, list[dict[str, Any]]]:
        """The hosts of meetings with that title, by e-mail address."""
        held = {email: [one for one in self.zoom.meetings(email) if one["topic"] == title] for email in NAMES}
        return {email: meetings for email, meetings in held.items() if meetings}

    def the_meeting(self, title: str, host: str, slot: Slot | None = None) -> dict[str, Any]:
        """The only meeting with that title at Zoom, in this host's account, with the session's link."""
        held = self.at_zoom(title)
        assert {email: len(meetings) for email, meetings in held.items()} == {host: 1}, held
        meeting = held[host][0]
        link = meeting["join_url"]  # a save answers before its link is stored when the machine is busy
        wait_until(lambda: self.session(title)["meeting"]["join_link"] == link, f"the link of {title} is stored")
        if slot:
            assert starts_at(meeting) == slot.starts_at
            assert meeting["duration"] == slot.minutes
        return meeting

    def nothing_at_zoom(self, title: str) -> None:
        assert self.at_zoom(title) == {}

    def soon_nothing_at_zoom(self, title: str) -> None:
        wait_until(lambda: self.at_zoom(title) == {}, f"the meeting of {title} is removed")


def state_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["state"][0]
