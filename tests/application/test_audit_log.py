"""The history of a session says who did what for whom, and why its meeting was kept, changed or moved."""

from datetime import timedelta

import pytest

from domain.booking.edits import Edits
from domain.failure_reason import FailureReason
from domain.provider_errors import TryLater
from tests.application.stage import CONFIRMED, NORTH, SOUTH, Stage

FIRST_PAUSE = timedelta(seconds=5)


async def test_a_booking_by_an_admin_says_on_whose_behalf(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.admin, stage.details(stage.ana))
    booked, created = await stage.history(booking_id)
    assert (booked.action, booked.actor_id, booked.on_behalf_of) == ("booked", stage.admin.id, stage.ana.id)
    assert (created.action, created.reason, created.outcome, created.host_id) == ("create", "new", "done", stage.ana.id)
    assert created.actor_id is None
    assert [kept.details.topic for kept in stage.meetings(user)] == ["Talk"]


@pytest.mark.parametrize(
    ("edits", "verdict", "calls"),
    [
        (Edits(notes="New"), "kept", []),
        (Edits(title="New"), "changed", [("change", "edited")]),
        (Edits(online=False), "removed", [("remove", "switched_offline")]),
        (Edits(provider=SOUTH), "moved", [("remove", "switched_provider"), ("create", "switched_provider")]),
    ],
)
async def test_an_edit_tells_what_it_meant_for_the_meeting(
    stage: Stage, edits: Edits, verdict: str, calls: list[tuple[str, str]]
) -> None:
    await stage.connect(stage.ana)
    await stage.connect(stage.ana, SOUTH)
    booking_id = await stage.book(stage.ana)
    await stage.use.edit_booking()(stage.ana, booking_id, edits, expected_version=1)
    [edited, *made] = (await stage.history(booking_id))[2:]
    assert (edited.action, edited.facts.verdict, edited.facts.changed) == ("edited", verdict, edits.named)
    assert [(entry.action, entry.reason) for entry in made] == calls


async def test_reassigning_moves_the_meeting_to_the_new_hosts_account(stage: Stage) -> None:
    anas, bors = await stage.connect(stage.ana), await stage.connect(stage.bor)
    booking_id = await stage.book(stage.admin, stage.details(stage.ana))
    await stage.use.edit_booking()(stage.admin, booking_id, Edits(consultant_id=stage.bor.id), expected_version=1)
    assert stage.meetings(anas) == ()
    [kept] = stage.meetings(bors)
    assert (await stage.view(booking_id)).meeting.join_link == kept.join_link
    moved = [(entry.action, entry.host_id, entry.reason) for entry in (await stage.history(booking_id))[3:]]
    assert moved == [("remove", stage.ana.id, "moved_host"), ("create", stage.bor.id, "moved_host")]


async def test_an_edit_that_changes_nothing_leaves_no_trace(stage: Stage) -> None:
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, provider=None))
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="Talk"), expected_version=1)
    assert await stage.actions(booking_id) == ["booked"]
    assert (await stage.view(booking_id)).version == 1


async def test_a_vanished_meeting_is_made_anew_and_the_history_says_so(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    old = (await stage.view(booking_id)).meeting.join_link
    stage.world.meetings.clear()
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)
    verifying = (await stage.view(booking_id)).meeting
    assert (verifying.status, verifying.reason, verifying.join_link) == ("wanted", "verifying", old)
    await stage.work(CONFIRMED)
    view = await stage.view(booking_id)
    assert view.meeting.join_link not in (None, old)
    assert [kept.join_link for kept in stage.meetings(user)] == [view.meeting.join_link]
    told = [(one.action, one.reason, one.outcome, one.facts.found) for one in (await stage.history(booking_id))[-4:]]
    assert told == [
        ("change", "edited", "provider_meeting_gone", None),
        ("verify", "missing", "provider_meeting_gone", None),
        ("find", "missing", "found", 0),
        ("create", "vanished", "done", None),
    ]


async def test_failed_calls_are_told_with_the_providers_redacted_answer(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.world.strike("create", TryLater(reason=FailureReason.PROVIDER_DOWN, answered="503 tracking 7"))
    booking_id = await stage.book(stage.ana)
    view = await stage.view(booking_id)
    assert (view.meeting.status, view.meeting.reason) == ("waiting", "provider_down")
    assert view.meeting.until is not None
    assert FIRST_PAUSE / 2 < view.meeting.until - stage.harness.clock.now() <= FIRST_PAUSE
    failed = (await stage.history(booking_id))[-1]
    assert (failed.outcome, failed.answer) == ("provider_try_later", "503 tracking 7")
    await stage.work(FIRST_PAUSE)
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert await stage.actions(booking_id) == ["booked", "create", "create"]


async def test_closing_is_told_and_a_deleted_session_is_destroyed_when_nothing_is_held_of_it(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    first, second = await stage.book(stage.ana), await stage.book(stage.ana, stage.details(stage.ana, hours=30))
    await stage.use.close_booking().cancel(stage.ana, first, expected_version=1)
    await stage.use.close_booking().cancel(stage.ana, first, expected_version=1)  # idempotent
    assert (await stage.actions(first))[2:] == ["cancelled", "remove"]
    await stage.use.close_booking().delete(stage.ana, second, expected_version=1)
    assert stage.meetings(user) == ()
    async with stage.use.begin()() as work:
        assert await work.bookings.to_change(stage.organization.id, second) is None
        kept = await work.bookings.to_change(stage.organization.id, first)
    assert kept is not None
    assert kept.meeting.join_link is None


async def test_no_link_token_or_note_is_in_a_history(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, notes="very private"))
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(notes="also private"), expected_version=1)
    link = (await stage.view(booking_id)).meeting.join_link
    told = repr(await stage.history(booking_id)) + repr(
        await stage.use.show_connections().history(stage.ana, stage.ana.id)
    )
    secrets = [link, "private", *(token_set.access_token for token_set in stage.world.token_sets.values())]
    assert not any(str(secret) in told for secret in secrets)
    assert NORTH in told
