"""One refresh at a time serves all callers, and only the provider's final refusal ends a connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from adapters.in_memory.provider.fault import Fault
from domain.connection.connection import ConnectionStatus, ProviderAccount
from domain.connection.token_set import AccessToken
from domain.errors import StorageUnavailable
from domain.meeting.host import Host
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.provider_errors import (
    Misconfigured,
    NeedsConsultant,
    TryLater,
)
from tests.application.stage import NORTH, Stage

EXPIRED, ENDING = timedelta(hours=2), timedelta(minutes=57)


def _refreshes(stage: Stage, user: ProviderAccount) -> int:
    return stage.world.calls_of(user.user_id).count("refresh")


async def test_fifty_at_once_need_one_refresh(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    assert await asyncio.gather(*(stage.whose_access() for _ in range(50))) == [user] * 50
    assert _refreshes(stage, user) == 1


async def test_fifty_at_once_with_a_rejected_token_need_one_refresh(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.issue(user.user_id, stage.world.token_sets[user.user_id].scopes)  # invalidates the stored token
    await _restore_renewal(stage, user)
    assert await asyncio.gather(*(stage.whose_access() for _ in range(50))) == [user] * 50
    assert _refreshes(stage, user) == 1


async def _restore_renewal(stage: Stage, user: ProviderAccount) -> None:
    """The stored access token stays invalid, the stored refresh token works."""
    async with stage.use.begin()() as work:
        stored = await work.connections.to_change(Host(stage.organization.id, stage.ana.id, NORTH))
        assert stored is not None
        assert stored.token_set is not None
        renewal = stage.world.token_sets[user.user_id].refresh_token
        await work.connections.save(replace(stored, token_set=replace(stored.token_set, refresh_token=renewal)))
        await work.commit()


async def test_nobody_waits_for_a_refresh_while_the_old_token_is_good_for_a_call(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(ENDING)
    hold, first = await stage.paused("refresh", stage.whose_access())
    assert await stage.whose_access() == user
    hold.release()
    assert await first == user
    assert _refreshes(stage, user) == 1


async def test_an_ill_provider_does_not_end_a_connection(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    stage.world.strike("refresh", Fault.DOWN)
    with pytest.raises(TryLater):
        await stage.whose_access()
    refresh_failed = await stage.connection(stage.ana)
    assert refresh_failed is not None
    assert (refresh_failed.status, refresh_failed.refresh_failure, refresh_failed.lease) == (
        ConnectionStatus.CONNECTED,
        "provider_down",
        None,
    )
    assert await stage.whose_access() == user


async def test_a_token_that_still_lives_is_used_when_the_refresh_fails(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(ENDING)
    stage.world.strike("refresh", Fault.DOWN)
    assert await stage.whose_access() == user


async def test_a_refresh_whose_answer_was_lost_is_repeated_once_at_once(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    stage.world.strike("refresh", Fault.LOST_CALL)
    assert await stage.whose_access() == user
    stage.move(EXPIRED)
    stage.world.strike("refresh", Fault.LOST_CALL, times=2)
    with pytest.raises(TryLater):
        await stage.whose_access()


async def test_an_answer_that_came_from_elsewhere_costs_nothing(stage: Stage) -> None:
    """A captive portal answered twice, so the provider rotated no tokens."""
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    stage.world.strike("refresh", Fault.LOST_CALL, times=2)
    with pytest.raises(TryLater):
        await stage.whose_access()
    waiting = await stage.connection(stage.ana)
    assert waiting is not None
    assert (waiting.usable, waiting.refresh_failure) == (True, "answer_lost")
    assert await stage.whose_access() == user
    mended = await stage.connection(stage.ana)
    assert mended is not None
    assert mended.refresh_failure is None


@pytest.mark.parametrize("repeated", [False, True])
async def test_tokens_that_were_rotated_in_a_lost_answer_end_it_with_that_reason(stage: Stage, repeated: bool) -> None:
    """The provider refuses the repetition, at once or, if that answer is lost too, the next time."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    stage.move(EXPIRED)
    stage.world.strike("refresh", Fault.LOST_ANSWER)
    if repeated:
        stage.world.strike("refresh", Fault.LOST_CALL)
        with pytest.raises(TryLater):
            await stage.whose_access()
    with pytest.raises(NeedsConsultant) as need:
        await stage.whose_access()
    assert need.value.reason == "tokens_lost"
    ended = await stage.connection(stage.ana)
    assert ended is not None
    assert (ended.status, ended.refresh_failure) == (ConnectionStatus.NEEDS_RECONNECTING, "tokens_lost")
    with pytest.raises(NeedsConsultant) as again:
        await stage.whose_access()
    assert again.value.reason == "tokens_lost"
    await stage.connect(stage.ana, user=user)
    await stage.work(timedelta(minutes=1))
    assert (await stage.view(booking_id)).meeting.status == "ready"


async def test_the_final_word_ends_it_and_is_told(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.remove_app(user.user_id)
    stage.move(EXPIRED)
    with pytest.raises(NeedsConsultant) as need:
        await stage.whose_access()
    assert need.value.reason == "consent_gone"
    ended = await stage.connection(stage.ana)
    assert ended is not None
    assert (ended.status, ended.token_set) == (ConnectionStatus.NEEDS_RECONNECTING, None)
    told = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries
    assert [entry.action for entry in told] == ["connected", "authorization_ended"]
    asked = len(stage.world.calls)
    with pytest.raises(NeedsConsultant):
        await stage.whose_access()
    assert len(stage.world.calls) == asked  # no call with an ended authorization


async def test_a_token_rejected_before_and_after_a_refresh_means_that_consent_is_gone(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.world.strike("current_user", Fault.REJECTED, times=2)
    with pytest.raises(NeedsConsultant):
        await stage.whose_access()
    ended = await stage.connection(stage.ana)
    assert ended is not None
    assert ended.status is ConnectionStatus.NEEDS_RECONNECTING


async def test_our_own_wrong_registration_is_no_end_either(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.move(EXPIRED)
    stage.world.strike("refresh", Fault.MISCONFIGURED)
    with pytest.raises(Misconfigured):
        await stage.whose_access()
    stands = await stage.connection(stage.ana)
    assert stands is not None
    assert stands.usable


async def test_a_refresh_refused_with_a_word_that_ends_nothing_is_tried_again(stage: Stage) -> None:
    """The provider never refused the call itself, so the session does not fail."""
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    stage.world.strike("refresh", Fault.REFUSED)
    with pytest.raises(TryLater):
        await stage.whose_access()
    assert await stage.whose_access() == user


async def test_tokens_lost_between_the_provider_and_the_store_are_an_honest_end(stage: Stage) -> None:
    """A process died after the refresh took effect: the provider no longer accepts the old refresh token."""
    user = await stage.connect(stage.ana)
    stage.world.issue(user.user_id, stage.world.token_sets[user.user_id].scopes)
    stage.move(EXPIRED)
    with pytest.raises(NeedsConsultant):
        await stage.whose_access()
    await stage.connect(stage.ana, user=user)
    assert await stage.whose_access() == user


async def test_idle_connections_are_refreshed_after_a_month(stage: Stage) -> None:
    user, bors = await stage.connect(stage.ana), await stage.connect(stage.bor)
    assert await stage.use.keep_connections_alive()() == 0
    stage.move(timedelta(days=31))
    stage.world.strike("refresh", Fault.REVOKED)
    assert await stage.use.keep_connections_alive()() == 1  # one failed and did not block the other
    assert _refreshes(stage, user) + _refreshes(stage, bors) == 1
    assert await stage.use.keep_connections_alive()() == 0


async def test_connections_whose_refresh_fails_starve_no_other_one(stage: Stage) -> None:
    for consultant in (stage.ana, stage.bor):
        await stage.connect(consultant)
    stage.move(timedelta(days=31))
    keep = replace(stage.use.keep_connections_alive(), at_once=1)
    stage.world.strike("refresh", Fault.DOWN, times=1)
    assert await keep() == 1
    assert await keep() == 1
    assert await keep() == 0


async def test_a_removal_may_use_a_connection_on_its_way_out_and_nothing_else_may(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    async with stage.use.begin()() as work:
        found = await work.connections.to_change(Host(stage.organization.id, stage.ana.id, NORTH))
        assert found is not None
        await work.connections.save(found.disconnecting(retry_at=stage.harness.clock.now()))
        await work.commit()
    with pytest.raises(NeedsConsultant) as need:
        await stage.whose_access()
    assert need.value.reason == "not_connected"

    async def revoke(access: AccessToken) -> str:
        return stage.world.owner(access.token) or ""

    assert await stage.use.access_tokens().use(stage.host(stage.ana), revoke, removing=True) == user.user_id


@pytest.mark.parametrize("confirmed", [False, True], ids=["nothing stored", "stored, but the answer lost"])
async def test_new_tokens_survive_a_database_that_is_away_when_they_arrive(stage: Stage, confirmed: bool) -> None:
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    hold = stage.world.faults.hold_next("refresh")
    away = _AwayForAWhile(stage.use.begin(), confirmed)
    access = replace(stage.use.access_tokens(), begin=cast(Begin, away))
    call = asyncio.create_task(access.use(stage.host(stage.ana), stage.provider(NORTH).oauth.current_user))
    await hold.reached.wait()
    away.times = 1 if confirmed else 3
    hold.release()
    assert await call == user
    assert away.times == 0
    assert await stage.whose_access() == user
    assert _refreshes(stage, user) == 1


class _AwayForAWhile:
    """A storage that is unreachable some times, or that commits and loses the confirmation."""

    def __init__(self, begin: Begin, confirmed: bool) -> None:
        self._begin = begin
        self._stores = confirmed
        self.times = 0

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[UnitOfWork]:
        away = self.times > 0
        self.times -= away
        if away and not self._stores:
            raise StorageUnavailable
        async with self._begin() as work:
            yield work
        if away:
            raise StorageUnavailable
