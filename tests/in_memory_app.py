"""The whole application in one process and in memory: the same use cases and HTTP API on the in-memory adapters.

A test moves the clock and makes providers fail. It needs no installation and no network.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import httpx
from dependency_injector import providers
from litestar import Litestar

from adapters.in_memory.clock import MovableClock
from adapters.in_memory.database import InMemoryDatabase
from adapters.in_memory.openid_client import InMemoryOpenIdClient
from adapters.in_memory.provider.meeting_provider import in_memory_provider
from adapters.in_memory.provider.provider_world import ProviderWorld
from application.accounts.add_people import Person
from domain.accounts.account import Account, Role
from domain.accounts.errors import TooBusy
from domain.accounts.hashing_share import BY_OPERATOR, HashingShare
from domain.accounts.organization import Organization
from domain.ports.password_hasher import PasswordHasher
from domain.providers import Providers
from entrypoints.container import Container
from entrypoints.server import app_of, running
from entrypoints.settings import Settings
from entrypoints.storage import Storage

if TYPE_CHECKING:
    from adapters.postgres import PostgresDatabase

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
PASSWORD = "a password for tests"
SETTINGS = Settings(
    database_url="postgresql://nowhere",
    public_address="http://localhost:8000",
    token_keys="",
    csrf_secret="only for tests, but long enough for all",
    worker_in_web=False,
    reconcile_patience=1.0,
    account_requests_per_second=10_000,  # tests of the limit set their own
)


class PlainPasswords(PasswordHasher):
    """Hashes instantly, for these tests only: argon2 takes a tenth of a second. `full` simulates full lanes."""

    full = False

    def reserve(self, share: HashingShare) -> AbstractContextManager[None]:
        return nullcontext()

    async def hash(self, password: str, share: HashingShare = BY_OPERATOR) -> str:
        return f"plain {password}"

    async def matches(self, password: str, password_hash: str | None, share: HashingShare = BY_OPERATOR) -> bool:
        if self.full:
            raise TooBusy(retry_after=5)
        return password_hash in (f"plain {password}", f"older {password}")

    def outdated(self, password_hash: str) -> bool:
        return password_hash.startswith("older ")


@dataclass
class InMemoryApp:
    """Two providers, `north` and `south`, so that tests can switch between providers."""

    container: Container
    clock: MovableClock
    worlds: dict[str, ProviderWorld]
    http: httpx.AsyncClient
    app: Litestar
    database: InMemoryDatabase
    openid: InMemoryOpenIdClient

    async def add_people(self, name: str, *roles: Role, organization: Organization) -> Account:
        person = Person(uuid4(), name, f"{name.lower()}@example.com", PASSWORD, frozenset(roles))
        return await self.container.add_people().person(organization, person)

    async def found(self, name: str, admin: str) -> tuple[Organization, Account]:
        """Stores a new practice and its admin."""
        organization = Organization(uuid4(), name, "Europe/Ljubljana")
        person = Person(uuid4(), admin, f"{admin.lower()}@example.com", PASSWORD, frozenset({Role.ADMIN}))
        return organization, await self.container.add_people().practice(organization, person)

    async def api(self, method: str, path: str, **more: Any) -> httpx.Response:
        if "calendra_csrf" not in self.http.cookies:
            await self.http.get("/health/live")
        headers = {"x-csrftoken": self.http.cookies.get("calendra_csrf") or "", "accept": "application/json"}
        return await self.http.request(method, path, headers=headers | more.pop("headers", {}), **more)

    async def log_in(self, account: Account) -> None:
        answer = await self.api("POST", "/api/login", json={"email": account.email, "password": PASSWORD})
        answer.raise_for_status()

    async def work(self) -> None:
        """Runs the rounds of the worker once."""
        reconcile_due = self.container.reconcile_due()
        while await reconcile_due():
            await reconcile_due.finish()
        await self.container.verify_removals()()


@asynccontextmanager
async def in_memory_app(
    settings: Settings = SETTINGS,
    storage: Storage | None = None,
    now: datetime = NOON,
    *,
    calls_identity_providers: bool = False,
) -> AsyncIterator[InMemoryApp]:
    """With `storage`, only the providers, the clock and the passwords are in memory. `calls_identity_providers`: over
    HTTP, instead of those in memory."""
    clock, database = MovableClock(now), InMemoryDatabase()
    made = [in_memory_provider(name, name.title(), clock) for name in ("north", "south")]
    container = Container(
        settings=settings,
        clock=providers.Object(clock),
        passwords=providers.Object(PlainPasswords()),
        storage=providers.Object(storage or storage_of(database)),
        meeting_providers=providers.Object(Providers([provider for provider, _ in made])),
    )
    openid = InMemoryOpenIdClient(clock)
    if not calls_identity_providers:
        container.openid.override(openid)
    app = app_of(container)
    transport = httpx.ASGITransport(cast(Any, app))  # the two libraries type ASGI messages differently
    async with (
        running(container),
        httpx.AsyncClient(transport=transport, base_url=settings.public_address) as http,
    ):
        yield InMemoryApp(container, clock, {world.name: world for _, world in made}, http, app, database, openid)


def storage_of(database: "InMemoryDatabase | PostgresDatabase") -> Storage:
    """Always healthy."""

    async def well() -> str:
        return "ok"

    async def wait_for_work(seconds: float) -> None:
        await database.changes.wait_for_change(seconds)

    return Storage(
        begin=database.begin,
        views=database.views,
        login_sessions=database.login_sessions,
        changes=database.changes,
        rate_limiter=database.rate_limiter,
        check=well,
        wait_for_work=wait_for_work,
        open=database.open,
        close=database.close,
    )
