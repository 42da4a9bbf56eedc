"""Callers in the process that refreshes need no pause: they are woken when it has ended."""

import asyncio

import pytest

from application.refresh_tokens import Refreshed
from application.running_refreshes import RunningRefreshes
from domain.meeting.host import Host
from tests.builders import ANA, BOR, PRACTICE, PROVIDER

HOST, OTHER = Host(PRACTICE, ANA, PROVIDER), Host(PRACTICE, BOR, PROVIDER)
A_MINUTE, IN_TIME = 60, 10


async def test_a_caller_in_the_same_process_is_woken_when_the_refresh_ends() -> None:
    running, answered = RunningRefreshes(), asyncio.Event()
    refresh = running.start(HOST, _until(answered))
    waiting = asyncio.create_task(running.pause(HOST, A_MINUTE))
    await asyncio.sleep(0)
    assert not waiting.done()
    answered.set()
    await asyncio.wait_for(waiting, IN_TIME)
    assert refresh.done()
    assert list(running) == []


async def test_the_refresh_of_another_host_wakes_nobody() -> None:
    running, answered = RunningRefreshes(), asyncio.Event()
    running.start(OTHER, _until(answered))
    waiting = asyncio.create_task(running.pause(HOST, A_MINUTE))
    await asyncio.sleep(0)
    answered.set()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(waiting, 0.1)


async def test_the_pause_ends_before_a_slow_refresh() -> None:
    running, answered = RunningRefreshes(), asyncio.Event()
    refresh = running.start(HOST, _until(answered))
    await running.pause(HOST, 0.01)
    assert not refresh.done()
    answered.set()
    await refresh


async def _until(answered: asyncio.Event) -> Refreshed:
    await answered.wait()
    return None
