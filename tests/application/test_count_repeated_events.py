"""Refusals that can be repeated without limit are counted."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.in_memory.database import InMemoryDatabase
from application.count_repeated_events import CountRepeatedEvents
from application.security_events import RequestContext, during
from domain.security.event import EventKind, EventOutcome, SecurityEvent
from tests.in_memory_app import NOON

REFUSED = SecurityEvent(EventKind.WEBHOOK_EVENT, NOON, outcome=EventOutcome.REFUSED)


@pytest.fixture
def recorded() -> list[SecurityEvent]:
    return []


@pytest.fixture
async def count(recorded: list[SecurityEvent]) -> AsyncIterator[CountRepeatedEvents]:
    count = CountRepeatedEvents(
        InMemoryDatabase(recorded.append).begin, timedelta(seconds=0.01), timedelta(seconds=0.1)
    )
    yield count
    await count.finish()


async def _until(recorded: list[SecurityEvent], number: int) -> list[tuple[str | None, int | None]]:
    for _ in range(500):
        if len(recorded) >= number:
            break
        await asyncio.sleep(0.01)
    return [(one.network, one.facts.count) for one in recorded]


async def test_twenty_thousand_equal_refusals_are_two_lines(
    count: CountRepeatedEvents, recorded: list[SecurityEvent]
) -> None:
    for number in range(2):
        with during(RequestContext("192.0.2.1", "a")):
            for _ in range(10_000):
                count(REFUSED)
        assert await _until(recorded, number + 1) == [("192.0.2.1", 10_000)] * (number + 1)


async def test_a_single_refusal_is_one_line_and_the_next_minute_begins_anew(
    count: CountRepeatedEvents, recorded: list[SecurityEvent]
) -> None:
    count(REFUSED)
    await asyncio.sleep(0.2)
    count(REFUSED)
    assert await _until(recorded, 2) == [(None, 1), (None, 1)]


async def test_networks_are_counted_apart(count: CountRepeatedEvents, recorded: list[SecurityEvent]) -> None:
    for network in ("192.0.2.1", "192.0.2.2", "192.0.2.1"):
        with during(RequestContext(network, network)):
            count(REFUSED)
    assert sorted(await _until(recorded, 2)) == [("192.0.2.1", 2), ("192.0.2.2", 1)]


async def test_the_end_of_the_process_records_what_was_counted(recorded: list[SecurityEvent]) -> None:
    count = CountRepeatedEvents(InMemoryDatabase(recorded.append).begin, timedelta(hours=1), timedelta(hours=1))
    for _ in range(3):
        count(REFUSED)
    await count.finish()
    assert [one.facts.count for one in recorded] == [3]
