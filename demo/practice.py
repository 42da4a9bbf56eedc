"""A practice for the demo: people, clients and two weeks of sessions, created through the use cases."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import msgspec

from application.accounts.add_people import Person
from application.connection.complete_connection import AuthorizationResponse
from domain.accounts.account import Account, Role
from domain.accounts.organization import Organization
from domain.booking.booking import BookingDetails
from domain.slot import Slot
from entrypoints.container import Container
from entrypoints.http.demo import DemoPerson

PASSWORD = "look-around-here"  # noqa: S105 - for the demo on this machine only, which prints it
ZONE = "Europe/Ljubljana"
CONSULTANT, ADMIN = Role.CONSULTANT, Role.ADMIN

PEOPLE = [
    ("Maja Hribar", "maja.hribar@example.com", ADMIN),
    ("Ana Novak", "ana.novak@example.com", CONSULTANT),
    ("Boris Kranjc", "boris.kranjc@example.com", CONSULTANT),
    ("Cveta Zupan", "cveta.zupan@example.com", CONSULTANT),
]
CLIENTS = ["Eva Bizjak", "Jan Golob", "Lea Kos", "Matej Oblak", "Nina Vidmar", "Tomaž Zajc"]
CONNECTED = "ana.novak@example.com"

# Consultant, days from the Monday of this week, hour, minutes, title, online, clients. Some of this week is over.
THIS_WEEK = [
    (CONNECTED, 1, 9, 50, "Intake", False, [2]),
    (CONNECTED, 4, 11, 30, "Short check-in", False, [0]),
    (CONNECTED, 6, 10, 50, "Weekend talk", False, [4]),
    ("boris.kranjc@example.com", 2, 13, 50, "Intake", False, [5]),
    ("boris.kranjc@example.com", 4, 10, 80, "Family session", False, [1, 2]),
    ("cveta.zupan@example.com", 0, 15, 50, "Mediation, part one", False, [0, 1]),
    ("cveta.zupan@example.com", 3, 9, 15, "Phone call", False, [3]),
]
NEXT_WEEK = [
    (CONNECTED, 7, 9, 50, "First talk", True, [0]),
    (CONNECTED, 7, 11, 50, "Career review", False, [1]),
    (CONNECTED, 8, 10, 80, "Group supervision", True, [2, 3, 4]),
    (CONNECTED, 9, 14, 50, "Follow-up", True, [0]),
    (CONNECTED, 11, 9, 50, "Closing talk", True, [5]),
    ("boris.kranjc@example.com", 7, 9, 50, "First talk", False, [3]),
    ("boris.kranjc@example.com", 8, 13, 50, "Coaching", False, [4]),
    ("boris.kranjc@example.com", 10, 10, 110, "Workshop", False, [1, 2, 5]),
    ("cveta.zupan@example.com", 9, 9, 50, "Mediation", False, [0, 1]),
    ("cveta.zupan@example.com", 11, 15, 50, "Follow-up", False, [2]),
]


def people_on_offer() -> str:
    """For the sign-in page, as the setting CALENDRA_DEMO_PEOPLE."""
    people = [DemoPerson(name, email, role, PASSWORD) for name, email, role in PEOPLE]
    return msgspec.json.encode(people).decode()


async def seed(container: Container, sandbox_address: str) -> None:
    """Runs once, on an empty database."""
    organization = Organization(uuid4(), "Linden Practice", ZONE)
    people = await _people(container, organization)
    admin = next(one for one in people.values() if one.is_admin)
    clients = await _clients(container, admin)
    await _connect(container, people[CONNECTED], sandbox_address)
    monday = _monday(container.clock().now())
    for email, day, hour, minutes, title, online, who in THIS_WEEK + NEXT_WEEK:
        starts_at = datetime.combine(monday + timedelta(days=day), time(hour), ZoneInfo(ZONE))
        slot = Slot(starts_at, starts_at + timedelta(minutes=minutes), ZONE)
        chosen = tuple(clients[index] for index in who)
        details = BookingDetails(people[email].id, chosen, slot, title, "", online, "zoom" if online else None)
        await container.create_booking()(people[email], uuid4(), details)


async def _people(container: Container, organization: Organization) -> dict[str, Account]:
    persons = [Person(uuid4(), name, email, PASSWORD, frozenset({role})) for name, email, role in PEOPLE]
    add_people = container.add_people()
    accounts = [await add_people.practice(organization, persons[0])]
    accounts += [await add_people.person(organization, person) for person in persons[1:]]
    return {account.email: account for account in accounts}


async def _clients(container: Container, admin: Account) -> list[UUID]:
    ids = []
    for name in CLIENTS:
        address = name.lower().replace(" ", ".").replace("ž", "z")
        ids.append((await container.manage_clients().add(admin, uuid4(), name, f"{address}@example.org")).id)
    return ids


async def _connect(container: Container, account: Account, sandbox_address: str) -> None:
    """Does what the consultant would do: opens the consent page, approves, and returns."""
    browser = b"the demo's own start"
    redirect = await container.connect_provider()(account, browser, "zoom")
    asked = {"authorize_url": redirect.address, "account": account.email, "decision": "approve"}
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{sandbox_address}/_sandbox/approve", json=asked)
    back = httpx.URL(answer.raise_for_status().json()["location"]).params
    await container.complete_connection()(account, browser, "zoom", AuthorizationResponse(back["state"], back["code"]))


def _monday(now: datetime) -> datetime:
    today = now.astimezone(ZoneInfo(ZONE)).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time(), ZoneInfo(ZONE))
