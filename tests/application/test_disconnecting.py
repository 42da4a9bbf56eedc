"""Disconnecting: first the meetings, as chosen; then the revocation at the provider; then the tokens."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from adapters.in_memory.provider.fault import Fault
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.booking.edits import Edits
from domain.connection.connection import ConnectionStatus
from domain.connection.errors import ConnectionNeeded, NotConnected
from domain.connection.meetings_on_disconnect import AfterDisconnect, MeetingsOnDisconnect
from domain.connection.revocation import Ending, Revocation
from domain.errors import NotFound
from domain.failure_reason import FailureReason
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.webhook_event import Deauthorized
from tests.application.stage import NORTH, Stage

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def _disconnect(stage: Stage, meetings: MeetingsOnDisconnect) -> Ending:
    return await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, meetings)


async def _told(stage: Stage) -> Sequence[AuditEntry]:
    return (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries


async def test_it_says_beforehand_what_becomes_of_each_upcoming_meeting(stage: Stage) -> None:
    await stage.connect(stage.ana)
    later = await stage.book(stage.ana, stage.details(stage.ana, hours=30))
    sooner = await stage.book(stage.ana)
    await stage.book(stage.ana, stage.details(stage.ana, hours=40, provider=None))
    past = await stage.book(stage.ana, stage.details(stage.ana, hours=1))
    stage.move(HOUR)
    preview = await stage.use.disconnect_provider().preview(stage.admin, stage.ana.id, NORTH)
    assert [one.booking.id for one in preview] == [sooner, later]
    assert past not in [one.booking.id for one in preview]


async def test_keeping_leaves_links_and_ends_the_authorization(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    assert await _disconnect(stage, MeetingsOnDisconnect.KEEP) == Ending(Revocation.CONFIRMED)
    assert await stage.connection(stage.ana) is None
    assert user.user_id not in stage.world.token_sets
    assert (await stage.view(booking_id)).meeting.status == "ready"
    [kept] = stage.meetings(user)
    assert (await stage.view(booking_id)).meeting.join_link == kept.join_link


async def test_removing_takes_upcoming_meetings_away_first_and_leaves_past_ones(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    past = await stage.book(stage.ana, stage.details(stage.ana, hours=1))
    booking_id = await stage.book(stage.ana)
    stage.move(HOUR)
    assert await _disconnect(stage, MeetingsOnDisconnect.REMOVE) == Ending(Revocation.CONFIRMED)
    assert [kept.details.slot.starts_at for kept in stage.meetings(user)] == [(await stage.view(past)).starts_at]
    view = await stage.view(booking_id)
    assert (view.meeting.status, view.meeting.waits_for, view.meeting.join_link) == ("waiting", stage.ana.id, None)
    calls = stage.world.calls_of(user.user_id)
    assert calls.index("remove") < calls.index("revoke")
    told = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries
    assert [entry.action for entry in told] == ["connected", "disconnect_asked", "disconnected"]
    assert told[-1].facts == Facts(ending=Ending(Revocation.CONFIRMED))


async def test_reconnecting_afterwards_makes_the_links_anew(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    await _disconnect(stage, MeetingsOnDisconnect.REMOVE)
    other = await stage.connect(stage.ana)  # another account is accepted now
    await stage.work()
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert len(stage.meetings(other)) == 1


@pytest.mark.parametrize("operation", ["remove", "revoke"])
async def test_an_ill_provider_is_asked_until_it_is_well_and_nothing_new_is_booked_meanwhile(
    stage: Stage, operation: str
) -> None:
    user = await stage.connect(stage.ana)
    await stage.book(stage.ana)
    stage.world.strike(operation, Fault.DOWN, times=4)
    assert (await _disconnect(stage, MeetingsOnDisconnect.REMOVE)).revocation is Revocation.PENDING
    leaving = await stage.connection(stage.ana)
    assert leaving is not None
    assert leaving.status is ConnectionStatus.DISCONNECTING
    with pytest.raises(ConnectionNeeded):
        await stage.book(stage.ana, stage.details(stage.ana, hours=50))
    for _ in range(12):
        await stage.work(5 * MINUTE)
        await stage.use.finish_disconnecting()()
    assert await stage.connection(stage.ana) is None
    assert stage.meetings(user) == ()
    assert user.user_id not in stage.world.token_sets


async def test_meetings_are_still_removed_after_many_hours_of_illness(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await stage.book(stage.ana, stage.details(stage.ana, hours=100))
    stage.world.strike("remove", Fault.DOWN, times=1000)
    await _disconnect(stage, MeetingsOnDisconnect.REMOVE)
    for _ in range(6 * 10):
        await stage.work(10 * MINUTE)
        await stage.use.finish_disconnecting()()
    stage.world.faults.clear()
    for _ in range(12):
        await stage.work(10 * MINUTE)
        await stage.use.finish_disconnecting()()
    assert stage.meetings(user) == ()
    assert await stage.connection(stage.ana) is None


async def test_a_provider_that_never_answers_does_not_keep_the_tokens_here(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.world.strike("revoke", Fault.DOWN, times=1000)
    assert (await _disconnect(stage, MeetingsOnDisconnect.KEEP)).revocation is Revocation.PENDING
    for _ in range(24 * 2):
        stage.move(HOUR)
        await stage.use.finish_disconnecting()()
    assert await stage.connection(stage.ana) is None
    told = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries
    assert told[-1].facts == Facts(ending=Ending(Revocation.UNANSWERED))


async def test_however_often_a_person_disconnects_the_tokens_are_kept_for_the_provider(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.world.strike("revoke", Fault.DOWN, times=30)
    for _ in range(30):
        assert (await _disconnect(stage, MeetingsOnDisconnect.KEEP)).revocation is Revocation.PENDING
    connection = await stage.connection(stage.ana)
    assert connection is not None
    assert connection.disconnect_attempts == 1
    stage.move(timedelta(seconds=20))
    assert await stage.use.finish_disconnecting()() == 1
    told = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries
    assert told[-1].facts == Facts(ending=Ending(Revocation.CONFIRMED))


async def test_the_worker_leaves_a_provider_alone_between_its_tries(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.strike("revoke", Fault.DOWN, times=1000)
    await _disconnect(stage, MeetingsOnDisconnect.KEEP)
    for _ in range(60):
        stage.move(MINUTE)
        await stage.use.finish_disconnecting()()
    connection = await stage.connection(stage.ana)
    assert connection is not None
    assert connection.disconnect_attempts <= 8
    assert "revoke" not in stage.world.calls_of(user.user_id)  # all refreshes failed before it


async def test_connecting_again_meanwhile_calls_the_ending_off(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.strike("revoke", Fault.DOWN)
    assert (await _disconnect(stage, MeetingsOnDisconnect.KEEP)).revocation is Revocation.PENDING
    await stage.connect(stage.ana, user=user)
    stage.move(DAY)
    assert await stage.use.finish_disconnecting()() == 0
    connection = await stage.connection(stage.ana)
    assert connection is not None
    assert (connection.status, connection.disconnect_attempts) == (ConnectionStatus.CONNECTED, 0)


async def test_an_authorization_that_is_gone_already_ends_here_and_is_not_called_confirmed(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    stage.world.remove_app(user.user_id)
    ending = Ending(Revocation.ENDED_BEFORE, meetings_left=1)
    assert await _disconnect(stage, MeetingsOnDisconnect.REMOVE) == ending
    assert (await _told(stage))[-1].facts == Facts(ending=ending)
    assert await stage.connection(stage.ana) is None
    assert (await stage.view(booking_id)).meeting.stuck == 1  # only the host can remove the meeting now


async def test_a_meeting_that_is_being_made_is_removed_too(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    hold, saving = await stage.paused("create", stage.book(stage.ana))
    assert (await _disconnect(stage, MeetingsOnDisconnect.REMOVE)).revocation is Revocation.PENDING
    hold.release()
    await saving
    await stage.work(MINUTE)
    await stage.use.finish_disconnecting()()
    assert stage.meetings(user) == ()
    assert await stage.connection(stage.ana) is None


async def test_who_is_not_connected_cannot_be_disconnected_and_others_do_not_exist(stage: Stage) -> None:
    with pytest.raises(NotConnected):
        await _disconnect(stage, MeetingsOnDisconnect.KEEP)
    with pytest.raises(NotFound):
        await stage.use.disconnect_provider()(stage.bor, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)
    _, their_admin = await stage.harness.found("Elsewhere", "Yuri")
    await stage.connect(stage.ana)
    with pytest.raises(NotFound):
        await stage.use.disconnect_provider()(their_admin, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)
    assert await stage.connection(stage.ana) is not None


async def test_an_edit_of_a_kept_meeting_waits_for_a_new_connection_and_says_so(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    await _disconnect(stage, MeetingsOnDisconnect.KEEP)
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)
    view = await stage.view(booking_id)
    assert (view.meeting.status, view.meeting.reason, view.meeting.waits_for) == (
        "waiting",
        "not_connected",
        stage.ana.id,
    )
    await stage.connect(stage.ana, user=user)
    await stage.work()
    assert (await stage.view(booking_id)).meeting.join_link == view.meeting.join_link
    assert [kept.details.topic for kept in stage.meetings(user)] == ["New"]


async def test_a_worker_that_comes_by_takes_nothing_out_of_its_hands(stage: Stage) -> None:
    """The removals are stored with a lease, so the request itself can still report the provider's confirmation."""
    disconnect = stage.use.disconnect_provider()

    @asynccontextmanager
    async def with_a_worker_behind_it() -> AsyncIterator[UnitOfWork]:
        async with disconnect.begin() as work:
            yield work
        await stage.use.reconcile_due()()

    await stage.connect(stage.ana)
    await stage.book(stage.ana)
    busy = replace(disconnect, begin=cast(Begin, with_a_worker_behind_it))
    hold, asked = await stage.paused("remove", busy(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.REMOVE))
    await asyncio.sleep(0.1)
    hold.release()
    assert (await asked).revocation is Revocation.CONFIRMED


async def test_what_is_out_of_reach_is_kept_and_said_beforehand(stage: Stage) -> None:
    """The authorization has ended: no meeting can be removed there, so the sessions keep theirs."""
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    link = (await stage.view(booking_id)).meeting.join_link
    connection = await stage.connection(stage.ana)
    assert connection is not None
    async with stage.use.begin()() as work:
        await work.connections.save(connection.died(FailureReason.CONSENT_GONE))
        await work.commit()
    [preview] = await stage.use.disconnect_provider().preview(stage.ana, stage.ana.id, NORTH)
    assert preview.on_remove is AfterDisconnect.OUT_OF_REACH
    await _disconnect(stage, MeetingsOnDisconnect.REMOVE)
    view = await stage.view(booking_id)
    assert (view.meeting.join_link, view.meeting.stuck) == (link, 0)


async def test_who_connects_again_while_the_old_authorization_is_being_ended_stays_connected(stage: Stage) -> None:
    """The tokens have expired, so they need a refresh before the revocation, and in between Ana connects again."""
    user = await stage.connect(stage.ana)
    stage.world.strike("revoke", Fault.DOWN)
    assert (await _disconnect(stage, MeetingsOnDisconnect.KEEP)).revocation is Revocation.PENDING
    stage.move(2 * HOUR)
    hold, finishing = await stage.paused("refresh", stage.use.finish_disconnecting()())
    await stage.connect(stage.ana, user=user)
    hold.release()
    await finishing
    stands = await stage.connection(stage.ana)
    assert stands is not None
    assert stands.status is ConnectionStatus.CONNECTED
    assert await stage.whose_access() == user


@pytest.mark.parametrize("operation", ["refresh", "revoke"])
async def test_what_is_refused_for_a_missing_permission_is_never_called_confirmed(stage: Stage, operation: str) -> None:
    """The app's scopes changed at the provider: it stays installed, and only the person can remove it."""
    user = await stage.connect(stage.ana)
    stage.move(2 * HOUR)
    stage.world.strike(operation, Fault.SCOPE_MISSING)
    assert await _disconnect(stage, MeetingsOnDisconnect.KEEP) == Ending(Revocation.SCOPE_MISSING)
    assert user.user_id in stage.world.token_sets
    assert await stage.connection(stage.ana) is None
    assert (await _told(stage))[-1].facts == Facts(ending=Ending(Revocation.SCOPE_MISSING))


async def test_meetings_that_could_not_be_removed_are_counted(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    for hours in (30, 40):
        await stage.book(stage.ana, stage.details(stage.ana, hours=hours))
    stage.world.strike("remove", Fault.SCOPE_MISSING)
    ending = Ending(Revocation.CONFIRMED, meetings_left=1)
    assert await _disconnect(stage, MeetingsOnDisconnect.REMOVE) == ending
    assert len(stage.meetings(user)) == 1
    assert (await _told(stage))[-1].facts == Facts(ending=ending)


async def test_a_refusal_of_another_kind_is_asked_again_and_recorded_in_the_end(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.world.strike("revoke", Fault.REFUSED, times=1000)
    assert await _disconnect(stage, MeetingsOnDisconnect.KEEP) == Ending(Revocation.PENDING)
    for _ in range(24 * 2):
        stage.move(HOUR)
        await stage.use.finish_disconnecting()()
    assert (await _told(stage))[-1].facts == Facts(ending=Ending(Revocation.REFUSED))


async def test_the_providers_own_event_confirms_it_whoever_is_asking(stage: Stage) -> None:
    """The webhook event removes the connection before the answer to our own call is processed."""
    user = await stage.connect(stage.ana)
    hold, asked = await stage.paused("revoke", _disconnect(stage, MeetingsOnDisconnect.KEEP), Fault.LATE)
    stage.move(MINUTE)
    async with stage.use.begin()() as work:
        event = Deauthorized(user.user_id, user.account_id, stage.harness.clock.now())
        assert await stage.use.apply_deauthorization()(work, NORTH, event)
        await work.commit()
    hold.release()
    assert await asked == Ending(Revocation.CONFIRMED)
    assert [entry.action for entry in await _told(stage)].count(Action.DISCONNECTED) == 1
