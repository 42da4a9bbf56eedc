"""Where a program of the model runs: a storage and a loop that stay open, and everything else anew each time."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

import msgspec
import psycopg
from dependency_injector import providers

from adapters.in_memory.clock import MovableClock
from adapters.in_memory.database import InMemoryDatabase
from adapters.in_memory.provider.meeting_provider import in_memory_provider
from adapters.in_memory.provider.provider_world import ProviderWorld
from adapters.postgres import PostgresDatabase, TokenCipher
from adapters.postgres.schema.tables import metadata
from application.count_repeated_events import CountRepeatedEvents
from domain.providers import Providers
from entrypoints.container import Container
from entrypoints.storage import Storage
from tests.chaos.model.gates import LEASE, Line, Log, NotedAccessTokens, gated_begin, gated_provider
from tests.chaos.model.life import know_their_tasks
from tests.in_memory_app import NOON, SETTINGS, PlainPasswords, storage_of

Result = TypeVar("Result")

FOREVER = 10**6
# A real process waits for another's refresh; here the other is stopped, so the wait is short.
_PATIENCE = LEASE / (20 * LEASE.total_seconds())
_PEOPLE = ("organizations", "accounts", "login_addresses", "clients")


@dataclass
class Place:
    """`empty` deletes everything that was stored, except the people."""

    loop: asyncio.AbstractEventLoop
    storage: Callable[[], Storage]
    empty: Callable[[], None]

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self.loop.run_until_complete(work)


@dataclass
class Site:
    """One running Calendra with its two providers."""

    place: Place
    container: Container
    clock: MovableClock
    worlds: dict[str, ProviderWorld]
    log: Log
    storage: Storage


def fresh_site(place: Place) -> Site:
    place.empty()
    clock, log, storage = MovableClock(NOON), Log(), place.storage()
    made = [in_memory_provider(name, name.title(), clock) for name in ("north", "south")]
    offered = Providers([gated_provider(provider, Line(world, log, clock)) for provider, world in made])
    gated = replace(storage, begin=gated_begin(storage.begin, log))
    container = Container(
        settings=msgspec.structs.replace(SETTINGS, reconcile_patience=FOREVER),
        clock=providers.Object(clock),
        passwords=providers.Object(PlainPasswords()),
        storage=providers.Object(gated),
        meeting_providers=providers.Object(offered),
    )
    access = NotedAccessTokens(gated.begin, offered, clock, lease_time=LEASE, patience=_PATIENCE)
    container.access_tokens.override(providers.Object(access))
    # Without its real pauses, because a life is at rest only when none of its tasks waits.
    at_once = CountRepeatedEvents(gated.begin, timedelta(0), timedelta(0))
    container.count_repeated_events.override(providers.Object(at_once))
    return Site(place, container, clock, {world.name: world for _, world in made}, log, storage)


@contextmanager
def in_memory_place() -> Iterator[Place]:
    with _loop() as loop:
        yield Place(loop, lambda: storage_of(InMemoryDatabase()), lambda: None)


@contextmanager
def postgres_place(address: str) -> Iterator[Place]:
    tables = [table.name for table in reversed(metadata.sorted_tables) if table.name not in _PEOPLE]
    emptying = "; ".join(f"DELETE FROM {name}" for name in tables)  # noqa: S608 - our own tables
    with _loop() as loop, psycopg.connect(address, autocommit=True) as connection:
        database = loop.run_until_complete(_opened(address))
        storage = storage_of(database)
        try:
            yield Place(loop, lambda: storage, lambda: _run(connection, emptying))
        finally:
            loop.run_until_complete(database.close())


def _run(connection: "psycopg.Connection[Any]", statements: str) -> None:
    connection.execute(statements.encode())


async def _opened(address: str) -> PostgresDatabase:
    database = PostgresDatabase(address, TokenCipher([bytes(32)]))
    await database.open()
    await database.listening()
    return database


@contextmanager
def _loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    know_their_tasks(loop)
    try:
        yield loop
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
