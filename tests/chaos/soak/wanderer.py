"""A consultant who connects and disconnects all the time."""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.chaos.soak.person import Person
from tests.sandbox_control import SandboxControl


@dataclass(kw_only=True)
class Wanderer(Person):
    id: str
    email: str
    zoom: SandboxControl

    def _deeds(self) -> list[tuple[Any, int]]:
        return [*super()._deeds(), (self.connect, 6), (self.disconnect, 3)]

    def connect(self) -> bool:
        """From the button to the answer; True when the answer says connected."""
        try:
            return self._connect()
        except httpx.TransportError:
            self.counts["no answer"] += 1
            time.sleep(0.2)
            return False

    def _connect(self) -> bool:
        self.counts["requests"] += 2
        address = self.chance.choice(self.addresses)
        redirect = self.browser.api("POST", f"{address}/api/connections/zoom", json={})
        if not self._honest(redirect, "connect"):
            return False
        asked = {"authorize_url": redirect.json()["authorize_address"], "account": self.email, "decision": "approve"}
        approved = self.zoom.http.post("/approve", json=asked)
        if not approved.is_success:
            return False
        back = urlsplit(approved.json()["location"])
        answer = self.browser.come_back(f"{self.chance.choice(self.addresses)}{back.path}?{back.query}")
        return self._honest(answer, "come back")

    def disconnect(self) -> None:
        self.counts["requests"] += 1
        meetings = self.chance.choice(("keep", "remove"))
        address = self.chance.choice(self.addresses)
        try:
            answer = self.browser.api("DELETE", f"{address}/api/connections/zoom/{self.id}?meetings={meetings}")
        except httpx.TransportError:
            self.counts["no answer"] += 1
            time.sleep(0.2)
            return
        self._honest(answer, "disconnect")

    def _honest(self, answer: httpx.Response, what: str) -> bool:
        """The request was done, or refused with the next step."""
        if answer.is_success:
            self.counts["answered"] += 1
            return True
        if answer.status_code == 503:
            self.counts["said to be away"] += 1
        if answer.status_code not in (409, 502, 503) or not answer.json().get("next"):
            self.untrue.append(f"{self.name}: {what} answers {answer.status_code} {answer.text}")
        return False
