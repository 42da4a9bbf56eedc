"""What people and callers meet when the database is away, full or slow."""

import asyncio
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from adapters.postgres import PostgresDatabase, TokenCipher
from domain.booking.booking_views import BookingQuery
from domain.errors import NotFound, ObjectKind, StorageUnavailable
from domain.meeting.host import Host
from tests.contract.storage.practice import NOW, PROVIDER, Practice, connected, read, stored
from tests.creations import creation_of

_KILL = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND {}"
_OTHERS = "pid <> pg_backend_pid()"


def _kill(address: str, which: str = _OTHERS) -> int:
    with psycopg.connect(address) as connection:
        return len(connection.execute(_KILL.format(which).encode()).fetchall())


async def test_a_database_that_is_not_there(tmp_path: Path, cipher: TokenCipher) -> None:
    async with PostgresDatabase(f"postgresql:///calendra?host={tmp_path}", cipher) as away:
        assert not away.changes.healthy
        with pytest.raises(StorageUnavailable) as refusal:
            await away.begin().__aenter__()
        assert refusal.value.__cause__ is not None
        with pytest.raises(StorageUnavailable):
            await away.views.page(uuid4(), BookingQuery(NOW, NOW))


async def test_reads_go_on_after_a_restart(postgres: PostgresDatabase, practice: Practice, database: str) -> None:
    booking = practice.booking()
    await stored(postgres, booking)
    for _ in range(3):
        await asyncio.gather(*(postgres.views.one(practice.id, booking.id) for _ in range(4)))
        assert _kill(database) >= 3
        await asyncio.sleep(0.05)
        assert await postgres.views.one(practice.id, booking.id) is not None
        assert await read(postgres, booking) == booking


async def test_a_connection_lost_in_the_middle_saves_nothing(
    postgres: PostgresDatabase, practice: Practice, database: str
) -> None:
    booking = practice.booking()

    async def add() -> None:
        async with postgres.begin() as work:
            await work.bookings.add(booking, creation_of(booking), now=NOW)
            _kill(database, "application_name = 'calendra'")
            await work.commit()

    with pytest.raises(StorageUnavailable):
        await add()
    assert await read(postgres, booking) is None


async def test_a_connection_lost_before_its_rollback_is_no_fault_of_ours(
    postgres: PostgresDatabase, practice: Practice, database: str
) -> None:
    async def refuse() -> None:
        async with postgres.begin() as work:
            await work.bookings.to_change(practice.id, uuid4())
            _kill(database, "application_name = 'calendra'")
            raise NotFound(ObjectKind.SESSION)

    with pytest.raises(StorageUnavailable):
        await refuse()
    await stored(postgres, practice.booking())


async def test_a_full_pool_says_so_instead_of_waiting_for_ever(
    database: str, cipher: TokenCipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.postgres.database.POOL_PATIENCE", 0.2)
    async with PostgresDatabase(database, cipher, transactions=1) as small, small.begin():
        with pytest.raises(StorageUnavailable):
            await small.begin().__aenter__()


async def test_a_cancelled_statement_leaves_the_pools_usable(
    postgres: PostgresDatabase, practice: Practice, database: str
) -> None:
    booking = practice.booking()
    await stored(postgres, booking)
    for _ in range(12):  # more often than a pool has connections
        async with postgres.begin() as work:
            await work.bookings.to_change(practice.id, booking.id)
            waiting = asyncio.create_task(read(postgres, booking))
            await asyncio.sleep(0.02)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
    assert await read(postgres, booking) == booking


async def test_a_cancelled_read_leaves_the_pool_usable(
    postgres: PostgresDatabase, practice: Practice, database: str
) -> None:
    booking = practice.booking()
    await stored(postgres, booking)
    async with await psycopg.AsyncConnection.connect(database) as blocker:
        await blocker.execute("LOCK TABLE bookings IN ACCESS EXCLUSIVE MODE")
        for _ in range(7):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(postgres.views.one(practice.id, booking.id), 0.03)
    assert await postgres.views.one(practice.id, booking.id) is not None


async def test_two_who_wait_for_each_other_are_told_to_try_again(
    postgres: PostgresDatabase, practice: Practice
) -> None:
    await connected(postgres, practice.connection(), practice.connection(practice.bor))
    ready = asyncio.Barrier(2)

    async def lock(*who: UUID) -> None:
        async with postgres.begin() as work:
            for consultant_id in who:
                await work.connections.to_change(Host(practice.id, consultant_id, PROVIDER))
                if consultant_id == who[0]:
                    await ready.wait()

    results = await asyncio.gather(
        lock(practice.ana.id, practice.bor.id), lock(practice.bor.id, practice.ana.id), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "StorageUnavailable"]
