"""What is stored of a provider that was taken out of the settings stays reachable, and nothing waits for it forever."""

from datetime import timedelta

import pytest

from adapters.in_memory.provider.fault import Fault
from application.connection.show_connections import ProviderStatus
from domain.accounts.account import Account, Role
from domain.accounts.errors import StillConnected
from domain.audit.action import Action
from domain.booking.edits import Edits
from domain.connection.connection import IDLE_AFTER
from domain.connection.errors import NotConnected
from domain.connection.meetings_on_disconnect import AfterDisconnect, MeetingsOnDisconnect
from domain.connection.revocation import Ending, Revocation
from domain.errors import Invalid, NotFound
from domain.meeting.meeting_state import MeetingStatus
from tests.application.stage import NORTH, SOUTH, Stage

HOUR = timedelta(hours=1)


def _take_out(stage: Stage, name: str = NORTH) -> None:
    """As a restart with other settings does. Every use case shares this one object."""
    del stage.use.meeting_providers()._by_name[name]


async def _shown(stage: Stage, who: Account) -> dict[str, ProviderStatus]:
    statuses = await stage.use.show_connections()(who)
    return {one.name: one for status in statuses if status.consultant == who for one in status.providers}


async def test_its_connection_is_shown_with_the_sessions_there(stage: Stage) -> None:
    await stage.connect(stage.ana)
    await stage.book(stage.ana)
    stage.world.strike("create", Fault.DOWN)
    await stage.book(stage.ana, stage.details(stage.ana, hours=30))
    _take_out(stage)
    shown = await _shown(stage, stage.ana)
    assert list(shown) == [SOUTH, NORTH], "after those that are set up"
    left = shown[NORTH]
    assert (left.label, left.provider, left.calls_left) == ("North", None, None)
    assert left.connection is not None
    assert left.upcoming is not None
    assert (left.upcoming.sessions, left.upcoming.at_risk) == (2, 1)
    assert list(await _shown(stage, stage.bor)) == [SOUTH], "who has nothing there sees nothing of it"
    assert await stage.use.show_connections()(stage.bor) == [
        one for one in await stage.use.show_connections()(stage.admin) if one.consultant == stage.bor
    ]


async def test_sessions_there_are_shown_without_a_connection_too(stage: Stage) -> None:
    await stage.connect(stage.ana)
    await stage.book(stage.ana)
    _take_out(stage)
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)
    left = (await _shown(stage, stage.ana))[NORTH]
    assert left.connection is None
    assert left.upcoming is not None
    assert (left.upcoming.sessions, left.upcoming.at_risk) == (1, 1)


@pytest.mark.parametrize("choice", MeetingsOnDisconnect)
async def test_it_can_be_disconnected_at_once_and_keeps_its_meetings(
    stage: Stage, choice: MeetingsOnDisconnect
) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    link = (await stage.view(booking_id)).meeting.join_link
    _take_out(stage)
    disconnect = stage.use.disconnect_provider()
    [preview] = await disconnect.preview(stage.ana, stage.ana.id, NORTH)
    assert preview.on_remove is AfterDisconnect.OUT_OF_REACH
    ending = await disconnect(stage.ana, stage.ana.id, NORTH, choice)
    assert ending == Ending(Revocation.NOT_SET_UP, 0)
    assert await stage.connection(stage.ana) is None
    assert user.user_id in stage.world.token_sets, "the provider was not asked"
    assert (await stage.view(booking_id)).meeting.join_link == link
    told = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries[-1]
    assert (told.action, told.facts.ending) == (Action.DISCONNECTED, ending)
    with pytest.raises(NotFound):
        await disconnect(stage.ana, stage.ana.id, NORTH, choice)
    with pytest.raises(NotFound):
        await disconnect.preview(stage.ana, stage.ana.id, "west")
    with pytest.raises(NotConnected):
        await disconnect(stage.ana, stage.ana.id, SOUTH, choice)


async def test_a_disconnection_that_was_under_way_comes_to_its_end(stage: Stage) -> None:
    """With a meeting that was to be removed: it is counted, and no attempt is left for the worker."""
    await stage.connect(stage.ana)
    await stage.book(stage.ana)
    stage.world.strike("remove", Fault.DOWN, times=9)
    pending = await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.REMOVE)
    assert pending.revocation is Revocation.PENDING
    _take_out(stage)
    stage.move(HOUR)
    assert await stage.use.finish_disconnecting()() == 1
    told = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries[-1]
    assert told.facts.ending == Ending(Revocation.NOT_SET_UP, 1)
    assert await stage.connection(stage.ana) is None
    await stage.work(HOUR)
    stage.move(timedelta(days=3))
    assert await stage.use.reconcile_due()() <= 1
    await stage.use.reconcile_due().finish()
    assert await stage.use.reconcile_due()() == 0, "what is left there waits for a person, not for a retry"


async def test_erasure_says_that_it_could_not_be_asked(stage: Stage) -> None:
    await stage.connect(stage.ana)
    await stage.connect(stage.ana, SOUTH)
    _take_out(stage)
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=True)
    assert receipt.erased["connections"] == 2
    assert {name: one.revocation for name, one in receipt.endings.items()} == {
        NORTH: Revocation.NOT_SET_UP, SOUTH: Revocation.CONFIRMED,
    }  # fmt: skip
    assert receipt.revoked == {NORTH: False, SOUTH: True}
    assert list(await _shown(stage, stage.ana)) == [SOUTH]


async def test_its_sessions_keep_their_links_and_can_go_elsewhere(stage: Stage) -> None:
    await stage.connect(stage.ana)
    await stage.connect(stage.ana, SOUTH)
    stays, moves, offline = [
        await stage.book(stage.ana, stage.details(stage.ana, hours=hours)) for hours in (24, 30, 40)
    ]
    link = (await stage.view(stays)).meeting.join_link
    _take_out(stage)
    edit = stage.use.edit_booking()
    await edit(stage.ana, stays, Edits(notes="only for us"), expected_version=None)
    await edit(stage.ana, moves, Edits(provider=SOUTH), expected_version=None)
    await edit(stage.ana, offline, Edits(online=False), expected_version=None)
    with pytest.raises(Invalid):
        await edit(stage.admin, stays, Edits(consultant_id=stage.bor.id), expected_version=None)
    await edit(stage.ana, stays, Edits(title="Renamed"), expected_version=None)
    view = await stage.view(stays)
    assert (view.title, view.meeting.join_link) == ("Renamed", link)
    assert (view.meeting.status, view.meeting.reason) == (MeetingStatus.WAITING, "not_set_up")
    assert (await stage.view(moves)).meeting.status is MeetingStatus.READY
    assert (await stage.view(moves)).provider == SOUTH
    assert (await stage.view(offline)).meeting.status is MeetingStatus.NONE
    await stage.use.close_booking().cancel(stage.ana, stays, expected_version=None)
    assert (await stage.view(stays)).meeting.join_link is None


async def test_every_round_of_the_worker_passes_over_it(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await stage.book(stage.ana)
    await stage.connect(stage.bor, SOUTH)
    _take_out(stage)
    stage.move(IDLE_AFTER + HOUR)
    assert await stage.use.keep_connections_alive()() == 1, "the other one is refreshed all the same"
    await stage.use.sweep_orphans()()
    await stage.work(HOUR)
    assert await stage.use.verify_removals()() == 0
    assert await stage.use.finish_disconnecting()() == 0
    connection = await stage.connection(stage.ana)
    assert connection is not None
    assert connection.usable
    assert user.user_id in stage.world.token_sets


async def test_a_person_who_is_still_connected_there_is_told_its_name(stage: Stage) -> None:
    await stage.connect(stage.ana)
    _take_out(stage)
    with pytest.raises(StillConnected) as refusal:
        await stage.use.change_roles()(stage.admin, stage.ana.id, frozenset({Role.ADMIN}))
    assert refusal.value.data["labels"] == ["North"]
