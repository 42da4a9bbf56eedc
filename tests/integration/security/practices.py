"""Practices that hold one of everything, so that each can be asked for what is the other's."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from application.accounts.add_people import Person
from domain.accounts.account import Account, Role
from domain.accounts.founding import Proposal
from domain.accounts.identity import IdentityLink
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.organization import Organization
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from tests.in_memory_app import PASSWORD
from tests.integration.security.site import Site, ask
from tests.joining import token_of

SLOT = {"starts_at": "2027-06-01T09:00:00Z", "ends_at": "2027-06-01T09:50:00Z", "zone": "Europe/Ljubljana"}


@dataclass
class Practice:
    """`things` are Ana's, by the names that addresses use. Her booking is online and has a meeting."""

    organization: Organization
    accounts: dict[str, Account] = field(default_factory=dict)
    browsers: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.organization.id)

    @property
    def marks(self) -> set[str]:
        """Texts that no person of another practice may read."""
        people = {text for one in self.accounts.values() for text in (str(one.id), one.email)}
        mine = (
            "booking_id",
            "client_id",
            "client_email",
            "other_client_id",
            "note_id",
            "receipt_id",
            "title",
            "state",
            "token",
            "join_link",
        )
        return people | {self.id, self.organization.name} | {self.things[name] for name in mine}

    @property
    def anas_marks(self) -> set[str]:
        """Texts that no other consultant may ever read."""
        return {self.things[name] for name in ("booking_id", "title", "state", "token", "join_link", "draft_text")}


async def practice(site: Site, number: int) -> Practice:
    made = Practice(Organization(uuid4(), f"Practice number {number}", "Europe/Ljubljana"))
    await _people(site, made, number)
    ana, admin = made.browsers["Ana"], made.browsers["Admin"]
    for name in ("Ana", "Bor"):
        await _connect(site, made, name)
    client = await _json(admin, "POST", "/api/clients", json={"name": "Eva", "email": f"eva{number}@example.org"})
    things = made.things
    things |= {"provider": site.provider, "password": PASSWORD, "email": made.accounts["Ana"].email}
    things |= {
        "consultant_id": str(made.accounts["Ana"].id),
        "client_id": client["id"],
        "client_email": client["email"],
    }
    other = await _json(admin, "POST", "/api/clients", json={"name": "Eva B.", "email": f"evab{number}@example.org"})
    await logged_in(site, made.accounts["Ana"])
    logins = await _json(ana, "GET", "/api/login/sessions")
    things["login_id"] = next(one["id"] for one in logins if not one["here"])
    note = await _json(
        ana, "POST", f"/api/clients/{client['id']}/notes", json={"day": "2026-03-02", "text": f"a note of {number}"}
    )
    things |= {"other_client_id": other["id"], "note_id": note["id"]}
    things |= {
        "title": f"Talk of practice {number}",
        "draft_id": str(uuid4()),
        "passkey_id": str(uuid4()),
        "draft_text": f"draft of {number}",
    }
    booked = await _json(ana, "POST", "/api/bookings", json=_form(made, site.provider))
    things |= {"booking_id": booked["id"], "join_link": booked["meeting"]["join_link"]}
    await _json(ana, "PUT", f"/api/drafts/{things['draft_id']}", json={"form": {"title": things["draft_text"]}})
    links = f"/api/connections/{site.provider}/{things['consultant_id']}/links"
    things["token"] = (await _json(admin, "POST", links))["link"].rpartition("/")[2]
    asked = {"name": "Dora", "email": f"dora{number}@example.net", "roles": ["consultant"]}
    invited = await _json(admin, "POST", "/api/invitations", json=asked)
    things |= {"invitation_id": invited["id"], "invitation_token": token_of(invited["link"])}
    things |= {"person_id": things["consultant_id"], "founder": f"fani{number}@example.net"}
    things["former_id"] = await _former(site, made, number)
    things |= {"founding_token": await _founding_token(site, things["founder"])}
    reset = await _json(admin, "POST", f"/api/people/{things['person_id']}/reset-link")
    things["reset_token"] = token_of(reset["link"])
    gone = await _json(admin, "POST", "/api/erasures", json={"email": made.accounts["Cene"].email})
    things["receipt_id"] = gone["id"]
    redirect = await _json(ana, "POST", f"/api/connections/{site.provider}", json={})
    things |= {"organization_id": made.id, "practice": made.id}
    await _identity_provider(site, made)
    things |= await site.consent(redirect["authorize_address"], made.accounts["Ana"])
    return made


async def _people(site: Site, made: Practice, number: int) -> None:
    add_people = site.container.add_people()
    admin = Person(uuid4(), "Admin", f"admin{number}@example.com", PASSWORD, frozenset({Role.ADMIN}))
    made.accounts["Admin"] = await add_people.practice(made.organization, admin)
    for name in ("Ana", "Bor", "Cene"):
        person = Person(uuid4(), name, site.email(name, number), PASSWORD, frozenset({Role.CONSULTANT}))
        made.accounts[name] = await add_people.person(made.organization, person)
    for name, account in made.accounts.items():
        made.browsers[name] = await logged_in(site, account)


async def _former(site: Site, made: Practice, number: int) -> str:
    """A person whose account has ended."""
    person = Person(uuid4(), "Dina", f"dina{number}@example.net", PASSWORD, frozenset({Role.CONSULTANT}))
    await site.container.add_people().person(made.organization, person)
    await site.container.end_account()(made.accounts["Admin"], person.id, MeetingsOnDisconnect.KEEP)
    return str(person.id)


async def _identity_provider(site: Site, made: Practice) -> None:
    """Stored as it is: no process of these tests serves one."""
    now = site.container.clock().now()
    provider = IdentityProvider(
        made.organization.id, "https://id.example.com", "us", "a secret", ("example.com",), False, frozenset(), now
    )
    link = IdentityLink(made.organization.id, made.accounts["Ana"].id, provider.issuer, "subject of Ana", now)
    async with site.container.begin()() as work:
        await work.identity_providers.save(provider)
        await work.identity_links.add(link)
        await work.commit()


async def _founding_token(site: Site, founder: str) -> str:
    proposal = Proposal("Not founded yet", "UTC", name="Fani", email=founder)
    return (await site.container.found_practice().offer(proposal)).text


async def logged_in(site: Site, account: Account, password: str = PASSWORD) -> httpx.AsyncClient:
    browser = await site.browser()
    await _json(browser, "POST", "/api/login", json={"email": account.email, "password": password})
    return browser


async def _connect(site: Site, made: Practice, name: str) -> None:
    browser = made.browsers[name]
    redirect = await _json(browser, "POST", f"/api/connections/{site.provider}", json={})
    back = await site.consent(redirect["authorize_address"], made.accounts[name])
    await _json(browser, "POST", f"/api/connections/{site.provider}/callback", json=back)


def _form(made: Practice, provider: str) -> dict[str, Any]:
    people = {"consultant_id": made.things["consultant_id"], "client_ids": [made.things["client_id"]]}
    return {**people, **SLOT, "title": made.things["title"], "online": True, "provider": provider}


async def _json(browser: httpx.AsyncClient, method: str, path: str, **more: Any) -> Any:
    answer = await ask(browser, method, path, **more)
    assert answer.is_success, f"{method} {path}: {answer.text}"
    return answer.json()


def unknown(things: dict[str, str], organization: Organization) -> dict[str, str]:
    """The same names, leading to nothing that exists."""
    ids = {name: str(uuid4()) for name in things if name.endswith("_id")}
    secret = f"{organization.id.hex}.{secrets.token_urlsafe(32)}"
    return things | ids | {"token": secret, "state": secret, "code": "guessed", "email": "nobody@example.com"}
