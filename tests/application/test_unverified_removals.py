"""An unverified removal is stored; the worker asks the provider, at most once a minute."""

import asyncio
from datetime import timedelta

import pytest

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.meeting_provider import removal_event
from domain.connection.connection import ProviderAccount
from domain.errors import Invalid
from tests.application.stage import NORTH, Stage

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


async def _leased(stage: Stage, user: ProviderAccount) -> None:
    """A removal event from a sender who knows everything but the webhook secret."""
    headers, body = removal_event(stage.provider(NORTH), stage.world, user.user_id)
    with pytest.raises(Invalid):
        await stage.use.receive_webhook_event()(NORTH, headers | {"x-event-signature": "00"}, body)


def _asked(stage: Stage, user: ProviderAccount) -> int:
    return (
        stage.world.calls_of(user.user_id).count("current_user") - 2
    )  # while connecting: the current user, and once more with the stored tokens


async def test_nothing_is_asked_before_the_answer_and_a_true_one_is_honoured_afterwards(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(MINUTE)
    stage.world.remove_app(user.user_id)
    before = len(stage.world.calls)
    await _leased(stage, user)
    assert len(stage.world.calls) == before
    assert await stage.connection(stage.ana) is not None
    await stage.work()
    assert await stage.connection(stage.ana) is None
    told = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries
    assert [entry.action for entry in told][-2:] == ["authorization_ended", "removed_at_provider"]


async def test_a_false_one_changes_nothing(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    before = await stage.connection(stage.ana)
    await _leased(stage, user)
    await stage.work()
    after = await stage.connection(stage.ana)
    assert before
    assert after
    assert (after.token_set, after.status, after.unverified_removal.since) == (
        before.token_set,
        before.status,
        None,
    )
    assert _asked(stage, user) == 1


async def test_a_flood_of_false_ones_costs_a_call_a_minute_whatever_restarts(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    for _ in range(180):
        await _leased(stage, user)
        stage.use.verify_removals.reset()  # another process
        await stage.work(after=SECOND)
    assert _asked(stage, user) == 3


async def test_several_workers_ask_once(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await _leased(stage, user)
    await asyncio.gather(*(stage.use.verify_removals()() for _ in range(5)))
    assert _asked(stage, user) == 1


async def test_an_ill_provider_is_asked_again_until_it_answers(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(MINUTE)
    await _leased(stage, user)
    stage.world.strike("current_user", Fault.DOWN, times=2)
    await stage.work()
    await stage.work(after=MINUTE)
    assert await stage.connection(stage.ana) is not None
    stage.world.remove_app(user.user_id)
    await stage.work(after=MINUTE - SECOND)
    assert await stage.connection(stage.ana) is not None
    await stage.work(after=SECOND)
    assert await stage.connection(stage.ana) is None


async def test_a_worker_that_dies_while_asking_is_followed_by_another(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(MINUTE)
    stage.world.remove_app(user.user_id)
    await _leased(stage, user)
    _, dying = await stage.paused("current_user", stage.use.verify_removals()())
    dying.cancel()
    await asyncio.sleep(0)
    await stage.work(after=MINUTE)
    assert await stage.connection(stage.ana) is None


async def test_who_connects_again_while_the_provider_is_asked_stays_connected(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(MINUTE)
    stage.world.remove_app(user.user_id)
    await _leased(stage, user)
    hold, asking = await stage.paused("current_user", stage.use.verify_removals()())
    stage.move(SECOND)
    await stage.connect(stage.ana, user=user)
    hold.release()
    await asking
    await stage.work(after=MINUTE)
    connection = await stage.connection(stage.ana)
    assert connection
    assert connection.usable


async def test_one_provider_that_hangs_does_not_hold_up_the_others(stage: Stage) -> None:
    anas, bors = await stage.connect(stage.ana), await stage.connect(stage.bor)
    stage.move(MINUTE)
    for user in (anas, bors):
        stage.world.remove_app(user.user_id)
        await _leased(stage, user)
    hold, asking = await stage.paused("current_user", stage.use.verify_removals()())
    for _ in range(100):
        await asyncio.sleep(0)
    left = [one for one in (stage.ana, stage.bor) if await stage.connection(one)]
    assert len(left) == 1
    hold.release()
    assert await asking == 2


async def test_a_removal_of_nobody_is_not_kept(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stranger = stage.at_provider("Stranger")
    await _leased(stage, stranger)
    connection = await stage.connection(stage.ana)
    assert connection
    assert connection.unverified_removal.since is None
