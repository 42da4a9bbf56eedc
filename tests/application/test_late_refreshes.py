"""The process waits for a late answer to a refresh: it may be the only copy of the tokens."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.in_memory.provider.fault import Fault
from domain.connection.connection import ConnectionStatus
from domain.provider_errors import NeedsConsultant, TryLater
from tests.application.stage import Stage

EXPIRED, ENDING = timedelta(hours=2), timedelta(minutes=57)
SOON = timedelta(seconds=0.2)


async def test_who_waits_is_answered_in_time_and_the_tokens_are_stored_later(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    hold = stage.world.faults.hold_next("refresh")
    access = replace(stage.use.access_tokens(), patience=SOON)
    with pytest.raises(TryLater) as told:
        await access.use(stage.host(stage.ana), stage.provider("north").oauth.current_user)
    assert not told.value.unheard
    hold.release()
    await access.finish()
    assert await stage.whose_access() == user
    assert stage.world.calls_of(user.user_id).count("refresh") == 1


async def test_a_token_that_is_still_good_is_used_when_the_answer_takes_long(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(ENDING)
    hold = stage.world.faults.hold_next("refresh")
    access = replace(stage.use.access_tokens(), patience=SOON)
    assert await access.use(stage.host(stage.ana), stage.provider("north").oauth.current_user) == user
    hold.release()
    await access.finish()
    found = await stage.connection(stage.ana)
    assert found is not None
    assert found.token_set == stage.world.token_sets[user.user_id]


async def test_whoever_leaves_does_not_take_the_answer_along(stage: Stage) -> None:
    """The request that began the refresh ends, by a time-out or because the browser was closed."""
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    hold, request = await stage.paused("refresh", stage.whose_access())
    request.cancel()
    await asyncio.sleep(0)
    hold.release()
    await stage.use.access_tokens().finish()
    assert await stage.whose_access() == user
    assert stage.world.calls_of(user.user_id).count("refresh") == 1


async def test_it_ends_with_the_lease_and_the_next_one_tries(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    stage.world.faults.hold_next("refresh")
    access = replace(stage.use.access_tokens(), lease_time=SOON)
    with pytest.raises(TryLater):
        await access.use(stage.host(stage.ana), stage.provider("north").oauth.current_user)
    assert list(access.running) == []
    stage.move(SOON)
    assert await stage.whose_access() == user


async def test_the_end_of_the_process_waits_for_it_but_not_for_ever(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.connect(stage.ana)
    stage.move(EXPIRED)
    hold = stage.world.faults.hold_next("refresh")
    access = replace(stage.use.access_tokens(), patience=SOON)
    with pytest.raises(TryLater):
        await access.use(stage.host(stage.ana), stage.provider("north").oauth.current_user)
    await access.finish()
    assert [record.message for record in caplog.records] == ["the process ends before 1 refreshes were answered"]
    hold.release()
    await access.finish()
    assert list(access.running) == []


async def test_a_refresh_that_lacks_permissions_says_so_and_keeps_what_could_still_end_it(stage: Stage) -> None:
    """The app's own scopes have changed, so the connection must not be shown as connected."""
    await stage.connect(stage.ana)
    stage.move(EXPIRED)
    stage.world.strike("refresh", Fault.SCOPE_MISSING)
    with pytest.raises(NeedsConsultant):
        await stage.whose_access()
    found = await stage.connection(stage.ana)
    assert found is not None
    assert (found.status, found.refresh_failure) == (ConnectionStatus.NEEDS_RECONNECTING, "scope_missing")
    assert found.token_set is not None
    with pytest.raises(NeedsConsultant) as need:
        await stage.whose_access()
    assert need.value.reason == "scope_missing"


async def test_while_the_token_is_good_a_refresh_that_lacks_permissions_ends_nothing(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(ENDING)
    stage.world.strike("refresh", Fault.SCOPE_MISSING)
    assert await stage.whose_access() == user
    found = await stage.connection(stage.ana)
    assert found is not None
    assert found.usable
