"""What every storage of connections promises."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.connection.errors import ProviderAccountTaken
from domain.connection.unverified_removal import UnverifiedRemoval
from domain.errors import NotFound
from domain.failure_reason import FailureReason
from domain.lease import Lease
from domain.meeting.host import Host
from tests.contract.storage.practice import HOUR, NOW, PROVIDER, Practice, Storage, connected, with_user


async def test_a_connection_comes_back(storage: Storage, practice: Practice) -> None:
    plain = practice.connection()
    full = replace(
        plain,
        refresh_failure=FailureReason.SCOPE_MISSING,
        lease=Lease(uuid4(), NOW),
        disconnect_attempts=3,
        retry_at=NOW,
        unverified_removal=UnverifiedRemoval(NOW, NOW),
    )
    dead = replace(full, token_set=None, lease=None)
    for connection in (plain, full, dead):
        await connected(storage, connection)
        async with storage.begin() as work:
            assert await work.connections.find(connection.host) == connection
            assert await work.connections.to_change(connection.host) == connection
            assert await work.connections.of_provider_user(PROVIDER, connection.account.user_id) == connection


async def test_what_is_not_there_is_none(storage: Storage, practice: Practice) -> None:
    await connected(storage, practice.connection())
    async with storage.begin() as work:
        assert await work.connections.find(Host(practice.id, practice.ana.id, "other")) is None
        assert await work.connections.find(Host(uuid4(), practice.ana.id, PROVIDER)) is None
        assert await work.connections.to_change(Host(practice.id, practice.bor.id, PROVIDER)) is None
        for nobody in ("nobody", "", "with \0 in it", "x" * 5000):
            assert await work.connections.of_provider_user(PROVIDER, nobody) is None


async def test_long_and_odd_tokens_survive(storage: Storage, practice: Practice) -> None:
    connection = practice.connection()
    assert connection.token_set is not None
    odd = replace(connection, token_set=replace(connection.token_set, access_token="č" * 5000, refresh_token="\n\0 x"))
    await connected(storage, odd)
    async with storage.begin() as work:
        assert await work.connections.find(Host(practice.id, practice.ana.id, PROVIDER)) == odd


async def test_a_provider_user_belongs_to_one_person_over_all_practices(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    first = practice.connection(user_id="u-1")
    await connected(storage, first)
    for second in (practice.connection(practice.bor, user_id="u-1"), other_practice.connection(user_id="u-1")):
        with pytest.raises(ProviderAccountTaken):
            await connected(storage, second)
    async with storage.begin() as work:
        assert await work.connections.of_provider_user(PROVIDER, "u-1") == first
        assert await work.connections.of_organization(other_practice.id) == []
        await work.connections.save(replace(practice.connection(practice.bor, user_id="u-1"), provider="other"))


async def test_a_refused_connection_changes_nothing_even_when_committed(storage: Storage, practice: Practice) -> None:
    first, own = practice.connection(user_id="u-1"), practice.connection(practice.bor, user_id="u-2")
    await connected(storage, first, own)
    async with storage.begin() as work:
        with pytest.raises(ProviderAccountTaken):
            await work.connections.save(with_user(own, "u-1"))
        await work.commit()
    async with storage.begin() as work:
        assert await work.connections.of_provider_user(PROVIDER, "u-1") == first
        assert await work.connections.of_provider_user(PROVIDER, "u-2") == own


async def test_of_many_who_connect_one_user_at_once_one_gets_it(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    people = [(practice, practice.ana), (practice, practice.bor), (other_practice, other_practice.ana)]
    rivals = [where.connection(who, user_id="u-1") for where, who in people]
    results = await asyncio.gather(*(connected(storage, one) for one in rivals), return_exceptions=True)
    names = sorted(type(result).__name__ for result in results)
    assert names == ["NoneType", "ProviderAccountTaken", "ProviderAccountTaken"]


async def test_another_user_frees_the_first_one(storage: Storage, practice: Practice) -> None:
    connection = practice.connection(user_id="u-1")
    await connected(storage, connection)
    await connected(storage, with_user(connection, "u-2"))
    await connected(storage, practice.connection(practice.bor, user_id="u-1"))


async def test_removing_frees_the_provider_user(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    connection = practice.connection(user_id="u-1")
    await connected(storage, connection)
    async with storage.begin() as work:
        await work.connections.remove(connection)
        assert await work.connections.find(Host(practice.id, practice.ana.id, PROVIDER)) is None
        assert await work.connections.of_provider_user(PROVIDER, "u-1") is None
        await work.commit()
    await connected(storage, other_practice.connection(user_id="u-1"))


async def test_whose_connections(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    hers, his = practice.connection(), practice.connection(practice.bor)
    second = replace(practice.connection(), provider="aa")
    await connected(storage, hers, his, second, other_practice.connection())
    async with storage.begin() as work:
        assert await work.connections.of_consultant(practice.id, practice.ana.id) == [second, hers]
        everybody = await work.connections.of_organization(practice.id)
        assert everybody == sorted([hers, his, second], key=lambda it: (it.consultant_id, it.provider))


async def test_an_unknown_consultant_cannot_be_connected(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    with pytest.raises(NotFound, match="consultant"):
        await connected(storage, replace(practice.connection(), consultant_id=other_practice.ana.id))


async def test_idle_connections(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    old = replace(practice.connection(), refreshed_at=NOW - HOUR)
    older = replace(other_practice.connection(), refreshed_at=NOW - 2 * HOUR)
    dead = replace(practice.connection(practice.bor), refreshed_at=NOW - 3 * HOUR).died(FailureReason.CONSENT_GONE)
    await connected(storage, old, older, dead, replace(other_practice.connection(other_practice.bor)))
    async with storage.begin() as work:
        idle = work.connections.idle
        assert await idle(refreshed_before=NOW, most=10) == [older, old]
        assert await idle(refreshed_before=NOW, most=1) == [older]
        assert await idle(refreshed_before=NOW, most=1, after=older) == [old]
        assert await idle(refreshed_before=NOW, most=1, after=old) == []
        assert await idle(refreshed_before=NOW - timedelta(days=1), most=10) == []


async def test_endings_that_may_be_tried_again(storage: Storage, practice: Practice) -> None:
    now_due = practice.connection().disconnecting(retry_at=NOW)
    later = practice.connection(practice.bor).disconnecting(retry_at=NOW + HOUR)
    await connected(storage, now_due, later, replace(practice.connection(), provider="other", retry_at=NOW))
    async with storage.begin() as work:
        disconnecting = work.connections.disconnecting
        assert await disconnecting(now=NOW, most=10) == [now_due]
        assert await disconnecting(now=NOW + HOUR, most=10) == [now_due, later]
        assert await disconnecting(now=NOW + HOUR, most=1) == [now_due]


async def test_claimed_removals_that_may_be_asked_about(storage: Storage, practice: Practice) -> None:
    now_due = practice.connection().with_reported_removal("acc", NOW, now=NOW)
    later = practice.connection(practice.bor).with_reported_removal("acc", NOW, now=NOW + HOUR)
    answered = replace(practice.connection(), provider="other", unverified_removal=UnverifiedRemoval(None, NOW))
    await connected(storage, now_due, later, answered)
    async with storage.begin() as work:
        with_unverified_removals = work.connections.with_unverified_removals
        assert await with_unverified_removals(now=NOW - timedelta(seconds=1), most=10) == []
        assert await with_unverified_removals(now=NOW, most=10) == [now_due]
        assert await with_unverified_removals(now=NOW + HOUR, most=10) == [now_due, later]
        assert await with_unverified_removals(now=NOW + HOUR, most=1) == [now_due]


async def test_nobody_else_changes_a_connection_meanwhile(storage: Storage, practice: Practice) -> None:
    connection = practice.connection()
    await connected(storage, connection)
    refreshed = replace(connection, refresh_failure=FailureReason.SCOPE_MISSING)

    async def by_user() -> object:
        async with storage.begin() as work:
            return await work.connections.of_provider_user(PROVIDER, connection.account.user_id)

    async with storage.begin() as work:
        await work.connections.to_change(Host(practice.id, practice.ana.id, PROVIDER))
        waiting = asyncio.create_task(by_user())
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await work.connections.save(refreshed)
        await work.commit()
    assert await waiting == refreshed
