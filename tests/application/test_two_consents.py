"""One person consents in two browsers at once: the newest consent stands, and both callbacks report the truth."""

import asyncio
from datetime import timedelta

import pytest

from adapters.in_memory.provider.fault import Fault
from application.connection.complete_connection import AuthorizationResponse
from domain.connection.connection import ProviderAccount
from domain.connection.errors import ConsentUnfinished, ProviderAccountTaken
from tests.application.stage import BROWSER, NORTH, Stage

OTHER = b"another browser"


async def _agreed(stage: Stage, user: ProviderAccount, browser: bytes) -> AuthorizationResponse:
    stage.move(timedelta(seconds=1))
    redirect = await stage.use.connect_provider()(stage.ana, browser, NORTH)
    return stage.approved(redirect, user)


async def _stands(stage: Stage, user: ProviderAccount) -> None:
    """The provider accepts the stored tokens, and a call succeeds without a refresh."""
    found = await stage.connection(stage.ana)
    assert found is not None
    assert found.token_set == stage.world.token_sets[user.user_id]
    assert await stage.whose_access() == user
    assert "refresh" not in stage.world.calls_of(user.user_id)


@pytest.mark.parametrize("connected_before", [False, True], ids=["new", "again"])
@pytest.mark.parametrize("held", ["current_user", "exchange"])
async def test_the_older_answer_comes_last(stage: Stage, held: str, connected_before: bool) -> None:
    user = stage.at_provider("Ana")
    if connected_before:
        await stage.connect(stage.ana, user=user)
        stage.move(timedelta(minutes=1))
    older, newer = await _agreed(stage, user, BROWSER), await _agreed(stage, user, OTHER)
    answer, late = await stage.paused(held, stage.back(stage.ana, older, browser=BROWSER), Fault.LATE)
    stage.move(timedelta(seconds=1))
    first = await stage.back(stage.ana, newer, browser=OTHER)
    stage.move(timedelta(seconds=1))
    answer.release()
    last = await late
    assert first.account == last.account == user
    await _stands(stage, user)


async def test_the_one_that_was_begun_first_is_the_newest_at_the_provider(stage: Stage) -> None:
    """Its token request reached the provider late."""
    user = stage.at_provider("Ana")
    one, other = await _agreed(stage, user, BROWSER), await _agreed(stage, user, OTHER)
    hold, late = await stage.paused("exchange", stage.back(stage.ana, one, browser=BROWSER))
    stage.move(timedelta(seconds=1))
    await stage.back(stage.ana, other, browser=OTHER)
    hold.release()
    assert (await late).account == user
    await _stands(stage, user)


async def test_stored_first_and_ended_by_one_that_is_stored_a_moment_later(stage: Stage) -> None:
    user = stage.at_provider("Ana")
    one, other = await _agreed(stage, user, BROWSER), await _agreed(stage, user, OTHER)
    older_answer, older = await stage.paused("current_user", stage.back(stage.ana, one, browser=BROWSER), Fault.LATE)
    newer_asks = stage.world.faults.hold_next("current_user")
    newer = asyncio.create_task(stage.back(stage.ana, other, browser=OTHER))
    await newer_asks.reached.wait()  # it has its tokens, and has not read the current user yet
    older_answer.release()
    await asyncio.sleep(0.1)
    newer_asks.release()
    assert [(await answer).account for answer in (older, newer)] == [user, user]
    found = await stage.connection(stage.ana)
    assert found is not None
    assert (found.usable, found.token_set) == (True, stage.world.token_sets[user.user_id])


async def test_where_the_newest_never_arrives_the_older_one_is_not_called_connected(stage: Stage) -> None:
    user = stage.at_provider("Ana")
    back = await _agreed(stage, user, BROWSER)
    hold, late = await stage.paused("current_user", stage.back(stage.ana, back, browser=BROWSER), Fault.LATE)
    stage.world.issue(user.user_id, stage.world.token_sets[user.user_id].scopes)  # by a consent elsewhere
    hold.release()
    with pytest.raises(ConsentUnfinished):
        await late
    found = await stage.connection(stage.ana)
    assert found is not None
    assert not found.usable


async def test_an_ill_provider_after_the_store_unmakes_nothing(stage: Stage) -> None:
    user = stage.at_provider("Ana")
    back = await _agreed(stage, user, BROWSER)
    hold, connecting = await stage.paused("current_user", stage.back(stage.ana, back, browser=BROWSER), Fault.LATE)
    stage.world.strike("current_user", Fault.DOWN, times=4)
    hold.release()
    assert (await connecting).account == user
    await _stands(stage, user)


async def test_where_the_provider_takes_both_for_a_while_the_later_one_stands(stage: Stage) -> None:
    user = stage.at_provider("Ana")
    older, newer = await _agreed(stage, user, BROWSER), await _agreed(stage, user, OTHER)
    answer, late = await stage.paused("current_user", stage.back(stage.ana, older, browser=BROWSER), Fault.LATE)
    earlier = stage.world.token_sets[user.user_id]
    stage.move(timedelta(seconds=1))
    await stage.back(stage.ana, newer, browser=OTHER)
    latest = stage.world.token_sets[user.user_id]
    stage.world.tolerated[earlier.access_token] = user.user_id
    answer.release()
    assert (await late).account == user
    found = await stage.connection(stage.ana)
    assert found is not None
    assert found.token_set == latest


async def test_a_refused_consent_that_was_overtaken_replaces_nothing(stage: Stage) -> None:
    """Bor consents as Ana's user; before Calendra has handled his refusal she consents once more."""
    user = await stage.connect(stage.ana)
    stage.move(timedelta(seconds=1))
    redirect = await stage.depart(stage.bor)
    answer = stage.approved(redirect, user)
    hold, refused = await stage.paused("current_user", stage.back(stage.bor, answer), Fault.LATE)
    stage.move(timedelta(seconds=1))
    await stage.connect(stage.ana, user=user)
    hold.release()
    with pytest.raises(ProviderAccountTaken):
        await refused
    await _stands(stage, user)
