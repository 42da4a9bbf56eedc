"""The booking's row is the durable job: who gets it, and when."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from domain.failure_reason import FailureReason
from domain.lease import Lease
from domain.provider_errors import TryLater
from tests.contract.storage.practice import NOW, PROVIDER, Practice, Storage, read, saved, stored
from tests.contract.storage.reconciling import LEASE, online, reconciled
from tests.creations import creation_of

SECOND = timedelta(seconds=1)


async def _leased(storage: Storage, *, now: datetime = NOW, most: int = 100) -> Sequence[tuple[UUID, UUID]]:
    async with storage.begin() as work:
        found = await work.bookings.lease_due(Lease(uuid4(), now + LEASE), now=now, most=most)
        await work.commit()
    return found


async def test_only_what_is_due_is_leased_and_only_once(storage: Storage, practice: Practice) -> None:
    wanting = practice.booking(practice.details(provider=PROVIDER))
    ready = online(practice.booking(practice.details(hours=30, provider=PROVIDER)))
    in_person = practice.booking(practice.details(hours=40))
    await stored(storage, wanting, ready, in_person)
    assert await _leased(storage) == [(practice.id, wanting.id)]
    assert await _leased(storage) == []
    leased = await read(storage, wanting)
    assert leased is not None
    assert leased.lease is not None
    assert leased.lease.until == NOW + LEASE


async def test_a_lease_that_ended_may_be_taken_over(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(provider=PROVIDER))
    await stored(storage, booking)
    await _leased(storage)
    assert await _leased(storage, now=NOW + LEASE - SECOND) == []
    assert await _leased(storage, now=NOW + LEASE) == [(practice.id, booking.id)]


async def test_a_lease_begun_inline_is_respected(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(provider=PROVIDER))
    started, _ = booking.begin(Lease(uuid4(), NOW + LEASE), NOW)
    await stored(storage, started)
    assert await _leased(storage, now=NOW + SECOND) == []


async def test_a_later_try_is_due_later(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(provider=PROVIDER))
    await stored(storage, booking)
    later = NOW + timedelta(minutes=20)
    await saved(storage, reconciled(booking, TryLater(reason=FailureReason.PROVIDER_LIMITED, until=later)))
    assert await _leased(storage, now=later - SECOND) == []
    assert await _leased(storage, now=later) == [(practice.id, booking.id)]


async def test_the_soonest_session_comes_first_and_not_more_than_asked_for(
    storage: Storage, practice: Practice
) -> None:
    """However long each has been due. What has begun has only a meeting to be removed, and comes last."""
    bookings = [practice.booking(practice.details(hours=30 + number, provider=PROVIDER)) for number in range(5)]
    async with storage.begin() as work:
        for age, booking in enumerate(reversed(bookings)):
            await work.bookings.add(booking, creation_of(booking), now=NOW - timedelta(hours=10 - age))
        await work.commit()
    first_begun = NOW + timedelta(hours=30.5)
    soonest_first = [(practice.id, booking.id) for booking in [*bookings[1:], bookings[0]]]
    assert await _leased(storage, now=first_begun, most=3) == soonest_first[:3]
    assert await _leased(storage, now=first_begun, most=3) == soonest_first[3:]


async def test_practices_take_turns(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    """A long queue of one delays no other, though all its sessions begin earlier, however few are leased at once."""
    many = [practice.booking(practice.details(hours=30 + number, provider=PROVIDER)) for number in range(10)]
    few = [other_practice.booking(other_practice.details(hours=900 + n, provider=PROVIDER)) for n in range(2)]
    await stored(storage, *many, *few[:1])
    here, there = [(practice.id, one.id) for one in many], [(other_practice.id, one.id) for one in few]
    assert await _leased(storage, most=4) == [here[0], there[0], here[1], here[2]]
    await stored(storage, few[1])
    assert await _leased(storage, most=1) == [there[1]]
    assert await _leased(storage, most=1) == [here[3]]
    assert await _leased(storage, now=NOW + LEASE, most=3) == [here[0], there[0], here[1]], "leases that ended"


async def test_many_at_once_never_get_the_same(storage: Storage, practice: Practice) -> None:
    bookings = [practice.booking(practice.details(hours=30 + number, provider=PROVIDER)) for number in range(20)]
    await stored(storage, *bookings)
    shares = await asyncio.gather(*(_leased(storage, most=5) for _ in range(6)))
    got = [key for share in shares for key in share]
    assert len(got) == len(set(got)) == 20


async def test_an_undone_lease_leaves_it_due(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(provider=PROVIDER))
    await stored(storage, booking)
    async with storage.begin() as work:
        assert await work.bookings.lease_due(Lease(uuid4(), NOW + LEASE), now=NOW, most=1)
    assert await _leased(storage) == [(practice.id, booking.id)]
