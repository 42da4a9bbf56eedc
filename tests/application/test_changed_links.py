"""A link that changed without an edit is marked until a person passed it on; a wrong report changes no link."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from adapters.in_memory.provider.fault import Fault
from domain.audit.facts import Facts
from domain.booking.edits import Edits
from domain.errors import NotFound
from domain.meeting.link_change import Acknowledgement
from domain.meeting.meeting_state import MeetingState
from tests.application.stage import CONFIRMED, Stage


async def _meeting(stage: Stage, booking_id: UUID) -> MeetingState:
    return (await stage.view(booking_id)).meeting


async def _recreated(stage: Stage) -> tuple[UUID, datetime]:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    stage.world.meetings.clear()
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)
    await stage.work(CONFIRMED)
    changed_at = (await _meeting(stage, booking_id)).link_changed_at
    assert changed_at == stage.harness.clock.now()
    return booking_id, changed_at


async def test_the_mark_stays_until_somebody_acknowledges_it(stage: Stage) -> None:
    booking_id, changed_at = await _recreated(stage)
    assert (await _meeting(stage, booking_id)).link_change_reason == "vanished"
    acknowledge = stage.use.acknowledge_link_change()
    await acknowledge(stage.admin, booking_id, changed_at - timedelta(minutes=1), Acknowledgement.DISMISSED)
    assert (await _meeting(stage, booking_id)).link_changed_at == changed_at
    version = (await stage.view(booking_id)).version
    for _ in range(2):
        await acknowledge(stage.ana, booking_id, changed_at, Acknowledgement.COPIED)
    view = await stage.view(booking_id)
    assert (view.meeting.link_changed_at, view.version) == (None, version)
    told = [(one.actor_id, one.facts) for one in await stage.history(booking_id) if "acknowledged" in one.action]
    assert told == [(stage.ana.id, Facts(acknowledgement=Acknowledgement.COPIED))]


async def test_to_others_the_session_is_unknown(stage: Stage) -> None:
    booking_id, changed_at = await _recreated(stage)
    for who, which in ((stage.bor, booking_id), (stage.ana, uuid4())):
        with pytest.raises(NotFound):
            await stage.use.acknowledge_link_change()(who, which, changed_at, Acknowledgement.DISMISSED)
    assert (await _meeting(stage, booking_id)).link_changed_at == changed_at


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("operation", ["read", "change", "remove"])
async def test_a_slip_changes_no_link_and_leaves_no_meeting_behind(stage: Stage, operation: str, times: int) -> None:
    """The provider reports the absence until Calendra searches by marker."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=5))
    link = (await _meeting(stage, booking_id)).join_link
    stage.world.strike(operation, Fault.GONE, times=times)
    if operation == "change":
        await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)
    elif operation == "remove":
        await stage.use.close_booking().cancel(stage.ana, booking_id, expected_version=1)
    else:
        await stage.work(timedelta(hours=4, minutes=30))
    if operation != "remove":
        assert (await _meeting(stage, booking_id)).join_link == link
    for _ in range(4):
        await stage.work(2 * CONFIRMED)
    meeting = await _meeting(stage, booking_id)
    expected = [] if operation == "remove" else [link]
    assert [kept.join_link for kept in stage.meetings(user)] == expected
    assert (meeting.join_link, meeting.removing, meeting.link_changed_at) == (
        expected[0] if expected else None,
        0,
        None,
    )
    assert stage.world.calls_of(user.user_id).count("create") == 1
