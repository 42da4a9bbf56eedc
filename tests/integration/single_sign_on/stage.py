"""What the tests of single sign-on do again and again."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import httpx

from domain.accounts.account import Account
from domain.accounts.organization import Organization
from domain.security.event import EventKind, EventOutcome
from tests.identity_provider.process import CLIENT, SECRET, Claims, IdentityProviderProcess
from tests.in_memory_app import PASSWORD, SETTINGS, InMemoryApp

PRACTICE = UUID(int=1)
SETTING = "/api/practice/single-sign-on"
# Claims by subject.
PEOPLE: Claims = {
    "ana": {"email": "ana@example.com", "email_verified": True},
    "bor": {"email": "Bor@Example.com", "email_verified": True},
    "bor the second": {"email": "bor@example.com", "email_verified": True},
    "unverified": {"email": "bor@example.com", "email_verified": False},
    "silent": {"email": "bor@example.com"},
    "foreign": {"email": "bor@elsewhere.example", "email_verified": True},
    "unknown": {"email": "nobody@example.com", "email_verified": True},
    "zala": {"email": "zala@example.com", "email_verified": True},
    "addressless": {},
}


def callback(organization_id: UUID) -> str:
    return SETTINGS.sign_in_callback_address(organization_id)


@dataclass
class Stage:
    app: InMemoryApp
    organization: Organization
    ana: Account
    bor: Account
    provider: IdentityProviderProcess

    @property
    def place(self) -> str:
        return f"/api/sign-in/{self.organization.id}"

    async def set(self, **changes: Any) -> httpx.Response:
        form = {
            "issuer": self.provider.issuer,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "domains": ["example.com"],
            "required": False,
            "break_glass": [str(self.ana.id)],
        }
        return await self.app.api("PUT", SETTING, json=form | changes)

    async def ready(self, **changes: Any) -> "Stage":
        """With the provider set, and nobody signed in."""
        (await self.set(**changes)).raise_for_status()
        self.fresh_browser()
        return self

    def fresh_browser(self) -> None:
        self.app.http.cookies.clear()

    async def begin(self) -> str:
        answer = await self.app.api("POST", self.place)
        assert answer.status_code == 200, answer.text
        return cast(str, answer.json()["address"])

    async def complete(self, back: dict[str, str]) -> httpx.Response:
        """As the page does: with what it knows of the answer."""
        known = {name: back[name] for name in ("state", "code", "error", "iss") if name in back}
        return await self.app.api("POST", f"{self.place}/callback", json=known)

    async def sign_in(self, sub: str) -> httpx.Response:
        return await self.complete(await self.provider.sign_in(await self.begin(), sub))

    async def by_password(self, account: Account) -> httpx.Response:
        form = {"email": account.email, "password": PASSWORD}
        return await self.app.api("POST", "/api/login", json=form)

    async def signed_in(self) -> str | None:
        """The name of the person who is signed in in this browser."""
        answer = await self.app.api("GET", "/api/me")
        return cast(str, answer.json()["name"]) if answer.status_code == 200 else None

    async def events(self, kind: EventKind) -> list[tuple[EventOutcome, UUID | None]]:
        """The outcomes and subjects, oldest first."""
        await self.app.container.count_repeated_events().finish()
        stored = [one.event for _, one in sorted(self.app.database.state.security_log.items())]
        return [(one.outcome, one.subject_id) for one in stored if one.kind is kind]


def refusal(answer: httpx.Response) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status_code, problem["code"], problem.get("data", {}).get("reason")
