"""The whole application in one process, with its real adapter for Zoom and real HTTP to the sandbox: short time-outs, a
clock that stands still until a test moves it, and calls that a test can count and break. One case at a time."""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any, cast
from urllib.parse import parse_qs

import httpx
import psycopg
from dependency_injector import providers
from psycopg import sql

from adapters.in_memory.clock import MovableClock
from adapters.in_memory.database import InMemoryDatabase
from adapters.in_memory.state import State
from adapters.zoom.settings import ZoomSettings
from demo.sandbox.run import SandboxProcess
from entrypoints.container import Container
from entrypoints.meeting_providers import ProviderClients
from entrypoints.server import app_of, running
from entrypoints.settings import Settings
from tests.database import DatabaseServer, fresh_database
from tests.in_memory_app import PlainPasswords, storage_of
from tests.ports import free_port

ADDRESS = "http://localhost:8000"
CALLBACK = f"{ADDRESS}/oauth/zoom/callback"
MOST_ROUNDS = 30  # of a worker that always finds something due

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_BY_METHOD = {"POST": "create", "PATCH": "change", "DELETE": "remove"}


Open = Callable[[SandboxProcess], AbstractAsyncContextManager["AppOnSandbox"]]


class WatchedClients(ProviderClients):
    """Counts what is asked of Zoom, and can send one call to where nobody listens."""

    def __init__(self) -> None:
        super().__init__()
        self.dead_port = free_port()
        self.client_id = ""
        self.asked: list[str] = []
        self.answered = 0
        self.refusing: tuple[str, int, int] | None = None
        self.refused = 0

    def keep(self, client: httpx.AsyncClient) -> httpx.AsyncClient:
        client.event_hooks = {"request": [self._asks], "response": [self._answers]}
        return super().keep(client)

    def refuse(self, call: str, skip: int, times: int) -> None:
        """The calls after the first `skip` of this kind find the door shut."""
        self.refusing, self.refused = (call, skip + self.asked.count(call), times), 0

    def forget(self) -> None:
        self.asked.clear()
        self.answered, self.refusing, self.refused = 0, None, 0

    async def _asks(self, request: httpx.Request) -> None:
        call = _call_of(request)
        self.asked.append(call)
        if self.refusing and self.refusing[0] == call:
            _, skip, times = self.refusing
            if self.asked.count(call) > skip and self.refused < times:
                self.refused += 1
                request.url = request.url.copy_with(port=self.dead_port)

    async def _answers(self, _: httpx.Response) -> None:
        self.answered += 1


def _call_of(request: httpx.Request) -> str:
    path = request.url.path
    if path.endswith("/token"):
        token_set = parse_qs(request.content.decode())["grant_type"][0]
        return "refresh" if token_set == "refresh_token" else "exchange"
    if path.endswith("/revoke"):
        return "revoke"
    if request.method == "GET":
        return (
            "current_user" if path.endswith("/users/me") else "find" if path.endswith("/users/me/meetings") else "read"
        )
    return _BY_METHOD[request.method]


@dataclass
class AppOnSandbox:
    container: Container
    clock: MovableClock
    clients: WatchedClients
    http: httpx.AsyncClient
    zoom: httpx.AsyncClient
    wipe: Callable[[], Awaitable[None]]
    csrf: str = field(default="", repr=False)

    async def cleared(self) -> None:
        """Nothing is left of the cell before."""
        await self.wipe()
        self.clients.forget()
        self.clock.move_to(_now())
        if not self.csrf:
            await self.http.get("/health/live")
            self.csrf = self.http.cookies["calendra_csrf"]

    async def ask_zoom(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Behind the stand-in's counter."""
        answer = await self.zoom.request(method, f"/_sandbox/{path}", json=body)
        return answer.raise_for_status().json()

    async def work(self) -> bool:
        """What the worker would do now; False when that never ends."""
        reconcile_due = self.container.reconcile_due()
        for _ in range(MOST_ROUNDS):
            if not await reconcile_due():
                break
            await reconcile_due.finish()
        else:
            return False
        for other in ("verify_removals", "finish_disconnecting", "sweep_orphans"):
            await getattr(self.container, other)()()
        return True


def _now() -> datetime:
    """The stand-in has the real time, and does not mind ours. Noon, so that each cell sees the same hours pass."""
    return datetime.combine(datetime.now(UTC), time(12), UTC)


def settings_of(sandbox: SandboxProcess, database: str) -> Settings:
    return Settings(
        account_requests_per_second=10_000,  # tests of the limit set their own
        database_url=database,
        public_address=ADDRESS,
        token_keys=base64.b64encode(b"only for tests: thirty-two bytes").decode(),
        csrf_secret="only for tests, but long enough for all",
        worker_in_web=False,
        database_connections=4,
        reconcile_patience=30.0,
        reconcile_lease=14.0,  # five sixths of it are longer than any answer here takes
        providers={"zoom": zoom_settings_of(sandbox)},
    )


def zoom_settings_of(sandbox: SandboxProcess) -> ZoomSettings:
    return ZoomSettings(
        client_id=sandbox.config.client_id,
        client_secret=sandbox.config.client_secret,
        webhook_secrets=sandbox.config.webhook_secret,
        authorize_address=f"{sandbox.address}/oauth/authorize",
        oauth_address=f"{sandbox.address}/oauth",
        api_address=f"{sandbox.address}/v2",
        calls_per_second=10_000,
        connect_seconds=2.0,
        read_seconds=1.6,
        total_seconds=2.5,
    )


@asynccontextmanager
async def on_in_memory_storage(sandbox: SandboxProcess) -> AsyncIterator[AppOnSandbox]:
    database = InMemoryDatabase()

    async def wipe() -> None:
        database.state = State()
        await database.rate_limiter.forget(free_before=datetime.max.replace(tzinfo=UTC), most=10_000)

    storage = storage_of(database)
    async with _place(settings_of(sandbox, "postgresql://nowhere"), sandbox, wipe, storage=storage) as place:
        yield place


def on_postgres_storage(
    server: DatabaseServer,
) -> Callable[[SandboxProcess], AbstractAsyncContextManager[AppOnSandbox]]:
    """With a database of its own, so that its worker finds nobody else's sessions."""

    @asynccontextmanager
    async def place_in(sandbox: SandboxProcess) -> AsyncIterator[AppOnSandbox]:
        with fresh_database(server) as database:

            async def wipe() -> None:
                await asyncio.to_thread(_truncate, database)

            async with _place(settings_of(sandbox, database), sandbox, wipe) as place:
                yield place

    return place_in


def _truncate(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        names = [row[0] for row in connection.execute(_TABLES)]
        every = sql.SQL(", ").join(map(sql.Identifier, names))
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(every))


@asynccontextmanager
async def _place(
    settings: Settings, sandbox: SandboxProcess, wipe: Callable[[], Awaitable[None]], **parts: Any
) -> AsyncIterator[AppOnSandbox]:
    clock, clients = MovableClock(_now()), WatchedClients()
    clients.client_id = sandbox.config.client_id
    container = Container(
        settings=settings,
        clock=providers.Object(clock),
        passwords=providers.Object(PlainPasswords()),
        clients=providers.Object(clients),
        **{name: providers.Object(part) for name, part in parts.items()},
    )
    transport = httpx.ASGITransport(cast(Any, app_of(container)))
    async with (
        running(container),
        httpx.AsyncClient(transport=transport, base_url=ADDRESS) as http,
        httpx.AsyncClient(base_url=sandbox.address, timeout=60) as zoom,
    ):
        yield AppOnSandbox(container, clock, clients, http, zoom, wipe)
