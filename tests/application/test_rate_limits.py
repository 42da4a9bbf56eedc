"""Rate limits of a provider: the longest wait for a reservation, and a host at the daily limit."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from dependency_injector import providers

from adapters.in_memory.meeting.rate_limiter import InMemoryRateLimiter
from adapters.in_memory.provider.fault import Fault
from application.meeting.acquire_rate_limit import AcquireRateLimit
from domain.connection.connection import ProviderAccount
from domain.failure_reason import FailureReason
from domain.meeting.meeting import Meeting
from domain.meeting.reason import Reason
from domain.meeting.steps import Create
from domain.provider_errors import NotYet, TryLater
from domain.providers import Providers
from domain.rate_limit import Cost, Limited, RateLimit
from tests.application.stage import NORTH, Stage

HOUR = timedelta(hours=1)
CREATES = {"create": Cost(RateLimit("heavy", at_first=10, at_most=10), daily=True)}


async def _at_the_limit(stage: Stage) -> ProviderAccount:
    """Ana's first session reaches her limit."""
    counting = replace(stage.provider(NORTH), rate_limits=CREATES)
    stage.use.meeting_providers.override(providers.Object(Providers([counting])))
    user = await stage.connect(stage.ana)
    until = stage.harness.clock.now() + 4 * HOUR
    limit = TryLater(reason=FailureReason.DAILY_LIMIT, until=until, limited=Limited(per_host=True))
    stage.world.strike("create", limit)
    await stage.book(stage.ana, stage.details(stage.ana, hours=48))
    return user


async def _left_for_the_worker(stage: Stage) -> UUID:
    """Another session, saved while the provider is down."""
    stage.world.strike("create", Fault.DOWN)
    return await stage.book(stage.ana, stage.details(stage.ana, hours=50))


async def test_the_worker_waits_for_the_end_of_the_day(stage: Stage) -> None:
    await _at_the_limit(stage)
    booking_id = await _left_for_the_worker(stage)
    await stage.work(HOUR)
    assert (await stage.view(booking_id)).meeting.join_link is None
    await stage.work(4 * HOUR)
    assert (await stage.view(booking_id)).meeting.status == "ready"


async def test_connecting_again_ends_the_wait(stage: Stage) -> None:
    user = await _at_the_limit(stage)
    booking_id = await _left_for_the_worker(stage)
    await stage.connect(stage.ana, user=user)
    await stage.work(HOUR)
    assert (await stage.view(booking_id)).meeting.status == "ready"


class _AlwaysRefused(InMemoryRateLimiter):
    """The provider refuses another call during every wait."""

    async def refused_since(self, key: bytes, moment: datetime) -> bool:
        return True


async def test_waiting_for_a_turn_ends_although_the_clock_stands_still(stage: Stage) -> None:
    costs = {"create": Cost(RateLimit("heavy", at_first=1000, at_most=1000))}
    counting = Providers([replace(stage.provider(NORTH), rate_limits=costs)])
    await stage.connect(stage.ana)
    connection = await stage.connection(stage.ana)
    assert connection
    take = AcquireRateLimit(_AlwaysRefused(), counting, stage.harness.clock)
    desired = stage.details(stage.ana).desired
    assert desired
    step = Create(Meeting(uuid4(), NORTH, stage.ana.id, desired.details), Reason.NEW)
    await take(connection, step, timedelta(0))
    with pytest.raises(NotYet):
        await asyncio.wait_for(take(connection, step, timedelta(seconds=0.35)), timeout=10)
