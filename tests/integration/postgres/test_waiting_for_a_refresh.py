"""Processes that wait while another one refreshes a connection's tokens: few reads, no lock."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from adapters.in_memory.clock import MovableClock
from adapters.in_memory.provider.meeting_provider import in_memory_provider
from adapters.in_memory.provider.provider_world import SCOPES, ProviderWorld
from adapters.postgres import PostgresDatabase, TokenCipher
from application.access_tokens import AccessTokens
from domain.connection.connection import ProviderAccount
from domain.meeting.host import Host
from domain.provider import Provider
from domain.providers import Providers
from tests.contract.storage.practice import NOW, PROVIDER, Practice, connected
from tests.integration.postgres.counting import Count, counted

WAITERS = 8
WATCHED = 1.4  # seconds
STORING = 2  # the refreshing process locks the connection and saves it
MOST_READS = 6  # one at once, then after 50, 100, 200, 400 and 800 milliseconds


@dataclass
class Refreshing:
    """Tokens that have ended, and two processes that use them."""

    provider: Provider
    world: ProviderWorld
    user: ProviderAccount
    host: Host
    here: AccessTokens
    elsewhere: AccessTokens

    async def used(self, process: AccessTokens) -> ProviderAccount:
        return await process.use(self.host, self.provider.oauth.current_user)


@pytest.fixture
async def refreshing(
    database: str, postgres: PostgresDatabase, cipher: TokenCipher, practice: Practice
) -> AsyncIterator[Refreshing]:
    clock = MovableClock(NOW)
    provider, world = in_memory_provider(PROVIDER, "Meetwell", clock)
    user = world.add_person("Ana", "ana@meetwell.example")
    issued = world.issue(user.user_id, frozenset(scope.name for scope in SCOPES))
    connection = replace(practice.connection(), account=user, token_set=issued)
    await connected(postgres, connection)
    clock.move(timedelta(hours=2))
    offered = Providers([provider])
    async with PostgresDatabase(database, cipher) as other:
        here = AccessTokens(postgres.begin, offered, clock)
        elsewhere = AccessTokens(other.begin, offered, clock)
        yield Refreshing(provider, world, user, connection.host, here, elsewhere)


async def test_waiters_read_seldom_and_lock_nothing(refreshing: Refreshing) -> None:
    hold = refreshing.world.faults.hold_next("refresh")
    first = asyncio.create_task(refreshing.used(refreshing.here))
    await hold.reached.wait()
    with counted() as count:
        waiting = [asyncio.create_task(refreshing.used(refreshing.elsewhere)) for _ in range(WAITERS)]
        await asyncio.sleep(WATCHED)
        assert not any(one.done() for one in waiting)
        asked = _of_connections(count)
        assert WAITERS < len(asked) <= WAITERS * MOST_READS
        hold.release()
        assert await asyncio.gather(first, *waiting) == [refreshing.user] * (WAITERS + 1)
        answered = _of_connections(count)
    assert len(answered) == len(asked) + WAITERS + STORING
    assert [one for one in asked if "FOR NO KEY" in one] == []
    assert len([one for one in answered if "FOR NO KEY" in one]) == 1  # the process that stores the tokens
    assert refreshing.world.calls_of(refreshing.user.user_id).count("refresh") == 1


async def test_the_next_process_takes_over_when_the_lease_has_ended(refreshing: Refreshing) -> None:
    hold = refreshing.world.faults.hold_next("refresh")
    first = asyncio.create_task(refreshing.used(refreshing.here))
    await hold.reached.wait()
    waiting = asyncio.create_task(refreshing.used(refreshing.elsewhere))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    assert isinstance(refreshing.elsewhere.clock, MovableClock)
    refreshing.elsewhere.clock.move(refreshing.elsewhere.lease_time)
    assert await waiting == refreshing.user
    hold.release()
    assert await first == refreshing.user


def _of_connections(count: Count) -> list[str]:
    return [one for one in count if "connections" in one]
