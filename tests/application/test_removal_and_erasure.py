"""Removal of the app at the provider, and erasure on request: what Calendra destroys at once, and what it keeps."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.meeting_provider import removal_event
from domain.audit.action import Action
from domain.booking.edits import Edits
from domain.connection.connection import ProviderAccount
from domain.connection.errors import ConnectionNeeded
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.connection.revocation import Ending, Revocation
from domain.errors import NotAllowed, NotFound
from domain.providers import Providers
from domain.webhook_event import Deauthorized
from tests.application.stage import NORTH, SOUTH, Stage

MINUTE = timedelta(minutes=1)


async def _notified(stage: Stage, user: ProviderAccount) -> None:
    headers, body = removal_event(stage.provider(NORTH), stage.world, user.user_id)
    assert await stage.use.receive_webhook_event()(NORTH, headers, body) is None


async def _applied(stage: Stage, event: Deauthorized) -> bool:
    async with stage.use.begin()() as work:
        ended = await stage.use.apply_deauthorization()(work, NORTH, event)
        await work.commit()
    return ended


async def test_a_removal_at_the_provider_destroys_the_connection_and_keeps_links(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    await stage.connect(stage.ana, SOUTH)
    booking_id = await stage.book(stage.ana)
    link = (await stage.view(booking_id)).meeting.join_link
    stage.move(MINUTE)
    stage.world.remove_app(user.user_id)
    await _notified(stage, user)
    await _notified(stage, user)
    assert await stage.connection(stage.ana) is None
    assert (await stage.view(booking_id)).meeting.join_link == link
    with pytest.raises(ConnectionNeeded) as refusal:
        await stage.book(stage.ana, stage.details(stage.ana, hours=30))
    assert refusal.value.data["other_providers"] == [{"name": SOUTH, "label": "South"}]
    await stage.book(stage.ana, stage.details(stage.ana, hours=30, provider=SOUTH))
    told = (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries
    assert [entry.action for entry in told].count(Action.REMOVED_AT_PROVIDER) == 1


async def test_the_event_of_our_own_revoking_confirms_it(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(MINUTE)
    stage.world.strike("revoke", Fault.LOST_CALL)
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)
    await _notified(stage, user)
    told = await stage.use.show_connections().history(stage.ana, stage.ana.id)
    assert [entry.action for entry in told.entries][-2:] == ["disconnect_asked", "disconnected"]


async def test_reconnecting_after_a_removal_works_without_pending_removals(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    stage.world.remove_app(user.user_id)
    await _notified(stage, user)
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)
    await stage.connect(stage.ana, user=user)
    await stage.work()
    assert (await stage.view(booking_id)).meeting.status == "ready"
    assert [kept.details.topic for kept in stage.meetings(user)] == ["New"]


async def test_a_event_older_than_the_connection_is_ignored(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    removed_at = stage.harness.clock.now()
    stage.move(MINUTE)
    await stage.connect(stage.ana, user=user)
    assert not await _applied(stage, Deauthorized(user.user_id, user.account_id, removed_at))
    assert await stage.connection(stage.ana) is not None
    assert await _applied(stage, Deauthorized(user.user_id, user.account_id, removed_at + MINUTE))


async def test_a_event_about_another_account_or_user_is_ignored(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    now = stage.harness.clock.now()
    assert not await _applied(stage, Deauthorized(user.user_id, "another account", now))
    assert not await _applied(stage, Deauthorized("nobody", user.account_id, now))
    assert await stage.connection(stage.ana) is not None


async def test_erasure_destroys_what_is_stored_of_connecting_and_gives_a_receipt(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    bors = await stage.connect(stage.bor)
    await stage.depart(stage.ana)
    await stage.use.invite_to_connect()(stage.admin, uuid4(), stage.ana.id, NORTH)
    booking_id = await stage.book(stage.ana)
    link = (await stage.view(booking_id)).meeting.join_link
    receipt = await stage.use.erase_connection()(stage.admin, " ANA@example.com ", links=False)
    assert receipt.erased == {
        "connections": 1, "authorization_requests": 2, "connect_links": 1, "history_entries": 1, "account_addresses": 0,
        "meeting_links": 0,
    }  # fmt: skip
    assert receipt.revoked == {NORTH: True}
    assert receipt.email_hash == sha256(b"ana@example.com").hexdigest()
    assert "ana@example.com" not in repr(receipt)
    assert await stage.connection(stage.ana) is None
    assert user.user_id not in stage.world.token_sets
    assert (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries == []
    assert (await stage.view(booking_id)).meeting.join_link == link
    assert bors.user_id in stage.world.token_sets
    assert await stage.use.erase_connection().find(stage.admin, receipt.id) == receipt


class _HeardAtOnce:
    """The provider's webhook event arrives before its answer to our call is processed."""

    def __init__(self, stage: Stage, user: ProviderAccount) -> None:
        self._stage = stage
        self._user = user

    async def use(self, *asked: Any, **more: Any) -> None:
        await self._stage.use.access_tokens().use(*asked, **more)
        await _notified(self._stage, self._user)


async def test_a_receipt_counts_what_the_event_of_our_own_revoking_took(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.move(MINUTE)
    told: Any = _HeardAtOnce(stage, user)
    erase = replace(stage.use.erase_connection(), access_tokens=told)
    receipt = await erase(stage.admin, stage.ana.email, links=False)
    assert (receipt.erased["connections"], receipt.revoked) == (1, {NORTH: True})
    assert (await stage.use.show_connections().history(stage.ana, stage.ana.id)).entries == []


async def test_erasure_of_links_leaves_sessions_and_the_links_of_others(stage: Stage) -> None:
    await stage.connect(stage.ana)
    await stage.connect(stage.bor)
    own = await stage.book(stage.ana)
    coming = await stage.book(stage.ana, stage.details(stage.ana, hours=60))
    given = await stage.book(stage.ana, stage.details(stage.ana, hours=30))
    bors = await stage.book(stage.bor, stage.details(stage.bor, hours=40))
    stage.world.strike("remove", Fault.DOWN, times=9)  # Ana's meeting stays for a while
    await stage.use.edit_booking()(stage.admin, given, Edits(consultant_id=stage.bor.id), expected_version=1)
    stage.harness.clock.move_to((await stage.view(own)).ends_at)
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=True)
    past = (await stage.view(own)).meeting
    assert (past.status, past.reason, past.join_link) == ("none", "link_erased", None)
    assert (await stage.view(coming)).meeting.join_link is not None  # clients still need it
    assert (await stage.view(own)).title == "Talk"
    assert (await stage.view(given)).meeting.join_link is not None  # it is a meeting in Bor's account
    assert (await stage.view(bors)).meeting.join_link is not None
    assert receipt.erased["meeting_links"] == 2  # the present one, and that of the pending removal


async def test_links_of_a_provider_that_is_no_longer_set_up_are_erased_too(stage: Stage) -> None:
    await stage.connect(stage.ana)
    own = await stage.book(stage.ana)
    stage.harness.clock.move_to((await stage.view(own)).ends_at)
    erase = replace(stage.use.erase_connection(), providers=Providers([]))
    receipt = await erase(stage.admin, stage.ana.email, links=True)
    assert receipt.erased["meeting_links"] == 1
    assert (await stage.view(own)).meeting.join_link is None
    assert await stage.connection(stage.ana) is None


async def test_erasure_does_not_wait_for_an_ill_provider_and_tells_so(stage: Stage) -> None:
    await stage.connect(stage.ana)
    stage.world.strike("revoke", Fault.DOWN)
    receipt = await stage.use.erase_connection()(None, stage.ana.email, links=True)
    assert (receipt.revoked, receipt.asked_by) == ({NORTH: False}, "operator")
    assert await stage.connection(stage.ana) is None


async def test_erasure_of_somebody_without_anything_is_a_receipt_of_nothing(stage: Stage) -> None:
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=True)
    assert set(receipt.erased.values()) == {0}
    assert receipt.revoked == {}


async def test_people_and_receipts_of_another_practice_do_not_exist_here(stage: Stage) -> None:
    _, their_admin = await stage.harness.found("Elsewhere", "Yuri")
    await stage.connect(stage.ana)
    said = set()
    for email in (stage.ana.email, "nobody@example.com"):
        with pytest.raises(NotFound) as refusal:
            await stage.use.erase_connection()(their_admin, email, links=True)
        said.add(str(refusal.value))
    assert len(said) == 1
    assert await stage.connection(stage.ana) is not None
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=True)
    with pytest.raises(NotFound):
        await stage.use.erase_connection().find(their_admin, receipt.id)
    assert await stage.use.erase_connection().receipts(stage.admin) == [receipt]
    assert await stage.use.erase_connection().receipts(their_admin) == []
    with pytest.raises(NotAllowed):
        await stage.use.erase_connection().receipts(stage.ana)


@pytest.mark.parametrize("operation", ["refresh", "revoke"])
async def test_a_receipt_does_not_call_confirmed_what_was_refused_for_a_missing_permission(
    stage: Stage, operation: str
) -> None:
    user = await stage.connect(stage.ana)
    stage.move(timedelta(hours=2))
    stage.world.strike(operation, Fault.SCOPE_MISSING)
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=False)
    assert receipt.endings == {NORTH: Ending(Revocation.SCOPE_MISSING)}
    assert receipt.revoked == {NORTH: False}
    assert user.user_id in stage.world.token_sets


async def test_erasing_after_a_disconnection_repeats_what_did_not_end_there(stage: Stage) -> None:
    """The receipt repeats it, because the erasure destroys the history, the only record of it."""
    user = await stage.connect(stage.ana)
    await stage.book(stage.ana)
    stage.world.strike("remove", Fault.SCOPE_MISSING)
    stage.world.strike("revoke", Fault.SCOPE_MISSING)
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.REMOVE)
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=False)
    assert receipt.endings == {NORTH: Ending(Revocation.SCOPE_MISSING, meetings_left=1)}
    assert (receipt.erased["connections"], receipt.revoked) == (0, {NORTH: False})
    assert user.user_id in stage.world.token_sets


async def test_the_last_authorization_decides_what_a_receipt_says(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.strike("revoke", Fault.SCOPE_MISSING)
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)
    await stage.connect(stage.ana, user=user)
    stage.move(MINUTE)
    stage.world.remove_app(user.user_id)
    await _notified(stage, user)
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=False)
    assert receipt.endings == {NORTH: Ending(Revocation.CONFIRMED)}


async def test_a_receipt_counts_the_meetings_that_are_left_there(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    stage.world.strike("remove", Fault.DOWN)
    await stage.use.close_booking().cancel(stage.ana, booking_id, expected_version=None)
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=False)
    assert receipt.endings == {NORTH: Ending(Revocation.CONFIRMED, meetings_left=1)}


async def test_a_receipt_of_an_authorization_that_had_ended_says_that_nothing_was_revoked(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    stage.world.remove_app(user.user_id)
    receipt = await stage.use.erase_connection()(stage.admin, stage.ana.email, links=False)
    assert receipt.endings == {NORTH: Ending(Revocation.ENDED_BEFORE)}
