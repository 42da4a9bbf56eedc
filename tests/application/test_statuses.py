"""The connections page: the status of each connection, and the sessions at risk."""

from datetime import timedelta

import pytest

from adapters.in_memory.provider.fault import Fault
from application.connection.show_connections import ProviderStatus
from domain.accounts.account import Account, Preferences
from domain.booking.edits import Edits
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.failure_reason import FailureReason
from domain.provider_errors import NeedsConsultant, TryLater
from tests.application.stage import NORTH, SOUTH, Stage


async def status(stage: Stage, who: Account, provider: str = NORTH) -> ProviderStatus:
    shown = await stage.use.show_connections()(stage.admin)
    [theirs] = [one.providers for one in shown if one.consultant == who]
    return next(one for one in theirs if one.name == provider)


async def coming(stage: Stage, who: Account) -> tuple[int, int]:
    found = (await status(stage, who)).upcoming
    return (found.sessions, found.at_risk) if found else (0, 0)


async def test_who_never_connected_has_nothing_but_what_is_to_come(stage: Stage) -> None:
    nothing = await status(stage, stage.ana)
    assert (nothing.connection, nothing.calls_left, nothing.last_success_at, nothing.last_failure) == (None,) * 4
    await stage.connect(stage.bor)
    booking_id = await stage.book(stage.bor)
    await stage.book(stage.bor, stage.details(stage.bor, hours=30, provider=None))
    assert (await coming(stage, stage.ana), await coming(stage, stage.bor)) == ((0, 0), (1, 0))
    assert (await status(stage, stage.bor, SOUTH)).upcoming is None
    await stage.use.disconnect_provider()(stage.bor, stage.bor.id, NORTH, MeetingsOnDisconnect.KEEP)
    assert await coming(stage, stage.bor) == (1, 1)  # its link still works, but no change would reach it
    await stage.use.close_booking().cancel(stage.bor, booking_id, expected_version=None)
    assert await coming(stage, stage.bor) == (0, 0)


async def test_the_last_success_and_what_failed_since(stage: Stage) -> None:
    await stage.connect(stage.ana)
    connected_at = stage.harness.clock.now()
    fresh = await status(stage, stage.ana)
    assert (fresh.last_success_at, fresh.last_failure) == (connected_at, None)
    stage.move(timedelta(minutes=5))
    booking_id = await stage.book(stage.ana)
    booked_at = stage.harness.clock.now()
    assert (await status(stage, stage.ana)).last_success_at == booked_at
    stage.move(timedelta(minutes=5))
    stage.world.strike("change", TryLater(reason=FailureReason.PROVIDER_DOWN, answered="503 tracking 7"))
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=None)
    failed = await status(stage, stage.ana)
    assert failed.last_success_at == booked_at
    assert failed.last_failure is not None
    assert (failed.last_failure.outcome, failed.last_failure.answer) == ("provider_try_later", "503 tracking 7")
    assert await coming(stage, stage.ana) == (1, 1)
    await stage.work(timedelta(minutes=1))
    mended = await status(stage, stage.ana)
    assert (mended.last_success_at, mended.last_failure) == (stage.harness.clock.now(), None)
    assert await coming(stage, stage.ana) == (1, 0)


async def test_an_authorization_that_ended_is_told_until_it_is_given_anew(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(timedelta(hours=2))
    stage.world.strike("refresh", Fault.REVOKED)
    with pytest.raises(NeedsConsultant):
        await stage.whose_access()
    ended = await status(stage, stage.ana)
    assert ended.last_failure is not None
    assert (ended.last_failure.outcome, ended.last_failure.at) == ("authorization_ended", stage.harness.clock.now())
    stage.move(timedelta(minutes=1))
    await stage.connect(stage.ana, user=user)
    again = await status(stage, stage.ana)
    assert (again.last_success_at, again.last_failure) == (stage.harness.clock.now(), None)


async def test_the_names_in_a_history_are_those_of_today(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.admin, stage.details(stage.ana))
    await stage.use.change_preferences()(stage.ana, Preferences(name="Ana N."))
    told = await stage.use.list_bookings().history(stage.admin, booking_id)
    assert told.names == {stage.admin.id: "Zala", stage.ana.id: "Ana N."}
    assert (await stage.use.show_connections().history(stage.ana, stage.ana.id)).names == {stage.ana.id: "Ana N."}
    assert (await stage.use.show_connections().history(stage.admin, stage.bor.id)).names == {}
