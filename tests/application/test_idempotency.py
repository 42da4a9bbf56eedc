"""A repeated request makes one session, whatever happened in between."""

import asyncio
from datetime import date, timedelta
from uuid import uuid4

import pytest

from adapters.in_memory.provider.fault import Fault
from application.accounts.invite_colleague import Wanted
from domain.accounts.account import Role
from domain.accounts.errors import InvitationInvalid
from domain.audit.action import Action
from domain.booking.edits import Edits
from domain.connection.errors import ConnectionNeeded
from domain.creation import KEPT_FOR
from domain.errors import Invalid, KeyReused, NotFound, ResultGone
from tests.application.stage import NORTH, Stage


async def test_twenty_equal_requests_at_once_make_one_session_and_one_meeting(stage: Stage) -> None:
    user, key = await stage.connect(stage.ana), uuid4()
    booked = await asyncio.gather(*(stage.book(stage.ana, key=key) for _ in range(20)))
    assert len(set(booked)) == len(stage.meetings(user)) == 1
    assert await stage.actions(booked[0]) == ["booked", "create"]


async def test_the_same_key_with_another_content_is_refused_and_changes_nothing(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, key=(key := uuid4()))
    with pytest.raises(KeyReused):
        await stage.book(stage.ana, stage.details(stage.ana, title="Other"), key)
    assert (await stage.view(booking_id)).title == "Talk"


async def test_a_repetition_is_compared_with_what_was_asked_not_with_what_became_of_it(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, key=(key := uuid4()))
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="Other"), expected_version=None)
    assert await stage.book(stage.ana, key=key) == booking_id
    assert (await stage.view(booking_id)).title == "Other"


async def test_a_repetition_succeeds_although_the_consultant_has_to_reconnect_meanwhile(stage: Stage) -> None:
    """A refusal would be wrong: the first request saved the session."""
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, key=(key := uuid4()))
    stage.world.remove_app(user.user_id)
    stage.move(timedelta(hours=2))
    await stage.use.edit_booking()(stage.ana, booking_id, Edits(title="New"), expected_version=1)  # notices the end
    assert await stage.book(stage.ana, key=key) == booking_id
    with pytest.raises(ConnectionNeeded):
        await stage.book(stage.ana, stage.details(stage.ana, hours=30))
    with pytest.raises(KeyReused):
        await stage.book(stage.ana, stage.details(stage.ana, hours=30), key)


async def test_a_repetition_succeeds_although_the_session_has_begun_meanwhile(stage: Stage) -> None:
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, hours=1), key := uuid4())
    stage.move(timedelta(hours=1))
    assert await stage.book(stage.ana, stage.details(stage.ana, hours=1), key) == booking_id
    with pytest.raises(Invalid):
        await stage.book(stage.ana, stage.details(stage.ana, hours=0.5))


async def test_a_lost_answer_of_the_provider_does_not_make_a_second_meeting(stage: Stage) -> None:
    user, key = await stage.connect(stage.ana), uuid4()
    stage.world.strike("create", Fault.LOST_ANSWER)
    booking_id = await stage.book(stage.ana, key=key)
    assert (await stage.view(booking_id)).meeting.status == "waiting"
    await stage.book(stage.ana, key=key)
    await stage.work(timedelta(seconds=5))
    [kept] = stage.meetings(user)
    assert (await stage.view(booking_id)).meeting.join_link == kept.join_link
    assert await stage.actions(booking_id) == ["booked", "create", "find"]


@pytest.mark.parametrize("down", [False, True])
async def test_a_repetition_after_the_session_was_deleted_books_nothing(stage: Stage, *, down: bool) -> None:
    """Whether the row of the session is erased already or still waits for the provider."""
    user, key = await stage.connect(stage.ana), uuid4()
    booking_id = await stage.book(stage.ana, key=key)
    if down:
        stage.world.strike("remove", Fault.DOWN)
    await stage.use.close_booking().delete(stage.ana, booking_id, expected_version=None)
    assert await stage.stored() == down
    for _ in range(2):
        with pytest.raises(ResultGone):
            await stage.book(stage.ana, key=key)
    with pytest.raises(KeyReused if down else ResultGone):
        await stage.book(stage.ana, stage.details(stage.ana, hours=30), key)
    await stage.work(timedelta(minutes=1))
    with pytest.raises(ResultGone):
        await stage.book(stage.ana, key=key)
    assert (stage.meetings(user), await stage.stored()) == ((), 0)
    told = [entry.action for entry in stage.harness.database.state.audit_log[(stage.organization.id, booking_id)]]
    assert told.count(Action.CREATE) == 1, "a marker is used once"


async def test_a_repetition_after_the_end_of_the_connection_and_of_the_session_books_nothing(stage: Stage) -> None:
    """The precondition fails first; the key decides all the same."""
    await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana, key=(key := uuid4()))
    await stage.use.close_booking().delete(stage.ana, booking_id, expected_version=None)
    await stage.use.erase_connection()(stage.admin, stage.ana.email, links=True)
    with pytest.raises(ResultGone):
        await stage.book(stage.ana, key=key)


async def test_a_key_may_be_used_again_after_its_lifetime_and_makes_another_session(stage: Stage) -> None:
    """With an id and markers of its own, although the first session was erased."""
    user, key = await stage.connect(stage.ana), uuid4()
    first = await stage.book(stage.ana, key=key)
    [kept] = stage.meetings(user)
    await stage.use.close_booking().delete(stage.ana, first, expected_version=None)
    later = stage.details(stage.ana, hours=24 * (KEPT_FOR.days + 2))
    stage.move(KEPT_FOR)
    await stage.use.clean_up()()
    with pytest.raises(ResultGone):
        await stage.book(stage.ana, later, key)
    stage.move(timedelta(seconds=1))
    await stage.use.clean_up()()
    second = await stage.book(stage.ana, later, key)
    assert second != first
    [other] = stage.meetings(user)
    assert other.marker != kept.marker
    assert await stage.actions(second) == ["booked", "create"]


async def test_a_key_of_one_kind_of_object_serves_no_other(stage: Stage) -> None:
    await stage.connect(stage.ana)
    await stage.book(stage.ana, key=(key := uuid4()))
    with pytest.raises(KeyReused):
        await stage.use.manage_clients().add(stage.ana, key, "Eva", "eva@example.com")
    assert await stage.use.manage_clients().find(stage.ana, "Eva") == []


async def test_a_repeated_request_adds_a_client_once(stage: Stage) -> None:
    know, key = stage.use.manage_clients(), uuid4()
    added = await asyncio.gather(*(know.add(stage.ana, key, "Eva", "eva@example.com") for _ in range(5)))
    assert len(set(added)) == 1
    assert [one.name for one in await know.find(stage.ana, "Eva")] == ["Eva"]
    with pytest.raises(KeyReused):
        await know.add(stage.ana, key, "Ela", "eva@example.com")


@pytest.mark.parametrize("how", ["erased", "merged"])
async def test_a_client_who_is_gone_is_not_added_again(stage: Stage, how: str) -> None:
    """And nothing of the client is left in the record of the key."""
    know, key = stage.use.manage_clients(), uuid4()
    eva = await know.add(stage.ana, key, "Eva", "eva@example.com")
    if how == "erased":
        await stage.use.erase_client()(stage.admin, eva.id, end_coming=False, texts=False)
    else:
        await stage.use.merge_clients()(stage.admin, stage.client.id, eva.id)
    for name in ("Eva", "Ela"):
        with pytest.raises(ResultGone):
            await know.add(stage.ana, key, name, "eva@example.com")
    assert await know.find(stage.ana, "Eva") == []
    assert stage.harness.database.state.creations[(stage.organization.id, key)].content is None


async def test_a_note_that_was_removed_is_not_added_again(stage: Stage) -> None:
    notes, key = stage.use.keep_contact_notes(), uuid4()
    first = await notes.add(stage.ana, stage.client.id, key, date(2027, 2, 1), "Called.")
    stage.move(timedelta(minutes=1))
    assert await notes.add(stage.ana, stage.client.id, key, date(2027, 2, 1), "Called.") == first
    await notes.remove(stage.ana, stage.client.id, first.id)
    with pytest.raises(ResultGone):
        await notes.add(stage.ana, stage.client.id, key, date(2027, 2, 1), "Called.")
    assert (await notes.of(stage.ana, stage.client.id)).notes == []


async def test_erasing_a_client_erases_the_contents_of_requests_about_them(stage: Stage) -> None:
    notes, booked, noted = stage.use.keep_contact_notes(), uuid4(), uuid4()
    past = stage.details(stage.ana, hours=1, provider=None, notes="about Cene")
    await stage.book(stage.ana, past, booked)
    await notes.add(stage.ana, stage.client.id, noted, date(2027, 2, 1), "Called Cene.")
    stage.move(timedelta(hours=3))
    await stage.use.erase_client()(stage.admin, stage.client.id, end_coming=False, texts=True)
    creations = stage.harness.database.state.creations
    assert [creations[(stage.organization.id, key)].content for key in (booked, noted)] == [None, None]


async def test_a_connect_link_that_is_gone_is_not_made_again(stage: Stage) -> None:
    invite, key = stage.use.invite_to_connect(), uuid4()
    await invite(stage.admin, key, stage.ana.id, NORTH)
    await stage.use.erase_connection()(stage.admin, stage.ana.email, links=False)
    with pytest.raises(ResultGone):
        await invite(stage.admin, key, stage.ana.id, NORTH)
    assert stage.harness.database.state.connect_links == {}


async def test_a_repeated_invitation_is_the_same_until_it_is_renewed_or_gone(stage: Stage) -> None:
    invite, key = stage.use.invite_colleague(), uuid4()
    wanted = Wanted("Eva", "eva@example.com", frozenset({Role.CONSULTANT, Role.ADMIN}))
    first = await invite(stage.admin, key, wanted)
    stage.move(timedelta(hours=1))
    again = await invite(stage.admin, key, wanted)
    assert (again.secret, again.invitation) == (first.secret, first.invitation)
    with pytest.raises(NotFound):
        await invite.renew(stage.admin, key)
    await invite.renew(stage.admin, first.invitation.id)
    with pytest.raises(InvitationInvalid):
        await invite(stage.admin, key, wanted)
    await invite.revoke(stage.admin, first.invitation.id)
    await invite(stage.admin, uuid4(), wanted)  # in the place of the one that ended
    with pytest.raises(ResultGone):
        await invite(stage.admin, key, wanted)
