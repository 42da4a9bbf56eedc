"""The rights of people, and the refusals before Calendra stores anything."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from application.booking.save_draft import MOST_DRAFTS
from application.connection.connect_provider import UnfinishedForm
from domain.accounts.account import Account, Role
from domain.audit.facts import Facts
from domain.booking.edits import Edits
from domain.booking.errors import SlotTaken
from domain.booking.verdict import Verdict
from domain.connection.errors import ConnectionNeed, ConnectionNeeded
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.errors import Invalid, NotAllowed, NotFound
from domain.rule import Rule
from tests.application.stage import HOUR, NORTH, SOUTH, Stage
from tests.breaking import breaks


async def test_a_consultant_books_only_for_themselves(stage: Stage) -> None:
    with pytest.raises(Invalid) as refusal:
        await stage.book(stage.ana, stage.details(stage.bor, provider=None))
    assert refusal.value.field == "consultant_id"


async def test_an_admin_who_holds_no_sessions_cannot_be_assigned_one(stage: Stage) -> None:
    with breaks(Rule.UNKNOWN_CONSULTANT):
        await stage.book(stage.admin, stage.details(stage.admin, provider=None))


async def test_people_and_clients_of_another_practice_do_not_exist_here(stage: Stage) -> None:
    elsewhere, their_admin = await stage.harness.found("Elsewhere", "Yuri")
    stranger = await stage.harness.add_people("Sana", Role.CONSULTANT, organization=elsewhere)
    with pytest.raises(Invalid) as refusal:
        await stage.book(stage.admin, stage.details(stranger, provider=None))
    assert refusal.value.field == "consultant_id"
    with pytest.raises(Invalid) as refusal:
        await stage.book(stranger, stage.details(stranger, provider=None))  # with a client of this practice
    assert refusal.value.field == "client_ids"
    with pytest.raises(NotFound):
        await stage.use.invite_to_connect()(their_admin, uuid4(), stage.ana.id, NORTH)


async def test_an_unconnected_consultant_is_told_before_anything_is_stored(stage: Stage) -> None:
    await stage.connect(stage.bor)
    await stage.connect(stage.ana, SOUTH)
    with pytest.raises(ConnectionNeeded) as refusal:
        await stage.book(stage.admin, stage.details(stage.ana))
    assert refusal.value.data["consultant_id"] == str(stage.ana.id)
    assert refusal.value.data["need"] is ConnectionNeed.NOT_CONNECTED
    assert refusal.value.data["connected"] == [{"id": str(stage.bor.id), "name": "Bor"}]
    assert refusal.value.data["other_providers"] == [{"name": SOUTH, "label": "South"}]
    assert await stage.stored() == 0


async def test_a_connected_admin_does_not_stand_in_for_the_consultant(stage: Stage) -> None:
    both = await stage.harness.add_people("Dora", Role.ADMIN, Role.CONSULTANT, organization=stage.organization)
    await stage.connect(both)
    with pytest.raises(ConnectionNeeded):
        await stage.book(both, stage.details(stage.ana))


async def test_an_unknown_provider_is_a_wrong_value(stage: Stage) -> None:
    with pytest.raises(Invalid) as refusal:
        await stage.book(stage.ana, stage.details(stage.ana, provider="west"))
    assert refusal.value.field == "provider"
    assert "north, south" in refusal.value.next


async def test_a_taken_slot_names_its_neighbour_and_touching_is_fine(stage: Stage) -> None:
    await stage.book(stage.ana, stage.details(stage.ana, provider=None))
    with pytest.raises(SlotTaken) as refusal:
        await stage.book(stage.ana, stage.details(stage.ana, hours=24.5, provider=None))
    assert refusal.value.data["starts_at"] == "2027-03-02T12:00:00Z"
    await stage.book(stage.ana, stage.details(stage.ana, hours=25, provider=None))
    await stage.book(stage.admin, stage.details(stage.bor, provider=None))


Act = Callable[[Stage, Account, UUID], Awaitable[object]]
X = Edits(title="x")

ACTS: dict[str, Act] = {
    "look at": lambda stage, who, which: stage.use.list_bookings().one(who, which),
    "history": lambda stage, who, which: stage.use.list_bookings().history(who, which),
    "edit": lambda stage, who, which: stage.use.edit_booking()(who, which, X, expected_version=None),
    "edit an old version": lambda stage, who, which: stage.use.edit_booking()(who, which, X, expected_version=7),
    "cancel": lambda stage, who, which: stage.use.close_booking().cancel(who, which, expected_version=None),
    "restore": lambda stage, who, which: stage.use.restore_booking()(who, which, expected_version=None),
    "delete": lambda stage, who, which: stage.use.close_booking().delete(who, which, expected_version=None),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
async def test_somebody_elses_session_is_as_unknown_as_none_at_all(stage: Stage, act: Act) -> None:
    elsewhere, their_admin = await stage.harness.found("Elsewhere", "Yuri")
    stranger = await stage.harness.add_people("Sana", Role.CONSULTANT, organization=elsewhere)
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, provider=None))
    said = set()
    for who, which in [
        (stage.bor, booking_id),
        (stranger, booking_id),
        (their_admin, booking_id),
        (stage.ana, uuid4()),
    ]:
        with pytest.raises(NotFound) as refusal:
            await act(stage, who, which)
        said.add((str(refusal.value), refusal.value.next))
    assert len(said) == 1
    assert (await stage.view(booking_id)).version == 1


async def test_a_consultant_cannot_give_a_session_away_but_an_admin_can(stage: Stage) -> None:
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, provider=None))
    given = Edits(consultant_id=stage.bor.id)
    with pytest.raises(Invalid) as refusal:
        await stage.use.edit_booking()(stage.ana, booking_id, given, expected_version=None)
    assert refusal.value.field == "consultant_id"
    await stage.use.edit_booking()(stage.admin, booking_id, given, expected_version=None)
    assert (await stage.view(booking_id)).consultant == "Bor"


async def test_only_an_edit_that_needs_a_fresh_link_needs_a_connection(stage: Stage) -> None:
    user = await stage.connect(stage.ana)
    booking_id = await stage.book(stage.ana)
    link = (await stage.view(booking_id)).meeting.join_link
    stage.world.remove_app(user.user_id)
    edit = stage.use.edit_booking()
    await edit(
        stage.ana, booking_id, Edits(starts_at=stage.details(stage.ana, hours=23.5).slot.starts_at), expected_version=1
    )
    await edit(stage.ana, booking_id, Edits(notes="New"), expected_version=2)
    view = await stage.view(booking_id)
    assert (view.meeting.status, view.meeting.reason, view.meeting.waits_for) == (
        "waiting",
        "consent_gone",
        stage.ana.id,
    )
    assert view.meeting.join_link == link  # the provider still holds the meeting, at the old time
    with pytest.raises(ConnectionNeeded):
        await edit(stage.ana, booking_id, Edits(provider=SOUTH), expected_version=3)
    with pytest.raises(ConnectionNeeded):
        await edit(stage.admin, booking_id, Edits(consultant_id=stage.bor.id), expected_version=3)
    assert (await stage.view(booking_id)).version == 3


async def test_an_online_session_is_restored_only_for_a_connected_consultant(stage: Stage) -> None:
    await stage.connect(stage.ana)
    online = await stage.book(stage.ana)
    offline = await stage.book(stage.ana, stage.details(stage.ana, hours=30, provider=None))
    begun = await stage.book(stage.ana, stage.details(stage.ana, hours=1))
    for booking_id in (online, offline, begun):
        await stage.use.close_booking().cancel(stage.ana, booking_id, expected_version=None)
    await stage.use.disconnect_provider()(stage.ana, stage.ana.id, NORTH, MeetingsOnDisconnect.KEEP)
    stage.move(2 * HOUR)
    restore = stage.use.restore_booking()
    with pytest.raises(ConnectionNeeded):
        await restore(stage.ana, online, expected_version=2)
    assert (await stage.view(online)).status == "cancelled"
    await restore(stage.ana, offline, expected_version=2)
    await restore(stage.ana, begun, expected_version=2)  # needs no connection: no meeting is made after the start
    assert [(await stage.view(one)).status for one in (offline, begun)] == ["planned", "planned"]
    assert (await stage.view(begun)).meeting.status == "failed"
    assert (await stage.history(begun))[-1].facts == Facts(verdict=Verdict.NONE)
    await stage.connect(stage.ana)
    await restore(stage.ana, online, expected_version=2)
    await restore(stage.ana, online, expected_version=2)  # idempotent
    assert (await stage.view(online)).meeting.status == "ready"
    assert (await stage.actions(online))[-2:] == ["restored", "create"]


async def test_a_session_of_somebody_who_is_no_consultant_any_more_is_not_restored(stage: Stage) -> None:
    booking_id = await stage.book(stage.ana, stage.details(stage.ana, provider=None))
    await stage.use.close_booking().cancel(stage.ana, booking_id, expected_version=None)
    former = replace(stage.ana, roles=frozenset({Role.ADMIN}))
    async with stage.use.begin()() as work:
        await work.people.save_roles(former)
        await work.commit()
    with pytest.raises(Invalid) as refusal:
        await stage.use.restore_booking()(former, booking_id, expected_version=None)
    assert refusal.value.field == "consultant_id"


async def test_colleagues_do_not_see_each_others_connections_nor_end_them(stage: Stage) -> None:
    await stage.connect(stage.ana)
    shown = await stage.use.show_connections()(stage.bor)
    assert [one.consultant.name for one in shown] == ["Bor"]
    everybody = await stage.use.show_connections()(stage.admin)
    assert [one.consultant.name for one in everybody] == ["Ana", "Bor"]
    with pytest.raises(NotFound):
        await stage.use.show_connections().history(stage.bor, stage.ana.id)
    with pytest.raises(NotFound):
        await stage.use.disconnect_provider().preview(stage.bor, stage.ana.id, NORTH)


async def test_admins_things_are_for_admins(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        await stage.use.invite_to_connect()(stage.ana, uuid4(), stage.ana.id, NORTH)
    with pytest.raises(NotAllowed):
        await stage.use.erase_connection()(stage.ana, stage.bor.email, links=False)


async def test_drafts_are_seen_by_their_owner_only(stage: Stage) -> None:
    draft_id = uuid4()
    await stage.use.save_draft()(stage.ana, draft_id, "{}", None)
    assert (await stage.use.save_draft().find(stage.ana, draft_id)).form == "{}"
    for who in (stage.bor, stage.admin):
        with pytest.raises(NotFound):
            await stage.use.save_draft().find(who, draft_id)
        assert await stage.use.save_draft().all_of(who) == []


async def test_connecting_again_and_again_does_not_pile_up_drafts(stage: Stage) -> None:
    for number in range(MOST_DRAFTS + 5):
        stage.move(HOUR / 3600)
        last = await stage.depart(stage.ana, form=UnfinishedForm(f"{number}"))
    kept = await stage.use.save_draft().all_of(stage.ana)
    assert len(kept) == MOST_DRAFTS
    assert kept[0].id == last.draft_id
