"""The made-up provider of the guide, as a server would be: it answers requests, and two people have accounts there."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx

SCOPES = ("profile", "meetings")
PEOPLE = {
    "ana": {"id": "ana", "email": "ana.novak@example.com", "name": "Ana Novak"},
    "boris": {"id": "boris", "email": "boris.kranjc@example.com", "name": "Boris Kranjc"},
}
_OPERATIONS = {"POST": "create", "PATCH": "change", "GET": "read", "DELETE": "remove"}


class Refused(Exception):
    def __init__(self, status: int, error: str, **more: str) -> None:
        self.answer = httpx.Response(status, json={"error": error, **more})


@dataclass
class Consent:
    person: str
    scopes: tuple[str, ...]
    challenge: str


@dataclass
class Vidra:
    """`faults` maps the next call of an operation to its fault: `ill` (it fails), or `lost` after its effect."""

    client_id: str = "vidra-client"
    client_secret: str = "vidra-secret"
    codes: dict[str, Consent] = field(default_factory=dict)
    access: dict[str, Consent] = field(default_factory=dict)
    refresh: dict[str, tuple[str, Consent]] = field(default_factory=dict)
    meetings: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    full: bool = False
    numbers: "count[int]" = field(default_factory=lambda: count(1000))

    def approve(self, address: str, person: str = "ana", without: str = "") -> httpx.QueryParams:
        """What the consent page sends back with the browser: code and state."""
        question = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert question["client_id"] == self.client_id
        code = uuid4().hex
        scopes = tuple(scope for scope in SCOPES if scope != without)
        self.codes[code] = Consent(person, scopes, question["code_challenge"])
        return httpx.QueryParams({"code": code, "state": question["state"]})

    def remove_app(self, person: str) -> None:
        self.access = {token: one for token, one in self.access.items() if one.person != person}
        self.refresh = {token: one for token, one in self.refresh.items() if one[1].person != person}

    def answer(self, request: httpx.Request) -> httpx.Response:
        fault = self.faults.pop(self._operation(request), "")
        if fault == "ill":
            return httpx.Response(503, text="<html>down for a while</html>")
        try:
            answer = self._route(request)(request)
        except Refused as refused:
            return refused.answer
        if fault == "lost":
            raise httpx.ReadTimeout("the answer is lost", request=request)
        return answer

    def _route(self, request: httpx.Request) -> Callable[[httpx.Request], httpx.Response]:
        if request.url.path.startswith("/meetings"):
            return getattr(self, f"_{self._operation(request)}")  # type: ignore[no-any-return]
        return {"/oauth/token": self._token, "/oauth/revoke": self._revoke, "/me": self._me}[request.url.path]

    def _operation(self, request: httpx.Request) -> str:
        path = request.url.path
        if path == "/oauth/token":
            return "refresh" if b"refresh_token=" in request.content else "exchange"
        if not path.startswith("/meetings"):
            return path.rpartition("/")[2]
        return "find" if path == "/meetings" and request.method == "GET" else _OPERATIONS[request.method]

    # --- OAuth -------------------------------------------------------------------------------------------------

    def _token(self, request: httpx.Request) -> httpx.Response:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        if (form["client_id"], form["client_secret"]) != (self.client_id, self.client_secret):
            raise Refused(401, "invalid_client")
        consent = self._of_code(form) if form["grant_type"] == "authorization_code" else self._of_refresh(form)
        access, refresh = uuid4().hex, uuid4().hex
        self.access[access], self.refresh[refresh] = consent, (access, consent)
        tokens = {"access_token": access, "refresh_token": refresh, "expires_in": 3600}
        return httpx.Response(200, json=tokens | {"scope": " ".join(consent.scopes)})

    def _of_code(self, form: dict[str, str]) -> Consent:
        consent = self.codes.pop(form["code"], None)
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if consent is None or consent.challenge != challenge:
            raise Refused(400, "invalid_grant")
        return consent

    def _of_refresh(self, form: dict[str, str]) -> Consent:
        access, consent = self.refresh.pop(form["refresh_token"], ("", None))
        self.access.pop(access, None)
        if consent is None:
            raise Refused(400, "invalid_grant")
        return consent

    def _revoke(self, request: httpx.Request) -> httpx.Response:
        self.remove_app(self._person(request))
        return httpx.Response(200, json={})

    def _me(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=PEOPLE[self._person(request, "profile")])

    def _person(self, request: httpx.Request, scope: str = "") -> str:
        consent = self.access.get(request.headers["authorization"].removeprefix("Bearer "))
        if consent is None:
            raise Refused(401, "invalid_token")
        if scope and scope not in consent.scopes:
            raise Refused(403, "missing_scope", scope=scope)
        return consent.person

    # --- meetings ----------------------------------------------------------------------------------------------

    def _create(self, request: httpx.Request) -> httpx.Response:
        person, body = self._person(request, "meetings"), json.loads(request.content)
        if self.full:
            raise Refused(429, "daily_limit", until=(datetime.now(UTC) + timedelta(hours=5)).isoformat())
        _must_lie_ahead(body)
        number = str(next(self.numbers))
        link = f"https://vidra.example/j/{number}?key={uuid4().hex}"
        self.meetings[number] = body | {"id": number, "link": link, "host": person}
        return httpx.Response(201, json=self.meetings[number])

    def _change(self, request: httpx.Request) -> httpx.Response:
        meeting, body = self._meeting(request), json.loads(request.content)
        _must_lie_ahead(body)
        meeting.update(body)
        return httpx.Response(200, json=meeting)

    def _read(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=self._meeting(request))

    def _remove(self, request: httpx.Request) -> httpx.Response:
        del self.meetings[self._meeting(request)["id"]]
        return httpx.Response(200, json={})

    def _find(self, request: httpx.Request) -> httpx.Response:
        person, note = self._person(request, "meetings"), request.url.params["note"]
        found = [one for one in self.meetings.values() if (one["host"], one["note"]) == (person, note)]
        return httpx.Response(200, json=found)

    def _meeting(self, request: httpx.Request) -> dict[str, Any]:
        person = self._person(request, "meetings")
        meeting = self.meetings.get(request.url.path.rpartition("/")[2])
        if meeting is None or meeting["host"] != person:
            raise Refused(404, "not_found")
        return meeting


def _must_lie_ahead(body: dict[str, Any]) -> None:
    if datetime.fromisoformat(body["starts_at"]) < datetime.now(UTC):
        raise Refused(422, "in_the_past")
