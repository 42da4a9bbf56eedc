"""What every storage of bookings promises."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.booking.booking import Booking
from domain.booking.errors import SlotTaken
from domain.creation import Creation
from domain.errors import NotFound
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.meeting.meeting import HeldMeeting
from domain.provider_errors import Gone, NeedsConsultant, Refused, TryLater
from tests.contract.storage.practice import (
    HOUR,
    NOW,
    PROVIDER,
    Practice,
    Storage,
    edited,
    new_practice,
    read,
    saved,
    stored,
)
from tests.contract.storage.reconciling import begun, online, reconciled
from tests.creations import creation_of


async def test_a_booking_comes_back_as_it_was(storage: Storage, practice: Practice) -> None:
    clients = (practice.clients[2], practice.clients[0], practice.clients[1])
    booking = practice.booking(practice.details(clients=clients, title="Čaj % _ 'x'", notes="one\ntwo\t3"))
    await stored(storage, booking)
    assert await read(storage, booking) == booking


async def test_an_unknown_booking_is_none(storage: Storage, practice: Practice) -> None:
    assert await read(storage, practice.booking()) is None


async def test_a_booking_of_another_practice_is_not_found(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    await stored(storage, booking)
    assert await read(storage, replace(booking, organization_id=(await new_practice(storage)).id)) is None


@pytest.mark.parametrize(
    "answer",
    [
        TryLater(reason=FailureReason.PROVIDER_DOWN),
        TryLater(reason=FailureReason.PROVIDER_DOWN, unheard=True),
        NeedsConsultant(reason=FailureReason.SCOPE_MISSING, scopes=("a", "b")),
        Refused(words="odd words \x00 \ud800"),
    ],
)
async def test_every_state_of_a_reconciliation_comes_back(
    storage: Storage, practice: Practice, answer: TryLater | NeedsConsultant | Refused
) -> None:
    booking = practice.booking(practice.details(provider=PROVIDER))
    await stored(storage, booking)
    failing = reconciled(booking, answer)
    await saved(storage, failing)
    found = await read(storage, failing)
    assert found is not None
    assert _plain(found) == _plain(failing)


def _plain(booking: Booking) -> Booking:
    """The storage may replace characters that it cannot keep."""
    sync_failure = booking.reconciliation.sync_failure
    if sync_failure is None or "odd words" not in sync_failure.detail:
        return booking
    return replace(
        booking, reconciliation=replace(booking.reconciliation, sync_failure=replace(sync_failure, detail="odd words"))
    )


async def test_pending_removals_and_their_failures_come_back(storage: Storage, practice: Practice) -> None:
    booking = online(practice.booking(practice.details(provider=PROVIDER)))
    await stored(storage, booking)
    moved = edited(booking, practice.details(consultant=practice.bor, provider=PROVIDER))
    stuck = reconciled(moved, NeedsConsultant(reason=FailureReason.CONSENT_GONE))
    await saved(storage, stuck)
    assert await read(storage, stuck) == stuck
    assert stuck.reconciliation.pending_removals[0].sync_failure is not None


async def test_a_lease_and_a_meeting_under_way_come_back(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(provider=PROVIDER))
    await stored(storage, booking)
    started, _ = begun(booking)
    await saved(storage, started)
    assert await read(storage, started) == started


async def test_a_change_under_way_comes_back(storage: Storage, practice: Practice) -> None:
    """Whoever takes over has to know that the provider may hold either the old details or the new ones."""
    ready = online(practice.booking(practice.details(provider=PROVIDER)))
    await stored(storage, ready)
    changing, _ = begun(edited(ready, replace(ready.details, title="Another title")))
    assert changing.reconciliation.meeting is not None
    assert changing.reconciliation.meeting.changing
    await saved(storage, changing)
    assert await read(storage, changing) == changing


async def test_a_meeting_that_is_being_verified_comes_back(storage: Storage, practice: Practice) -> None:
    """Whoever takes over has to know that the provider denied it once already, and when it may be asked again."""
    ready = online(practice.booking(practice.details(provider=PROVIDER)))
    await stored(storage, ready)
    denied = reconciled(edited(ready, replace(ready.details, title="Another title")), Gone(words="404"))
    assert denied.reconciliation.meeting is not None
    assert denied.reconciliation.meeting.absence is not None
    await saved(storage, denied)
    assert await read(storage, denied) == denied


async def test_in_whose_account_a_meeting_lies_comes_back(storage: Storage, practice: Practice) -> None:
    """Whoever connects another account must not be asked about it, now or after a restart."""
    booking = practice.booking(practice.details(provider=PROVIDER))
    await stored(storage, booking)
    started, step = begun(booking)
    bound, _ = started.in_account(step, "first")
    await saved(storage, bound)
    assert await read(storage, bound) == bound
    host = Host(practice.id, practice.ana.id, PROVIDER)
    left = online(replace(booking, lease=None)).left(host, "", "", now=NOW)
    mine = replace(
        left.reconciliation, meeting=left.reconciliation.meeting and left.reconciliation.meeting.reached_as("first")
    )
    named = replace(left, reconciliation=mine).left(host, "first", "ana@provider.example", now=NOW)
    elsewhere = named.resumed(host, "second", now=NOW)
    await saved(storage, elsewhere)
    assert await read(storage, elsewhere) == elsewhere
    view = await storage.views.one(practice.id, booking.id)
    assert view is not None
    assert (view.meeting.reason, view.meeting.detail) == ("other_account", "ana@provider.example")
    stuck = reconciled(elsewhere.cancel(expected_version=None), NeedsConsultant(reason=FailureReason.OTHER_ACCOUNT))
    await saved(storage, stuck)
    view = await storage.views.one(practice.id, booking.id)
    assert view is not None
    assert [(one.account, one.number) for one in view.meeting.stuck_meetings] == [("ana@provider.example", "m-1")]


async def test_a_link_that_changed_by_itself_comes_back(storage: Storage, practice: Practice) -> None:
    ready = online(practice.booking(practice.details(provider=PROVIDER)))
    await stored(storage, ready)
    withdrawn, removal = begun(ready.withdrawn())
    assert withdrawn.lease is not None
    waiting, creation = withdrawn.record(removal, None, NOW).begin(withdrawn.lease, NOW)
    assert creation is not None
    await saved(storage, waiting)
    assert await read(storage, waiting) == waiting
    changed = waiting.record(creation, HeldMeeting("m-2", "https://meet.example.com/m-2"), NOW)
    await saved(storage, changed)
    assert await read(storage, changed) == changed
    view = await storage.views.one(practice.id, changed.id)
    assert view is not None
    assert (view.meeting.link_changed_at, view.meeting.link_change_reason) == (NOW, "disconnected")


async def _added(storage: Storage, booking: Booking, creation: Creation) -> Creation | None:
    async with storage.begin() as work:
        earlier = await work.bookings.add(booking, creation, now=NOW)
        await work.commit()
        return earlier


async def test_one_key_stores_one_booking(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    """Although the slot of the first one is taken, by itself; and the key is its practice's own."""
    booking, key = practice.booking(), uuid4()
    creation = creation_of(booking, key, at=NOW)
    assert await _added(storage, booking, creation) is None
    for details in (booking.details, practice.details(hours=200)):
        other = practice.booking(details)
        assert await _added(storage, other, creation_of(other, key)) == creation
        assert await read(storage, other) is None
    assert await _added(storage, there := other_practice.booking(), creation_of(there, key)) is None


async def test_a_refused_booking_leaves_its_key_unused(storage: Storage, practice: Practice) -> None:
    await stored(storage, practice.booking())
    late, free, key = practice.booking(), practice.booking(practice.details(hours=200)), uuid4()
    with pytest.raises(SlotTaken):
        await _added(storage, late, creation_of(late, key))
    assert await _added(storage, free, creation_of(free, key)) is None


async def test_a_key_outlives_its_booking_without_the_content(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    creation = creation_of(booking, at=NOW)
    await _added(storage, booking, creation)
    await saved(storage, booking.delete(expected_version=None))
    assert await read(storage, booking) is None
    again = practice.booking()
    assert await _added(storage, again, replace(creation, object_id=again.id)) == replace(creation, content=None)
    assert await read(storage, again) is None


async def test_of_many_equal_requests_at_once_one_is_stored(storage: Storage, practice: Practice) -> None:
    """Each process chooses an id of its own, and each sees the slot free when it begins."""
    key, bookings = uuid4(), [practice.booking() for _ in range(8)]
    creations = [creation_of(one, key, at=NOW) for one in bookings]
    results = await asyncio.gather(*(_added(storage, *pair) for pair in zip(bookings, creations, strict=True)))
    [first] = [creation for creation, earlier in zip(creations, results, strict=True) if earlier is None]
    assert [one for one in results if one] == [first] * 7
    assert [one.id for one in bookings if await read(storage, one)] == [first.object_id]


async def test_overlapping_sessions_of_one_consultant_are_refused(storage: Storage, practice: Practice) -> None:
    await stored(storage, practice.booking(practice.details(hours=24)))
    with pytest.raises(SlotTaken) as refusal:
        await stored(storage, practice.booking(practice.details(hours=24.5)))
    assert refusal.value.data == {
        "consultant": "Ana",
        "starts_at": "2027-03-02T08:00:00Z",
        "ends_at": "2027-03-02T09:00:00Z",
    }


async def test_of_many_requests_for_one_slot_one_wins(storage: Storage, practice: Practice) -> None:
    bookings = [practice.booking(practice.details(hours=24 + number / 100)) for number in range(8)]
    results = await asyncio.gather(*(stored(storage, one) for one in bookings), return_exceptions=True)
    assert [type(result) for result in results].count(type(None)) == 1
    assert [type(result) for result in results].count(SlotTaken) == 7


async def test_neighbours_other_consultants_and_other_practices_do_not_collide(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    await stored(storage, practice.booking(practice.details(hours=24)))
    await stored(storage, practice.booking(practice.details(hours=25)), practice.booking(practice.details(hours=23)))
    await stored(storage, practice.booking(practice.details(consultant=practice.bor)))
    await stored(storage, other_practice.booking())


async def test_a_cancelled_or_deleted_session_frees_its_slot(storage: Storage, practice: Practice) -> None:
    cancelled, deleted = practice.booking(), practice.booking(practice.details(hours=30, provider=PROVIDER))
    await stored(storage, cancelled, deleted)
    await saved(storage, cancelled.cancel(expected_version=1))
    await saved(storage, online(deleted).delete(expected_version=1))
    await stored(storage, practice.booking(), practice.booking(practice.details(hours=30)))


async def test_a_cancelled_session_comes_back_only_into_a_free_slot(storage: Storage, practice: Practice) -> None:
    back, late = practice.booking(), practice.booking(practice.details(hours=30))
    await stored(storage, back, late)
    back, late = back.cancel(expected_version=1), late.cancel(expected_version=1)
    await saved(storage, back)
    await saved(storage, late)
    await stored(storage, practice.booking(practice.details(hours=30.5)))
    await saved(storage, back.restore(expected_version=2))
    with pytest.raises(SlotTaken) as refusal:
        await saved(storage, late.restore(expected_version=2))
    assert refusal.value.data["starts_at"] == "2027-03-02T14:30:00Z"
    assert await read(storage, back) == back.restore(expected_version=2)
    assert await read(storage, late) == late


async def test_saving_into_a_taken_slot_is_refused(storage: Storage, practice: Practice) -> None:
    first, second = practice.booking(), practice.booking(practice.details(hours=30))
    await stored(storage, first, second)
    with pytest.raises(SlotTaken) as refusal:
        await saved(storage, edited(second, practice.details(hours=24.5)))
    assert refusal.value.data["starts_at"] == "2027-03-02T08:00:00Z"
    assert await read(storage, second) == second


async def test_a_session_may_move_into_a_part_of_its_own_slot(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    await stored(storage, booking)
    moved = edited(booking, practice.details(hours=24.5))
    await saved(storage, moved)
    assert await read(storage, moved) == moved


async def test_clients_change_with_the_booking(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(clients=practice.clients[:3]))
    await stored(storage, booking)
    for clients in (practice.clients[2:], tuple(reversed(practice.clients)), practice.clients[1:2]):
        booking = edited(booking, practice.details(clients=clients))
        await saved(storage, booking)
        assert await read(storage, booking) == booking


async def test_unknown_people_are_refused(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    with pytest.raises(NotFound, match="client"):
        await stored(storage, practice.booking(practice.details(clients=other_practice.clients[:1])))
    with pytest.raises(NotFound, match="consultant"):
        await stored(storage, practice.booking(practice.details(consultant=other_practice.ana)))


async def test_who_waits_for_a_booking_sees_it_as_it_is_then(storage: Storage, practice: Practice) -> None:
    booking = practice.booking(practice.details(clients=practice.clients[:2]))
    await stored(storage, booking)
    changed = edited(booking, practice.details(clients=practice.clients[1:], title="Other"))
    async with storage.begin() as work:
        await work.bookings.to_change(practice.id, booking.id)
        waiting = asyncio.create_task(read(storage, booking))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await work.bookings.save(changed, now=NOW)
        await work.commit()
    assert await waiting == changed


async def test_a_finished_booking_is_erased(storage: Storage, practice: Practice) -> None:
    booking = practice.booking()
    await stored(storage, booking)
    await saved(storage, booking.delete(expected_version=1))
    assert await read(storage, booking) is None


async def test_saving_what_is_not_stored_is_refused(storage: Storage, practice: Practice) -> None:
    with pytest.raises(NotFound):
        await saved(storage, practice.booking())


async def test_what_concerns_a_host(storage: Storage, practice: Practice) -> None:
    wanting = practice.booking(practice.details(hours=24, provider=PROVIDER))
    elsewhere = practice.booking(practice.details(hours=26, provider="other"))
    in_person = practice.booking(practice.details(hours=28))
    moved_away = online(practice.booking(practice.details(hours=30, provider=PROVIDER)))
    cancelled = online(practice.booking(practice.details(hours=32, provider=PROVIDER)))
    unconcerned = practice.booking(practice.details(hours=34, provider=PROVIDER)).cancel(expected_version=1)
    await stored(storage, wanting, elsewhere, in_person, moved_away, cancelled, unconcerned)
    moved_away = edited(moved_away, practice.details(hours=30, consultant=practice.bor, provider=PROVIDER))
    cancelled = cancelled.cancel(expected_version=1)
    await saved(storage, moved_away)
    await saved(storage, cancelled)
    async with storage.begin() as work:
        of_host = work.bookings.of_host
        assert await of_host(Host(practice.id, practice.ana.id, PROVIDER), ending_after=None) == [
            wanting,
            moved_away,
            cancelled,
        ]
        assert await of_host(Host(practice.id, practice.bor.id, PROVIDER), ending_after=None) == [moved_away]
        later = moved_away.details.slot.ends_at - timedelta(seconds=1)
        assert await of_host(Host(practice.id, practice.ana.id, PROVIDER), ending_after=later) == [
            moved_away,
            cancelled,
        ]
        assert await of_host(Host(practice.id, practice.ana.id, PROVIDER), ending_after=later + HOUR * 9) == []
        assert await of_host(Host(uuid4(), practice.ana.id, PROVIDER), ending_after=None) == []
        of_person = work.bookings.of_person
        everywhere = await of_person(practice.id, practice.ana.id)
        others = [one for one in everywhere if one.details.provider == "other"]
        assert others == [elsewhere]
        here = await of_host(Host(practice.id, practice.ana.id, PROVIDER), ending_after=None)
        assert [one for one in everywhere if one not in others] == here
        assert await of_person(practice.id, practice.bor.id) == [moved_away]
        assert await of_person(uuid4(), practice.ana.id) == []
