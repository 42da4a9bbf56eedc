"""The people of one cell of the matrix, and their requests to the API."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx

from application.accounts.add_people import Person
from application.accounts.log_in import LoggedIn, Origin
from demo.sandbox.config import Person as ZoomPerson
from domain.accounts.account import Account, Role
from domain.accounts.login_session import PROOF_LASTS
from domain.accounts.organization import Organization
from tests.app_on_sandbox import AppOnSandbox

PASSWORD = "a password for tests"
ZONE = "Europe/Ljubljana"
SESSION = timedelta(minutes=50)
_SIGNED_IN_FOR = PROOF_LASTS / 2  # so that nothing needs a confirmation


@dataclass
class Practice:
    """The faults affect Ana's sessions. Boris is a colleague, Maja the admin."""

    place: AppOnSandbox
    accounts: dict[str, ZoomPerson]  # by first name, for people with a user at Zoom
    maja: Account
    ana: Account
    boris: Account
    client: str
    sessions: list[str] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)  # for the use case's own use
    lost: int = 0  # answers that are lost as part of the use case itself
    logged_in: dict[UUID, tuple[str, datetime]] = field(default_factory=dict)

    # --- at the API ------------------------------------------------------------------------------------------

    async def api(self, who: Account, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {
            "cookie": f"calendra_session={await self._token(who)}; calendra_csrf={self.place.csrf}",
            "x-csrftoken": self.place.csrf,
            "accept": "application/json",
        }
        return await self.place.http.request(method, path, json=body, headers=headers)

    async def _token(self, who: Account) -> str:
        now = self.place.clock.now()
        token, since = self.logged_in.get(who.id, ("", now))
        if not token or since + _SIGNED_IN_FOR < now:
            logged_in = await self.place.container.log_in()(who.email, PASSWORD, Origin("192.0.2.1"))
            assert isinstance(logged_in, LoggedIn)
            token = logged_in.login.text
            self.logged_in[who.id] = (token, now)
        return token

    async def book(self, *, days: int = 40, by: Account | None = None, **changes: Any) -> httpx.Response:
        starts_at = self.place.clock.now().replace(hour=10, minute=0, second=0) + timedelta(days=days)
        form = {
            "consultant_id": str(self.ana.id),
            "client_ids": [self.client],
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + SESSION).isoformat(),
            "zone": ZONE,
            "title": "First talk",
            "online": True,
            "provider": "zoom",
        }
        answer = await self.api(by or self.ana, "POST", "/api/bookings", form | changes)
        if answer.status_code == 201:
            self.sessions.append(answer.json()["id"])
        return answer

    async def booked(self, **changes: Any) -> str:
        """A session that exists before the use case begins."""
        answer = await self.book(**changes)
        assert answer.status_code == 201, answer.text
        assert answer.json()["meeting"]["status"] in ("ready", "none"), answer.text
        return self.sessions[-1]

    async def edit(self, by: Account | None = None, **changes: Any) -> httpx.Response:
        return await self.api(by or self.ana, "PATCH", f"/api/bookings/{self.sessions[-1]}", changes)

    async def view(self, session: str) -> dict[str, Any] | None:
        answer = await self.api(self.maja, "GET", f"/api/bookings/{session}")
        return dict(answer.json()) if answer.status_code == 200 else None

    async def status(self, who: Account) -> str:
        return str((await self.on_the_board(who))["status"])

    async def on_the_board(self, who: Account) -> dict[str, Any]:
        board = (await self.api(self.maja, "GET", "/api/consultants")).json()
        return dict(next(one for one in board if one["id"] == str(who.id))["connections"][0])

    # --- at the provider -------------------------------------------------------------------------------------

    async def start(self, who: Account) -> str:
        answer = await self.api(who, "POST", "/api/connections/zoom", {})
        return str(answer.raise_for_status().json()["authorize_address"])

    async def come_back(self, who: Account, authorize_address: str) -> httpx.Response:
        asked = {"authorize_url": authorize_address, "account": self.accounts[who.name].email}
        location = (await self.place.ask_zoom("POST", "approve", asked))["location"]
        query = parse_qs(urlsplit(location).query)
        body = {"code": query["code"][0], "state": query["state"][0]}
        return await self.api(who, "POST", "/api/connections/zoom/callback", body)

    async def connect(self, who: Account) -> httpx.Response:
        return await self.come_back(who, await self.start(who))

    async def connected(self, who: Account) -> None:
        (await self.connect(who)).raise_for_status()

    async def meetings(self) -> list[dict[str, Any]]:
        """All meetings of this practice's people at Zoom, each with its host's first name."""
        found = []
        for name, person in self.accounts.items():
            held = (await self.place.ask_zoom("GET", f"accounts/{person.user_id}/meetings"))["meetings"]
            found += [one | {"host": name} for one in held]
        return found

    async def installed(self, who: Account) -> bool:
        return bool((await self.place.ask_zoom("GET", f"accounts/{self.accounts[who.name].user_id}"))["installed"])

    async def calls(self) -> list[tuple[str, str, int | None, str]]:
        """From the stand-in's journal: call, account, answer and fault."""
        noted = []
        for name, person in self.accounts.items():
            journal = await self.place.ask_zoom("GET", f"requests?account={person.email}")
            noted += [(one["operation"], name, one["status"], one["fault"]) for one in journal["requests"]]
        return noted

    async def calls_in_order(self) -> list[tuple[str, str, str]]:
        """Slow: the stand-in's journal is long."""
        names = {person.email: name for name, person in self.accounts.items()}
        journal = await self.place.ask_zoom("GET", "requests")
        ours = (one for one in journal["requests"] if one["account"] in names)
        return [(one["operation"], names[one["account"]], one["fault"]) for one in ours]


async def practice(place: AppOnSandbox, zoom: tuple[ZoomPerson, ZoomPerson]) -> Practice:
    """A new practice, without a connection."""
    await place.cleared()
    unique = uuid4().hex[:10]

    def person(name: str, *roles: Role) -> Person:
        return Person(uuid4(), name, f"{name.lower()}.{unique}@example.com", PASSWORD, frozenset(roles))

    organization = Organization(uuid4(), "Linden Practice", ZONE)
    add_people = place.container.add_people()
    maja = await add_people.practice(organization, person("Maja", Role.ADMIN))
    ana = await add_people.person(organization, person("Ana", Role.CONSULTANT))
    boris = await add_people.person(organization, person("Boris", Role.CONSULTANT))
    client = await place.container.manage_clients().add(maja, uuid4(), "Eva Bizjak", "eva@example.org")
    return Practice(place, {"Ana": zoom[0], "Boris": zoom[1]}, maja, ana, boris, str(client.id))
