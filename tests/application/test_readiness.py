"""The readiness check: few checks of the storage, however many ask, and none that is older than a second."""

import asyncio
from datetime import timedelta

import pytest

from adapters.in_memory.clock import MovableClock
from application.check_readiness import FRESH, CheckReadiness
from domain.ports.storage_check import StorageCheck
from tests.builders import NOW

MANY = 200
A_MOMENT = timedelta(milliseconds=1)
OK, AWAY = {"database": "ok"}, {"database": "cannot be reached"}


class _Storage(StorageCheck):
    """Answers when the test lets it, with what was so when the check began."""

    def __init__(self) -> None:
        self.state, self.checks = "ok", 0
        self.answers = asyncio.Event()
        self.answers.set()

    async def __call__(self) -> str:
        self.checks += 1
        state = self.state
        await self.answers.wait()
        return state


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW)


@pytest.fixture
def storage() -> _Storage:
    return _Storage()


@pytest.fixture
def ready(storage: _Storage, clock: MovableClock) -> CheckReadiness:
    return CheckReadiness(storage, clock)


async def test_many_at_once_take_one_check(ready: CheckReadiness, storage: _Storage) -> None:
    storage.answers.clear()
    asking = [asyncio.create_task(ready()) for _ in range(MANY)]
    await asyncio.sleep(0)
    storage.answers.set()
    assert await asyncio.gather(*asking) == [OK] * MANY
    assert storage.checks == 1


async def test_many_in_a_row_take_one_check_a_second(
    ready: CheckReadiness, storage: _Storage, clock: MovableClock
) -> None:
    for _ in range(MANY):
        await ready()
        clock.move(timedelta(seconds=0.05))
    assert storage.checks == MANY * 0.05


async def test_a_database_that_goes_away_is_reported_within_a_second(
    ready: CheckReadiness, storage: _Storage, clock: MovableClock
) -> None:
    assert await ready() == OK
    storage.state = "cannot be reached"
    clock.move(FRESH - A_MOMENT)
    assert await ready() == OK
    clock.move(A_MOMENT)
    assert await ready() == AWAY
    storage.state = "ok"
    clock.move(FRESH)
    assert await ready() == OK


async def test_who_asks_long_after_a_slow_check_began_gets_a_new_one(
    ready: CheckReadiness, storage: _Storage, clock: MovableClock
) -> None:
    """Those who ask while it is young share it; those who ask later share the next one."""
    storage.answers.clear()
    first = asyncio.create_task(ready())
    await asyncio.sleep(0)
    early = [asyncio.create_task(ready()) for _ in range(MANY)]
    await asyncio.sleep(0)
    storage.state = "cannot be reached"
    clock.move(2 * FRESH)
    late = [asyncio.create_task(ready()) for _ in range(MANY)]
    await asyncio.sleep(0)
    storage.answers.set()
    assert await asyncio.gather(first, *early) == [OK] * (MANY + 1)
    assert await asyncio.gather(*late) == [AWAY] * MANY
    assert storage.checks == 2


async def test_a_clock_that_is_set_back_keeps_no_old_answer(
    ready: CheckReadiness, storage: _Storage, clock: MovableClock
) -> None:
    assert await ready() == OK
    storage.state = "cannot be reached"
    clock.move(-timedelta(hours=1))
    assert await ready() == AWAY


async def test_the_next_one_checks_when_who_checked_has_left(ready: CheckReadiness, storage: _Storage) -> None:
    """For example when a load balancer closes its connection early."""
    storage.answers.clear()
    leaving = asyncio.create_task(ready())
    await asyncio.sleep(0)
    waiting = asyncio.create_task(ready())
    await asyncio.sleep(0)
    leaving.cancel()
    storage.answers.set()
    assert await waiting == OK
    assert storage.checks == 2
