"""A provider's webhook event names a meeting by the provider's number, and no organization."""

import asyncio

from domain.booking.booking import Booking
from tests.contract.storage.practice import HOUR, NOW, PROVIDER, Practice, Storage, read, saved, stored
from tests.contract.storage.reconciling import begun, online


async def _of_meeting(storage: Storage, meeting_id: str, provider: str = PROVIDER) -> Booking | None:
    async with storage.begin() as work:
        return await work.bookings.of_meeting(provider, meeting_id)


async def test_a_session_is_found_by_the_meeting_that_serves_it(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    ours = online(practice.booking(practice.details(provider=PROVIDER)), "81236549870")
    theirs = online(other_practice.booking(other_practice.details(provider=PROVIDER)), "9223372036854775807")
    unheard, _ = begun(practice.booking(practice.details(hours=40, provider=PROVIDER)))
    in_person = practice.booking(practice.details(hours=50))
    await stored(storage, ours, theirs, unheard, in_person)
    assert await _of_meeting(storage, "81236549870") == ours
    assert await _of_meeting(storage, "9223372036854775807") == theirs
    assert await _of_meeting(storage, "81236549870", "other") is None
    for nobodys in ("8123654987", "", "with \0 in it", "'; --"):
        assert await _of_meeting(storage, nobodys) is None


async def test_a_meeting_that_was_given_up_serves_nobody(storage: Storage, practice: Practice) -> None:
    booking = online(practice.booking(practice.details(provider=PROVIDER)), "81236549870")
    await stored(storage, booking)
    await saved(storage, booking.cancel(expected_version=None))
    assert await _of_meeting(storage, "81236549870") is None


async def test_nobody_else_changes_a_session_that_was_found_by_its_meeting(
    storage: Storage, practice: Practice
) -> None:
    booking = online(practice.booking(practice.details(provider=PROVIDER)), "81236549870")
    await stored(storage, booking)
    marked_stale = booking.marked_stale(NOW + HOUR, now=NOW + HOUR)
    async with storage.begin() as work:
        assert await work.bookings.of_meeting(PROVIDER, "81236549870") == booking
        waiting = asyncio.create_task(read(storage, booking))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await work.bookings.save(marked_stale, now=NOW)
        await work.commit()
    assert await waiting == marked_stale
