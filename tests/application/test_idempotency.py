"""A repeated request makes one session, whatever happened in between."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.booking.edits import Edits
from domain.errors import ConnectionNeeded, Invalid, KeyReused
from domain.failure_reason import FailureReason
from domain.provider_errors import TryLater
from tests.application.stage import Stage


async def test_twenty_equal_requests_at_once_make_one_session_and_one_meeting(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = uuid4()
    await asyncio.gather(*(stage.book(stage.ana, booking_id=booking_id) for _ in range(20)))
    assert len(stage.meetings(user)) == 1
    assert await stage.actions(booking_id) == ["booked", "create"]


async def test_the_same_key_with_another_content_is_refused_and_changes_nothing(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    with pytest.raises(KeyReused):
        await stage.book(stage.ana, stage.details(stage.ana, title="Other"), booking_id)
    assert (await stage.view(booking_id)).title == "Talk"


async def test_a_repetition_is_compared_with_what_was_asked_not_with_what_became_of_it(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="Other"), expected_version=None)
    await stage.book(stage.ana, booking_id=booking_id)
    assert (await stage.view(booking_id)).title == "Other"


async def test_a_repetition_succeeds_although_the_consultant_has_to_reconnect_meanwhile(stage: Stage) -> None:
    """A refusal would be wrong: the first request saved the session."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    stage.world.remove_app(user.user_id)
    stage.move(timedelta(hours=2))
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)  # notices the end
    await stage.book(stage.ana, booking_id=booking_id)
    with pytest.raises(ConnectionNeeded):
        await stage.book(stage.ana, stage.details(stage.ana, hours=30))
    with pytest.raises(ConnectionNeeded):
        await stage.book(stage.ana, stage.details(stage.ana, hours=30), booking_id)


async def test_a_repetition_succeeds_although_the_session_has_begun_meanwhile(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=1))
    stage.move(timedelta(hours=1))
    await stage.book(stage.ana, stage.details(stage.ana, hours=1), booking_id)
    with pytest.raises(Invalid):
        await stage.book(stage.ana, stage.details(stage.ana, hours=0.5))


async def test_a_lost_answer_of_the_provider_does_not_make_a_second_meeting(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.faults.after_effect("create", TryLater(reason=FailureReason.PROVIDER_DOWN, unheard=True))
    booking_id = await stage.book(stage.ana)
    assert (await stage.view(booking_id)).meeting.status == "waiting"
    await stage.book(stage.ana, booking_id=booking_id)
    await stage.work(timedelta(seconds=5))
    [kept] = stage.meetings(user)
    assert (await stage.view(booking_id)).meeting.join_link == kept.join_link
    assert await stage.actions(booking_id) == ["booked", "create", "find"]


async def test_a_repeated_request_adds_a_client_once(stage: Stage) -> None:
    know, client_id = stage.use.manage_clients(), uuid4()
    added = await asyncio.gather(*(know.add(stage.ana, client_id, "Eva", "eva@example.com") for _ in range(5)))
    assert len(set(added)) == 1
    assert [one.name for one in await know.find(stage.ana, "Eva")] == ["Eva"]
    with pytest.raises(KeyReused):
        await know.add(stage.ana, client_id, "Ela", "eva@example.com")
