"""A new person of a practice, as they come: invited by an admin, by a link of their own."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from uuid import uuid4

from application.accounts.add_people import Person
from demo.practice import PASSWORD
from domain.accounts.account import Role
from domain.accounts.founding import Proposal
from domain.accounts.organization import Organization
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.settings import settings_from
from tests.browser import Browser
from tests.real_processes import Service

T = TypeVar("T")


def token_of(link: str) -> str:
    return link.partition("#")[2]


def invite(admin: Browser, name: str, email: str, *roles: str) -> str:
    """The token of the link."""
    wanted = {"name": name, "email": email, "roles": list(roles) or ["consultant"]}
    made = admin.api("POST", "/api/invitations", json=wanted).raise_for_status()
    return token_of(str(made.json()["link"]))


def accept(newcomer: Browser, token: str, name: str, password: str) -> dict[str, Any]:
    """Who they are now; that browser is signed in."""
    form = {"token": token, "name": name, "password": password}
    return dict(newcomer.api("POST", "/api/invitations/accept", json=form).raise_for_status().json())


def join(admin: Browser, newcomer: Browser, name: str, email: str, password: str, *roles: str) -> dict[str, Any]:
    return accept(newcomer, invite(admin, name, email, *roles), name, password)


def founded(service: Service, practice: str, *roles: Role) -> str:
    """The address of the admin of a new practice, who is alone in it."""
    email = f"{uuid4().hex[:8]}@example.net"
    person = Person(uuid4(), "Olga", email, PASSWORD, frozenset({Role.ADMIN, *roles}))
    organization = Organization(uuid4(), practice, "Europe/Ljubljana")
    with_container(service, lambda container: container.add_people().practice(organization, person))
    return email


def founding_link(service: Service, proposal: Proposal) -> str:
    """As `calendra create-admin` prints it."""

    async def offer(container: Container) -> str:
        return container.settings().founding_address((await container.found_practice().offer(proposal)).text)

    return with_container(service, offer)


def with_container(service: Service, deed: Callable[[Container], Awaitable[T]]) -> T:
    """In a thread of its own: a browser's driver may have a loop in this one."""

    async def do() -> T:
        container = Container(settings=settings_from(service.environment))
        async with opened(container):
            return await deed(container)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, do()).result()
