"""News for open pages and for the worker."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from uuid import uuid4

from domain.accounts.login_session import LoginSession
from domain.change import Changed
from domain.failure_reason import FailureReason
from domain.lease import Lease
from tests.contract.storage.practice import NOW, PROVIDER, Practice, Storage, connected, edited, saved, stored
from tests.contract.storage.reconciling import online
from tests.creations import creation_of


async def _next(news: AsyncIterator[Changed]) -> Changed:
    return await asyncio.wait_for(anext(news), 5)


_far = count(1000, 2)


async def _subscribed(storage: Storage, practice: Practice) -> AsyncIterator[Changed]:
    """Everything that happened before has arrived and is not told any more."""
    news = storage.changes.subscribe(practice.id)
    await _until_marker(storage, practice, news)
    return news


async def _until_marker(storage: Storage, practice: Practice, news: AsyncIterator[Changed]) -> list[Changed]:
    """Everything told so far: up to a change that is made for this purpose."""
    marker = practice.booking(practice.details(hours=next(_far)))
    await stored(storage, marker)
    told = []
    while (change := await _next(news)).id != marker.id:
        told.append(change)
    return told


async def test_a_booking_is_told_when_added_changed_and_erased(storage: Storage, practice: Practice) -> None:
    news = storage.changes.subscribe(practice.id)
    booking = practice.booking()
    told = Changed("booking", booking.id, practice.ana.id)
    await stored(storage, booking)
    assert await _next(news) == told
    await saved(storage, edited(booking, practice.details(title="Other")))
    assert await _next(news) == told
    await saved(storage, booking.delete(expected_version=1))
    assert await _next(news) == told


async def test_a_new_link_is_told(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(provider=PROVIDER))
    await stored(storage, booking)
    news = await _subscribed(storage, practice)
    await saved(storage, online(booking))
    assert await _next(news) == Changed("booking", booking.id, practice.ana.id)


async def test_a_move_is_told_to_both_consultants(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    await stored(storage, booking)
    news = await _subscribed(storage, practice)
    await saved(storage, edited(booking, practice.details(consultant=practice.bor)))
    assert {(await _next(news)).consultant_id, (await _next(news)).consultant_id} == {practice.ana.id, practice.bor.id}


async def test_a_connection_is_told(storage: Storage, practice: Practice) -> None:
    news = storage.changes.subscribe(practice.id)
    connection = practice.connection()
    told = Changed("connection", practice.ana.id, practice.ana.id)
    await connected(storage, connection)
    assert await _next(news) == told
    await connected(storage, connection.died(FailureReason.CONSENT_GONE))
    assert await _next(news) == told
    async with storage.begin() as work:
        await work.connections.remove(connection)
        await work.commit()
    assert await _next(news) == told


async def test_an_ended_sign_in_and_a_changed_account_are_told_and_nothing_new(
    storage: Storage, practice: Practice
) -> None:
    """The moment of a sign-in is nobody's news; when this is heard, whoever asks finds it ended."""
    news = await _subscribed(storage, practice)
    told = Changed("account", practice.ana.id, practice.ana.id)
    log_in = LoginSession.begin(practice.id, b"token", practice.ana.id, now=NOW)
    async with storage.begin() as work:
        await work.login_sessions.add(log_in)
        await work.commit()
    assert await storage.login_sessions.account(practice.id, b"token")
    async with storage.begin() as work:
        await work.login_sessions.remove(practice.id, b"token")
        await work.commit()
    assert await _next(news) == told
    assert await storage.login_sessions.account(practice.id, b"token") is None
    async with storage.begin() as work:
        await work.people.set_password(practice.ana, "new")
        await work.commit()
    assert await _next(news) == told
    assert await _until_marker(storage, practice, news) == []


async def test_what_nobody_sees_is_not_told(storage: Storage, practice: Practice) -> None:
    booking, connection = practice.booking(practice.details(provider=PROVIDER)), practice.connection()
    await stored(storage, booking)
    await connected(storage, connection)
    news = await _subscribed(storage, practice)
    lease = Lease(uuid4(), NOW + timedelta(minutes=1))
    async with storage.begin() as work:
        await work.bookings.lease_due(lease, now=NOW, most=1)
        await work.connections.save(connection.leased(lease))
        await work.commit()
    await saved(storage, booking)
    assert await _until_marker(storage, practice, news) == []


async def test_what_was_undone_or_is_elsewhere_is_not_told(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    news = storage.changes.subscribe(practice.id)
    booking = practice.booking()
    async with storage.begin() as work:
        await work.bookings.add(booking, creation_of(booking), now=NOW)
    await stored(storage, other_practice.booking())
    assert await _until_marker(storage, practice, news) == []


async def test_every_subscriber_hears_everything_since_it_subscribed(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    one, other = storage.changes.subscribe(practice.id), storage.changes.subscribe(practice.id)
    await stored(storage, booking)
    told = Changed("booking", booking.id, practice.ana.id)
    assert [await _next(one), await _next(other)] == [told, told]
    assert await _until_marker(storage, practice, one) == []


async def test_a_slow_reader_loses_the_oldest_news_only(storage: Storage, practice: Practice) -> None:
    news = storage.changes.subscribe(practice.id)
    bookings = [practice.booking(practice.details(hours=24 + number)) for number in range(1010)]
    await stored(storage, *bookings)
    last = practice.booking(practice.details(hours=5000))
    other = storage.changes.subscribe(practice.id)
    await stored(storage, last)
    while (await _next(other)).id != last.id:
        pass  # until everything has arrived
    told = [(await _next(news)).id for _ in range(1000)]
    assert told[-1] == last.id
    assert bookings[0].id not in told


async def test_a_feed_that_is_closed_ends(storage: Storage, practice: Practice) -> None:
    news = storage.changes.subscribe(practice.id)
    waiting = asyncio.create_task(anext(news, None))
    await asyncio.sleep(0)
    await storage.close()
    assert await asyncio.wait_for(waiting, 5) is None
    assert [change async for change in news] == []


async def test_the_worker_is_woken_by_any_change(storage: Storage, practice: Practice) -> None:
    while await storage.changes.wait_for_change(0.2):
        pass
    assert not await storage.changes.wait_for_change(0.05)
    waiting = asyncio.create_task(storage.changes.wait_for_change(5))
    await asyncio.sleep(0)
    await stored(storage, practice.booking())
    assert await waiting
    assert not await storage.changes.wait_for_change(0.05)


async def test_a_change_while_the_worker_was_busy_is_not_missed(storage: Storage, practice: Practice) -> None:
    while await storage.changes.wait_for_change(0.2):
        pass
    await stored(storage, practice.booking())
    await asyncio.sleep(0.05)
    assert await storage.changes.wait_for_change(1)
