"""A refresh that dies, stalls, or ends after a newer authorization: the newest authorization always stands."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from domain.connection.connection import ProviderAccount
from domain.connection.token_set import TokenSet
from domain.meeting.host import Host
from domain.ports.meeting_provider import OAuthClient
from domain.provider_errors import NeedsConsultant
from domain.providers import Providers
from tests.application.stage import NORTH, Stage

EXPIRED = timedelta(hours=2)


async def test_a_dead_refresher_is_followed_by_another_when_its_lease_ends(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    _, dead = await stage.paused("refresh", stage.whose_access())
    dead.cancel()
    for refresh in stage.use.access_tokens().running:
        refresh.cancel()
    waiting = asyncio.create_task(stage.whose_access())
    await asyncio.sleep(0.1)
    assert not waiting.done()
    stage.move(stage.use.access_tokens().lease_time)
    assert await waiting == user
    assert stage.world.calls_of(user.user_id).count("refresh") == 1


async def test_a_refresher_that_comes_too_late_finds_the_newer_tokens(stage: Stage) -> None:
    """One refresh stalls, another succeeds, and the provider refuses the old tokens: the connection survives."""
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    hold, late = await stage.paused("refresh", stage.whose_access())
    stage.move(stage.use.access_tokens().lease_time)
    assert await stage.whose_access() == user
    hold.release()
    assert await late == user
    stands = await stage.connection(stage.ana)
    assert stands is not None
    assert stands.usable


async def test_a_refresh_that_ends_after_somebody_reconnected_does_not_overwrite_the_new_tokens(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    hold, late = await stage.paused("refresh", stage.whose_access())
    await stage.connect(stage.ana, user=user)
    new = await stage.connection(stage.ana)
    hold.release()
    assert await late == user
    assert await stage.connection(stage.ana) == new


async def test_tokens_that_were_overtaken_on_their_way_home_are_not_stored(stage: Stage) -> None:
    """The provider renews the tokens, and the consultant connects again before they are stored."""
    user = await stage.connect(stage.ana)
    stage.move(EXPIRED)
    provider = stage.provider(NORTH)
    slow = replace(provider, oauth=cast(OAuthClient, _Slow(stage, user, provider.oauth)))
    access = replace(stage.use.access_tokens(), providers=Providers([slow]))
    assert await access.use(stage.host(stage.ana), provider.oauth.current_user) == user
    stands = await stage.connection(stage.ana)
    assert stands is not None
    assert stands.token_set == stage.world.token_sets[user.user_id]


class _Slow:
    """Its refresh takes so long that the consultant connects again in the meantime."""

    def __init__(self, stage: Stage, user: ProviderAccount, oauth: OAuthClient) -> None:
        self._stage, self._user, self._consent = stage, user, oauth

    async def refresh(self, token_set: TokenSet, *, within: timedelta | None = None) -> TokenSet:
        renewed = await self._consent.refresh(token_set, within=within)
        await self._stage.connect(self._stage.ana, user=self._user)
        return renewed


async def test_a_refresh_that_ends_after_an_erasure_stores_and_calls_nothing(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.move(EXPIRED)
    hold, late = await stage.paused("refresh", stage.whose_access())
    async with stage.use.begin()() as work:
        erased = await work.connections.to_change(Host(stage.organization.id, stage.ana.id, NORTH))
        assert erased is not None
        await work.connections.remove(erased)
        await work.commit()
    hold.release()
    with pytest.raises(NeedsConsultant) as need:
        await late
    assert need.value.reason == "not_connected"
    assert await stage.connection(stage.ana) is None
