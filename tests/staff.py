"""More consultants than the demo has, each with an account at the sandbox, connected or not."""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID, uuid4

import httpx

from application.accounts.add_people import AddPeople, Person
from application.connection.complete_connection import AuthorizationResponse
from demo.practice import PASSWORD
from demo.sandbox.config import Person as ZoomPerson
from demo.sandbox.config import demo_people
from domain.accounts.account import Account, Role
from domain.accounts.hashing_share import HashingShare
from domain.accounts.organization import Organization
from domain.ports.password_hasher import PasswordHasher
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.settings import settings_from
from tests.real_processes import ADMIN, Service

_AT_ONCE = 8


def zoom_people(most: int) -> list[ZoomPerson]:
    """The demo's people and as many more as may be hired."""
    return [*demo_people(), *(_zoom_person(number) for number in range(most))]


def _zoom_person(number: int) -> ZoomPerson:
    return ZoomPerson(
        user_id=f"staff{number:04d}sTRa6mPz8Wc",
        account_id=f"staff{number:04d}Qm-0rXkLw9",
        email=_email(number),
        first_name="Staff",
        last_name=f"Number {number}",
        pmi=8_000_000_000 + number,
    )


def _email(number: int) -> str:
    return f"staff{number:04d}@example.com"


class Staff:
    """Hired one after the other; nobody is hired twice."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._hired = 0

    def hire(self, count: int) -> list[Account]:
        """New consultants, connected."""
        numbers = range(self._hired, self._hired + count)
        self._hired += count

        async def enrol_and_connect(container: Container) -> list[Account]:
            accounts = await _enrolled(container, [_email(number) for number in numbers])
            free = asyncio.Semaphore(_AT_ONCE)
            await asyncio.gather(*(self._connect(container, one, free) for one in accounts))
            return accounts

        hired: list[Account] = self._run(enrol_and_connect)
        return hired

    def add_people(self, count: int) -> list[Account]:
        """New consultants, not connected."""
        emails = [_email(number) for number in range(self._hired, self._hired + count)]
        self._hired += count

        async def add_people(container: Container) -> list[Account]:
            return await _enrolled(container, emails)

        enrolled: list[Account] = self._run(add_people)
        return enrolled

    def connect(self, *accounts: Account) -> None:
        """Once more, as when somebody presses Connect again."""

        async def connect(container: Container) -> None:
            for one in accounts:
                await self._connect(container, one, asyncio.Semaphore())

        self._run(connect)

    def _run(self, deed: Any) -> Any:
        return asyncio.run(_with_container(self._service.environment, deed))

    async def _connect(self, container: Container, account: Account, free: asyncio.Semaphore) -> None:
        browser = b"a browser of the staff"
        async with free, httpx.AsyncClient() as http:
            redirect = await container.connect_provider()(account, browser, "zoom")
            asked = {"authorize_url": redirect.address, "account": account.email, "decision": "approve"}
            answer = await http.post(f"{self._service.sandbox.address}/_sandbox/approve", json=asked)
            back = httpx.URL(answer.raise_for_status().json()["location"]).params
            await container.complete_connection()(
                account, browser, "zoom", AuthorizationResponse(back["state"], back["code"])
            )


class _Unhashed(PasswordHasher):
    """Nobody of the staff signs in, so no time is spent on their passwords."""

    def reserve(self, share: HashingShare) -> AbstractContextManager[None]:
        return nullcontext()

    async def hash(self, password: str, share: HashingShare) -> str:
        return "no password"

    async def matches(self, password: str, password_hash: str | None, share: HashingShare) -> bool:
        return False

    def outdated(self, password_hash: str) -> bool:
        return False


async def _enrolled(container: Container, emails: list[str]) -> list[Account]:
    async with container.begin()() as work:
        found = await work.people.account_by_email(ADMIN)
    assert found
    practice = Organization(found[0].organization_id, "Linden Practice", found[0].zone)
    add_people = AddPeople(container.begin(), _Unhashed(), container.clock())
    persons = [_person(uuid4(), email) for email in emails]
    return [await add_people.person(practice, person) for person in persons]


def _person(account_id: UUID, email: str) -> Person:
    name = email.partition("@")[0].capitalize()
    return Person(account_id, name, email, PASSWORD, frozenset({Role.CONSULTANT}))


async def _with_container(environment: dict[str, str], deed: Any) -> Any:
    container = Container(settings=settings_from(environment))
    async with opened(container):
        return await deed(container)
