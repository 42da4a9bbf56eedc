"""Runs every operation that handles secrets, with success and failure, and records all answers."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import psycopg

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.integration.security.eavesdropper import Eavesdropper
from tests.joining import join
from tests.real_processes import ADMIN, ANA, BORIS, CVETA, Service

WRONG_PASSWORD = "a wrong password, but perhaps a right one elsewhere"
ILL = [(status, kind) for status in (200, 400, 404, 429, 500) for kind in ("json", "html", "broken")]


@dataclass
class Life:
    """`handed_out`: secrets that one person is meant to get, each with the one place where it may stand."""

    service: Service
    ears: Eavesdropper
    answers: list[str] = field(default_factory=list)
    handed_out: dict[str, str] = field(default_factory=dict)
    hours: int = 0

    def browser(self, email: str | None = None) -> Browser:
        browser = self.service.stranger()
        browser.http.event_hooks["response"].append(self._note)
        if email:
            browser.log_in(email, PASSWORD)
        return browser

    def _note(self, answer: httpx.Response) -> None:
        answer.read()
        if not str(answer.url).startswith(self.service.address):
            return
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.multi_items())
        said = f"{answer.status_code}\n{headers}\n\n{answer.text}"
        self.answers.append(_without(said, self._meant(answer)))

    def _meant(self, answer: httpx.Response) -> list[str]:
        """What this answer hands out on purpose; nowhere else may it be seen again."""
        found = {value: name for name, value in answer.cookies.items() if value}
        for address in re.findall(r'"authorize_address":"([^"]+)"', answer.text):
            state = parse_qs(urlsplit(address).query)["state"][0]
            found |= {state: "state"} if len(state) > len("…") else {}  # as in the document's example
        for token in re.findall(r'"link":"[^"]+/connect/([^"]+)"', answer.text):
            found[token] = "connect link"
        for token in re.findall(r'"link":"[^"]+/join#([^"]+)"', answer.text):
            found[token] = "invitation"
        for token in re.findall(r'"link":"[^"]+/reset#([^"]+)"', answer.text):
            found[token] = "reset link"
        self.handed_out |= found
        return list(found)

    # --- what people do -----------------------------------------------------------------------------------------

    def live(self) -> None:
        ana, admin, boris = self.browser(ANA), self.browser(ADMIN), self.browser(BORIS)
        self._login_sessions()
        self._connections(admin, boris)
        session = self._sessions(ana)
        self._refresh(ana)
        self._ill_provider(ana, session)
        self._ill_consents(self.browser(CVETA))
        self._webhook_events()
        self._faults(ana, admin)
        self._password(admin)
        ana.api("DELETE", f"/api/connections/zoom/{_me(ana)}?meetings=remove")
        boris.api("DELETE", f"/api/connections/zoom/{_me(boris)}?meetings=keep")
        for path in ("/schema/openapi.json", "/", "/health/ready", "/api/help/zoom", "/nowhere"):
            ana.api("GET", path)
        ana.api("DELETE", "/api/login")

    def _login_sessions(self) -> None:
        for credentials in (
            {"email": ANA, "password": WRONG_PASSWORD},
            {"email": "nobody@example.com", "password": PASSWORD},
            {"email": ANA, "password": PASSWORD, "more": PASSWORD},
            {"email": 7, "password": [PASSWORD]},
        ):
            self.browser().api("POST", "/api/login", json=credentials)
        self.browser().api("POST", f"/api/login?password={WRONG_PASSWORD}", content=PASSWORD.encode())

    def _connections(self, admin: Browser, boris: Browser) -> None:
        made = admin.api("POST", f"/api/connections/zoom/{_me(boris)}/links").json()["link"]
        token = made.rpartition("/")[2]
        boris.api("GET", f"/api/connections/links/{token}")
        admin.api("POST", f"/api/connections/links/{token}")
        redirect = boris.api("POST", f"/api/connections/links/{token}").json()
        boris.consent(redirect["authorize_address"], BORIS)
        boris.api("GET", f"/connect/{token}")
        boris.api("GET", "/api/consultants")
        boris.api("GET", f"/api/consultants/{_me(boris)}/history")

    def _sessions(self, ana: Browser) -> dict[str, Any]:
        session: dict[str, Any] = ana.api("POST", "/api/bookings", json=self.form(ana)).json()
        path = f"/api/bookings/{session['id']}"
        ana.api("PATCH", path, json={"title": "Changed"})
        ana.api("GET", f"{path}/history")
        ana.api("PATCH", path, json={"title": 7})
        other = ana.api("POST", "/api/bookings", json=self.form(ana)).json()
        ana.api("DELETE", f"/api/bookings/{other['id']}")
        return session

    def _refresh(self, ana: Browser) -> None:
        self.service.zoom.expire_access(ANA)
        ana.api("POST", "/api/bookings", json=self.form(ana))

    def _ill_provider(self, ana: Browser, session: dict[str, Any]) -> None:
        for number, ill in enumerate(ILL):
            self.ears.hostile = ill
            booked = ana.api("POST", "/api/bookings", json=self.form(ana))
            ana.api("PATCH", f"/api/bookings/{session['id']}", json={"title": f"Ill {number}"})
            for one in (booked.json()["id"], session["id"]):
                ana.api("GET", f"/api/bookings/{one}/history")
            ana.api("GET", "/api/consultants")
        self.ears.hostile = None

    def _ill_consents(self, cveta: Browser) -> None:
        for ill in ILL:
            redirect = cveta.api("POST", "/api/connections/zoom", json={}).json()
            self.ears.hostile = ill
            cveta.consent(redirect["authorize_address"], CVETA)
            self.ears.hostile = None
        state = next(iter(self.handed_out))
        cveta.api("POST", "/api/connections/zoom/callback", json={"state": state, "code": "a guessed code 5512"})

    def _webhook_events(self) -> None:
        for wrong in (False, True):
            self.service.zoom.webhook(event="user.updated", payload={"object": {}}, wrong_signature=wrong)
            self.service.zoom.webhook(event="app_deauthorized", account=ANA, wrong_signature=True)

    def _faults(self, ana: Browser, admin: Browser) -> None:
        """Faults of our own, with everything in hand, for their tracebacks."""
        asked: dict[str, list[tuple[Browser, str, str, Any]]] = {
            "login_sessions": [(self.browser(), "POST", "/api/login", {"email": ANA, "password": PASSWORD})],
            "authorization_requests": [(ana, "POST", "/api/connections/zoom", {})],
            "connect_links": [(admin, "POST", f"/api/connections/zoom/{_me(ana)}/links", None)],
            "connections": [(ana, "POST", "/api/bookings", self.form(ana)), (ana, "GET", "/api/consultants", None)],
            "bookings": [(ana, "POST", "/api/bookings", self.form(ana))],
            "accounts": [(self.browser(), "POST", "/api/login", {"email": ANA, "password": PASSWORD})],
        }
        with psycopg.connect(self.service.environment["CALENDRA_DATABASE_URL"], autocommit=True) as database:
            for table, requests in asked.items():
                database.execute(f"ALTER TABLE {table} RENAME TO away".encode())
                answers = [who.api(method, path, json=body) for who, method, path, body in requests]
                database.execute(f"ALTER TABLE away RENAME TO {table}".encode())
                assert [one.status_code for one in answers] == [500] * len(answers), (table, answers)

    def _password(self, admin: Browser) -> None:
        email = f"{uuid4().hex[:8]}@example.com"
        new = self.browser()
        join(admin, new, "New", email, PASSWORD, "admin")
        new.log_in(email, PASSWORD)
        new.api("PUT", "/api/me/password", json={"old": WRONG_PASSWORD, "new": PASSWORD})
        new.api("PUT", "/api/me/password", json={"old": PASSWORD, "new": WRONG_PASSWORD})

    def form(self, browser: Browser) -> dict[str, Any]:
        self.hours += 1
        starts_at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=60, hours=self.hours)
        return {
            "consultant_id": _me(browser),
            "client_ids": [browser.api("GET", "/api/clients").json()[0]["id"]],
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(minutes=50)).isoformat(),
            "zone": "Europe/Ljubljana",
            "title": "Talk",
            "online": True,
            "provider": "zoom",
        }


def _me(browser: Browser) -> str:
    return str(browser.api("GET", "/api/me").json()["id"])


def _without(text: str, meant: list[str]) -> str:
    for secret in meant:
        text = text.replace(secret, "(meant)")
    return text
