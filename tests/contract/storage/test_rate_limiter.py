"""Turns at a provider: the same arithmetic in memory and in one statement of PostgreSQL."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from domain.rate_limit import HORIZON, RateLimit, Reservation
from tests.contract.storage.practice import NOW, Storage

SECOND = timedelta(seconds=1)
FOUR = RateLimit("light", at_first=4, at_most=30)
GAP = SECOND / 4
LONG = timedelta(hours=1)


class Caller:
    """Calls of one account."""

    def __init__(self, storage: Storage) -> None:
        self._limiter = storage.rate_limiter
        self.key, self.host = uuid4().bytes, uuid4().bytes

    async def acquire(self, now: datetime = NOW, *, calls: int = 1, patience: timedelta = SECOND) -> Reservation:
        return await self._limiter.acquire(self.key, FOUR, calls=calls, holds=[self.host], now=now, patience=patience)

    async def refused(
        self, now: datetime, *, until: datetime | None = None, per_second: float | None = None, host: bool = False
    ) -> Reservation:
        key = self.host if host else self.key
        return await self._limiter.refused(key, FOUR, until=until, per_second=per_second, now=now)

    async def gap(self, now: datetime) -> float:
        """Seconds between two calls at this time."""
        first, second = [await self.acquire(now, patience=LONG) for _ in range(2)]
        return (second.at - first.at).total_seconds()


@pytest.fixture
def caller(storage: Storage) -> Caller:
    return Caller(storage)


async def test_calls_follow_each_other_at_the_pace_that_every_plan_allows(caller: Caller) -> None:
    assert [await caller.acquire() for _ in range(5)] == [
        Reservation(NOW + number * GAP, granted=True) for number in range(5)
    ]


async def test_a_call_that_costs_two_keeps_the_next_one_waiting_twice_as_long(caller: Caller) -> None:
    await caller.acquire(calls=2)
    assert await caller.acquire() == Reservation(NOW + 2 * GAP, granted=True)


async def test_what_was_not_used_is_not_made_up_for(caller: Caller) -> None:
    await caller.acquire()
    later = NOW + 10 * SECOND
    assert [await caller.acquire(later) for _ in range(2)] == [
        Reservation(later, granted=True),
        Reservation(later + GAP, granted=True),
    ]


async def test_beyond_its_patience_each_is_told_another_time_and_keeps_no_place(caller: Caller) -> None:
    for _ in range(5):
        await caller.acquire()
    queued = [await caller.acquire() for _ in range(3)]
    assert queued == [Reservation(NOW + (6 + number) * GAP, granted=False) for number in range(3)]
    assert await caller.acquire(patience=2 * SECOND) == Reservation(NOW + 5 * GAP, granted=True)


async def test_nobody_is_queued_for_longer_than_the_rate_is_known_to_last(caller: Caller) -> None:
    turns = [await caller.acquire(patience=timedelta(0)) for _ in range(300)]
    assert turns[-1] == turns[-2] == Reservation(NOW + GAP + HORIZON, granted=False)


async def test_two_at_once_never_get_the_same_turn(caller: Caller) -> None:
    turns = await asyncio.gather(*(caller.acquire(patience=LONG) for _ in range(20)))
    assert sorted(acquire.at for acquire in turns) == [NOW + number * GAP for number in range(20)]


async def test_accounts_do_not_wait_for_each_other(storage: Storage) -> None:
    one, other = Caller(storage), Caller(storage)
    await one.acquire()
    assert await other.acquire() == Reservation(NOW, granted=True)


async def test_the_pace_rises_while_calls_wait_and_none_is_refused(caller: Caller) -> None:
    await caller.acquire()
    assert await caller.gap(NOW + SECOND) == 0.25
    later = NOW + timedelta(minutes=1)
    assert await caller.gap(later) == 0.25  # nobody had to wait before the first of them
    assert await caller.gap(later) < 0.25
    for _ in range(300):
        await caller.acquire(later, patience=LONG)
    assert await caller.gap(later) == pytest.approx(1 / FOUR.at_most, rel=0.001)


async def test_after_a_refusal_all_hold_back_and_go_more_slowly(caller: Caller) -> None:
    await caller.acquire()
    assert (await caller.refused(NOW)).at > NOW + SECOND
    assert await caller.acquire() == Reservation(NOW + SECOND, granted=True)
    assert await caller.gap(NOW + 2 * SECOND) == pytest.approx(0.25 / 0.8)


async def test_calls_that_were_under_way_together_lower_the_pace_once(caller: Caller) -> None:
    for _ in range(3):
        await caller.refused(NOW)
    assert await caller.gap(NOW + 2 * SECOND) == pytest.approx(0.25 / 0.8)
    await caller.refused(NOW + 5 * SECOND)
    assert await caller.gap(NOW + 9 * SECOND) == pytest.approx(0.25 / 0.64)


async def test_the_pace_is_what_the_provider_says_it_allows_with_a_margin(caller: Caller) -> None:
    await caller.refused(NOW, per_second=2)
    assert await caller.gap(NOW + 2 * SECOND) == pytest.approx(1 / 1.8)


async def test_the_pace_stays_low_for_a_while_and_then_rises_again(caller: Caller) -> None:
    await caller.refused(NOW)
    soon, later = NOW + timedelta(minutes=9), NOW + timedelta(minutes=11)
    assert [await caller.gap(soon) for _ in range(3)] == [pytest.approx(0.25 / 0.8)] * 3
    await caller.gap(later)
    assert await caller.gap(later) < 0.25 / 0.8


async def test_a_turn_that_was_given_before_a_refusal_is_void(caller: Caller, storage: Storage) -> None:
    limiter = storage.rate_limiter
    assert not await limiter.refused_since(caller.key, NOW)
    assert [(await caller.acquire()).granted for _ in range(4)] == [True] * 4
    assert not await limiter.refused_since(caller.key, NOW)
    await caller.refused(NOW + GAP)
    assert await limiter.refused_since(caller.key, NOW)
    assert not await limiter.refused_since(caller.key, NOW + SECOND)
    assert await caller.acquire(NOW + GAP) == Reservation(NOW + GAP + SECOND, granted=True)  # nobody else has one now


async def test_nobody_calls_before_the_provider_wants_it(caller: Caller) -> None:
    until = NOW + LONG
    assert (await caller.refused(NOW, until=until)).at == until + GAP / 0.8
    acquire = await caller.acquire(NOW + SECOND)
    assert not acquire.granted
    assert acquire.at > until
    assert (await caller.acquire(until)).granted


async def test_a_host_that_is_held_takes_nothing_from_the_account(storage: Storage) -> None:
    held, other = Caller(storage), Caller(storage)
    other.key = held.key
    until = NOW + LONG
    await held.refused(NOW, until=until, host=True)
    assert await held.acquire() == Reservation(until, granted=False)
    assert await other.acquire() == Reservation(NOW, granted=True)
    assert (await held.acquire(until)).granted


async def test_a_hold_can_be_lifted_before_its_time(storage: Storage) -> None:
    held, other = Caller(storage), Caller(storage)
    for caller in (held, other):
        await caller.refused(NOW, until=NOW + LONG, host=True)
    await storage.rate_limiter.lift(held.host)
    assert (await held.acquire()).granted
    assert not (await other.acquire()).granted
    await storage.rate_limiter.lift(held.host)  # once more changes nothing


async def test_what_nobody_calls_any_more_is_forgotten_a_few_at_a_time(storage: Storage) -> None:
    old, new = [Caller(storage) for _ in range(3)], Caller(storage)
    for caller in old:
        await caller.refused(NOW - LONG, per_second=1)
    await new.refused(NOW, per_second=1)
    forget = storage.rate_limiter.forget
    counts = [await forget(free_before=NOW, most=2) for _ in range(3)]
    assert counts == [2, 1, 0]
    assert await old[0].gap(NOW) == 0.25
    assert await new.gap(NOW + 2 * SECOND) == pytest.approx(1 / 0.9)
