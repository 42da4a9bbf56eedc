"""All or nothing."""

import asyncio

import pytest

from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.booking.errors import SlotTaken
from tests.contract.storage.practice import NOW, Practice, Storage, connected, edited, read, saved, stored
from tests.creations import creation_of


class _Fault(Exception):
    pass


async def test_without_commit_nothing_stays(storage: Storage, practice: Practice) -> None:
    booking, connection = practice.booking(), practice.connection()
    async with storage.begin() as work:
        await work.bookings.add(booking, creation_of(booking), now=NOW)
        await work.connections.save(connection)
        await work.audit_log.add(AuditEntry(practice.id, booking.id, NOW, Action.BOOKED))
    async with storage.begin() as work:
        assert await work.bookings.to_change(practice.id, booking.id) is None
        assert await work.connections.of_organization(practice.id) == []
        assert await work.audit_log.of(practice.id, booking.id) == []
    await stored(storage, booking)
    await connected(storage, connection)


async def test_an_error_undoes_everything_and_is_not_swallowed(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()

    async def fail() -> None:
        async with storage.begin() as work:
            await work.bookings.add(booking, creation_of(booking), now=NOW)
            raise _Fault

    with pytest.raises(_Fault):
        await fail()
    assert await read(storage, booking) is None


async def test_after_a_refusal_the_next_one_works(storage: Storage, practice: Practice) -> None:
    await stored(storage, practice.booking())
    for _ in range(15):  # more often than a pool has connections
        with pytest.raises(SlotTaken):
            await stored(storage, practice.booking())
    await stored(storage, practice.booking(practice.details(hours=50)))


async def test_inside_its_changes_are_seen_outside_not_yet(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    async with storage.begin() as work:
        await work.bookings.add(booking, creation_of(booking), now=NOW)
        assert await work.bookings.to_change(practice.id, booking.id) == booking
        assert await storage.views.one(practice.id, booking.id) is None
        await work.commit()
    assert await storage.views.one(practice.id, booking.id) is not None


async def test_what_was_committed_stays_and_what_came_after_is_undone(storage: Storage, practice: Practice) -> None:
    first, second = practice.booking(), practice.booking(practice.details(hours=40))
    async with storage.begin() as work:
        await work.bookings.add(first, creation_of(first), now=NOW)
        await work.commit()
        await work.bookings.add(second, creation_of(second), now=NOW)
    assert await read(storage, first) == first
    assert await read(storage, second) is None


async def test_a_cancelled_task_undoes_its_work(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    added = asyncio.Event()

    async def change() -> None:
        async with storage.begin() as work:
            await work.bookings.add(booking, creation_of(booking), now=NOW)
            added.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(change())
    await added.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await stored(storage, booking)


async def test_concurrent_edits_lose_nothing(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(title="0"))
    await stored(storage, booking)

    async def count_up() -> None:
        async with storage.begin() as work:
            found = await work.bookings.to_change(practice.id, booking.id)
            assert found is not None
            details = practice.details(title=str(int(found.details.title) + 1))
            await work.bookings.save(edited(found, details), now=NOW)
            await work.commit()

    await asyncio.gather(*(count_up() for _ in range(12)))
    found = await read(storage, booking)
    assert found is not None
    assert (found.details.title, found.version) == ("12", 13)
    await saved(storage, found)
