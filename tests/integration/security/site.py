"""A running Calendra as the security tests see it: in memory or with processes, a database and a stand-in provider."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, fields
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import httpx

from adapters.in_memory.state import State
from domain.accounts.account import Account
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.settings import settings_from
from tests.in_memory_app import SETTINGS, InMemoryApp, in_memory_app
from tests.integration.security.first_words import FirstWords
from tests.real_processes import Service
from tests.stored import everything

_TLS = ssl.create_default_context()  # made once: it takes longer than a request


@dataclass
class Site:
    """`consent`: the parameters of the callback after a person's consent at this address. `rows`: all stored rows, as
    texts that name their organization."""

    container: Container
    provider: str
    browser: Callable[[], Awaitable[httpx.AsyncClient]]
    consent: Callable[[str, Account], Awaitable[dict[str, str]]]
    rows: Callable[[], list[str]]
    email: Callable[[str, int], str]
    """Of the person of this name and number."""


async def ask(browser: httpx.AsyncClient, method: str, path: str, **more: Any) -> httpx.Response:
    """As the page asks: with the token against forged requests."""
    token = browser.cookies.get("calendra_csrf") or browser.cookies.get("__Host-calendra_csrf") or ""
    headers = {"accept": "application/json", "x-csrftoken": token} | more.pop("headers", {})
    async with browser.stream(method, path, headers=headers, **more) as answer:
        if "event-stream" not in answer.headers.get("content-type", ""):
            await answer.aread()
    return answer


@asynccontextmanager
async def in_memory() -> AsyncIterator[tuple[Site, InMemoryApp]]:
    async with in_memory_app() as running, AsyncExitStack() as parts:

        async def browser() -> httpx.AsyncClient:
            one = httpx.AsyncClient(transport=FirstWords(cast(Any, running.app)), base_url=SETTINGS.public_address)
            return await _with_token(await parts.enter_async_context(one))

        async def consent(address: str, who: Account) -> dict[str, str]:
            world = running.worlds["north"]
            user = next((one for one in world.people.values() if one.email == who.email), None)
            user = user or world.add_person(who.name, who.email)
            state = parse_qs(urlsplit(address).query)["state"][0]
            return {"state": state, "code": world.approve(address, user.user_id)}

        yield (
            Site(
                running.container,
                "north",
                browser,
                consent,
                lambda: _rows(running.database.state),
                lambda name, number: f"{name}{number}@example.com".lower(),
            ),
            running,
        )


def _rows(state: State) -> list[str]:
    """Bytes as PostgreSQL writes them do not matter here: rows are only compared."""
    return [f"{table.name} {row!r}" for table in fields(State) for row in getattr(state, table.name).items()]


@asynccontextmanager
async def with_processes(running: Service) -> AsyncIterator[Site]:
    container = Container(settings=settings_from(running.environment))
    async with opened(container), AsyncExitStack() as parts:

        async def browser() -> httpx.AsyncClient:
            one = httpx.AsyncClient(base_url=running.address, timeout=30, verify=_TLS)
            return await _with_token(await parts.enter_async_context(one))

        async def consent(address: str, who: Account) -> dict[str, str]:
            asked = {"authorize_url": address, "account": who.email, "decision": "approve"}
            async with httpx.AsyncClient() as http:
                answer = await http.post(f"{running.sandbox.address}/_sandbox/approve", json=asked)
            back = httpx.URL(answer.raise_for_status().json()["location"]).params
            return {"state": back["state"], "code": back["code"]}

        yield Site(
            container,
            "zoom",
            browser,
            consent,
            lambda: everything(running.environment["CALENDRA_DATABASE_URL"]),
            lambda name, number: f"staff{'ABC'.index(name[0]) + 3 * number:04d}@example.com",
        )


async def _with_token(browser: httpx.AsyncClient) -> httpx.AsyncClient:
    await browser.get("/health/live")
    return browser
