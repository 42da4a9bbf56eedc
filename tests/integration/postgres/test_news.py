"""The listening connection: it comes back by itself, and the cache of logins trusts it only while it stands."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from itertools import count

import psycopg
import pytest

from adapters.postgres import PostgresDatabase, TokenCipher
from domain.accounts.login_session import LoginSession
from domain.change import Changed
from tests.contract.storage.practice import NOW, Practice, stored
from tests.integration.postgres.counting import counted


def _kill_listener(address: str) -> None:
    with psycopg.connect(address) as connection:
        killed = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'calendra news'"
        ).fetchall()
    assert killed


async def _until(true: Callable[[], bool] | Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(5):
        for _ in count():
            answer = true()
            if answer if isinstance(answer, bool) else await answer:
                return
            await asyncio.sleep(0.005)


@pytest.fixture
async def other_process(database: str, cipher: TokenCipher) -> AsyncIterator[PostgresDatabase]:
    """Not really another process, but with connections of its own, as another one has."""
    async with PostgresDatabase(database, cipher) as opened:
        await opened.listening()
        yield opened


async def _signed_in(postgres: PostgresDatabase, practice: Practice) -> LoginSession:
    log_in = LoginSession.begin(practice.id, b"t", practice.ana.id, now=NOW)
    async with postgres.begin() as work:
        await work.login_sessions.add(log_in)
        await work.commit()
    assert await postgres.login_sessions.account(practice.id, b"t")
    return log_in


async def test_changes_of_another_process_are_heard(
    postgres: PostgresDatabase, other_process: PostgresDatabase, practice: Practice
) -> None:
    news = postgres.changes.subscribe(practice.id)
    booking = practice.booking()
    await stored(other_process, booking)
    assert await asyncio.wait_for(anext(news), 5) == Changed("booking", booking.id, practice.ana.id)


async def test_a_lost_listener_comes_back_and_wakes_the_worker(
    postgres: PostgresDatabase, practice: Practice, database: str
) -> None:
    news = postgres.changes.subscribe(practice.id)
    while await postgres.changes.wait_for_change(0.1):
        pass
    for _ in range(2):
        _kill_listener(database)
        await _until(lambda: not postgres.changes.healthy)
        assert await postgres.changes.wait_for_change(1)
        await _until(lambda: postgres.changes.healthy)
    booking = practice.booking()
    await stored(postgres, booking)
    assert (await asyncio.wait_for(anext(news), 5)).id == booking.id


async def test_a_sign_out_in_another_process_is_heard(
    postgres: PostgresDatabase, other_process: PostgresDatabase, practice: Practice
) -> None:
    await _signed_in(postgres, practice)
    async with other_process.begin() as work:
        await work.login_sessions.remove(practice.id, b"t")
        await work.commit()

    async def signed_out() -> bool:
        return await postgres.login_sessions.account(practice.id, b"t") is None

    await _until(signed_out)


async def test_a_changed_account_is_heard(postgres: PostgresDatabase, practice: Practice, database: str) -> None:
    log_in = await _signed_in(postgres, practice)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE accounts SET name = 'Ana B' WHERE id = %s", [practice.ana.id])
    now = (log_in, replace(practice.ana, name="Ana B"))

    async def renamed() -> bool:
        return await postgres.login_sessions.account(practice.id, b"t") == now

    await _until(renamed)


async def test_nothing_is_remembered_without_a_listener(
    postgres: PostgresDatabase, practice: Practice, database: str
) -> None:
    await _signed_in(postgres, practice)
    _kill_listener(database)
    await _until(lambda: not postgres.changes.healthy)
    with counted() as statements:
        await postgres.login_sessions.account(practice.id, b"t")
    assert any("login_sessions" in statement for statement in statements)


async def test_an_answer_older_than_the_news_is_not_remembered(
    postgres: PostgresDatabase, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lookup reads, the person signs out, and only then the lookup would cache its result."""
    await _signed_in(postgres, practice)
    cache, ask = postgres.login_sessions, postgres.login_sessions._ask
    cache.forget(practice.id, b"t")

    async def slow(*key: object) -> object:
        found = await ask(*key)  # type: ignore[arg-type]
        async with postgres.begin() as work:
            await work.login_sessions.remove(practice.id, b"t")
            await work.commit()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(cache, "_ask", slow)
        assert await cache.account(practice.id, b"t") is not None
    assert await cache.account(practice.id, b"t") is None


async def test_what_is_remembered_has_an_end(
    postgres: PostgresDatabase, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.postgres.accounts.login_session_cache._KEPT", 0.05)
    await _signed_in(postgres, practice)
    await asyncio.sleep(0.06)
    with counted() as statements:
        await postgres.login_sessions.account(practice.id, b"t")
    assert any("login_sessions" in statement for statement in statements)


async def test_a_event_that_cannot_be_read_is_survived(
    postgres: PostgresDatabase, practice: Practice, database: str
) -> None:
    news = postgres.changes.subscribe(practice.id)
    with psycopg.connect(database) as connection:
        connection.execute("SELECT pg_notify('calendra_changes', 'of another version')")
    await _until(lambda: not postgres.changes.healthy)
    await _until(lambda: postgres.changes.healthy)
    booking = practice.booking()
    await stored(postgres, booking)
    assert (await asyncio.wait_for(anext(news), 5)).id == booking.id
