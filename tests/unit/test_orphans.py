"""When a meeting counts as orphaned, and when the sweep may remove it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.failure_reason import FailureReason
from domain.meeting.marker import marker_of
from domain.meeting.meeting import Meeting
from domain.meeting.orphans import (
    BETWEEN_SIGHTINGS,
    EVERY,
    MarkedMeeting,
    OrphanedMeeting,
    OrphanSweep,
    orphans_among,
    owners_of,
)
from domain.provider_errors import NeedsConsultant, TryLater
from tests.builders import DAY, HOUR, MINUTE, NOW, answered, begun, booking, held, ready

OURS, THEIRS = uuid4(), uuid4()


def _marked(meeting_id: str = "m-1", marker: UUID = OURS, starts_at: datetime | None = NOW + DAY) -> MarkedMeeting:
    return MarkedMeeting(meeting_id, marker, starts_at)


def _present(wanted: str = "m-1") -> Meeting:
    meeting = ready(meeting_id=wanted).reconciliation.meeting
    assert meeting
    return meeting


def test_a_meeting_of_a_booking_is_no_orphan_and_a_copy_with_its_marker_is() -> None:
    known = _present()
    copy = _marked("m-2", known.marker)
    assert orphans_among([_marked("m-1", known.marker), copy], [known], NOW) == (copy,)


def test_one_whose_host_exchanged_the_marker_is_known_by_its_number() -> None:
    assert orphans_among([_marked("m-1", THEIRS)], [_present()], NOW) == ()


def test_one_that_is_being_made_is_known_by_its_marker() -> None:
    started, _, _ = begun(booking())
    unheard = started.reconciliation.meeting
    assert unheard
    assert orphans_among([_marked("m-9", unheard.marker)], [unheard], NOW) == ()


@pytest.mark.parametrize(
    ("starts_at", "counts"),
    [
        (NOW - DAY, False),
        (NOW, False),
        (NOW + 15 * MINUTE, False),
        (NOW + 16 * MINUTE, True),
        (NOW + 700 * DAY, True),
        (None, False),
    ],
)
def test_only_what_lies_ahead_is_astray(starts_at: datetime | None, counts: bool) -> None:
    assert bool(orphans_among([_marked(starts_at=starts_at)], [], NOW)) is counts


def test_one_on_two_pages_is_one() -> None:
    assert orphans_among([_marked(), _marked()], [], NOW) == (_marked(),)


def test_whose_marker_it_was() -> None:
    one, other = uuid4(), uuid4()
    first, second, third = (marker_of(one, create) for create in range(3))
    orphans = [_marked(str(number), marker) for number, marker in enumerate((first, second, third, THEIRS))]
    assert owners_of(orphans, [], {one: 2, other: 5}) == {first: one, second: one}


def test_a_marker_that_a_known_meeting_has_is_nobodys() -> None:
    one = ready()
    known = one.reconciliation.meeting
    assert known
    assert owners_of([_marked("m-2", known.marker)], [known], {one.id: 1}) == {}


def test_a_booking_gave_up_what_it_made_and_holds_no_more() -> None:
    one = ready()
    marker = marker_of(one.id, 0)
    assert not one.gave_up(marker)
    assert not one.gave_up(THEIRS)
    assert not one.gave_up(marker_of(one.id, 1))
    leaving = one.cancel(expected_version=None)
    assert not leaving.gave_up(marker), "it is still to be removed"
    assert answered(leaving, None).gave_up(marker)


def test_a_create_that_a_look_did_not_find_is_given_up() -> None:
    lost = TryLater(reason=FailureReason.PROVIDER_DOWN, unheard=True)
    late = answered(booking(), lost)
    assert not late.gave_up(marker_of(late.id, 0))
    again = answered(late, (), held("m-2"), now=NOW + MINUTE)
    assert again.gave_up(marker_of(again.id, 0))
    assert not again.gave_up(marker_of(again.id, 1))


def _given_up(one: MarkedMeeting) -> dict[UUID, UUID]:
    return {one.marker: uuid4()}


def test_seen_twice_ten_minutes_apart_it_must_go() -> None:
    one = _marked()
    first = OrphanSweep().found([one], _given_up(one), NOW)
    assert first.must_go(NOW) == ()
    assert first.due_at == NOW + BETWEEN_SIGHTINGS
    second = first.found([one], {}, NOW + BETWEEN_SIGHTINGS)
    assert [orphan.meeting for orphan in second.must_go(NOW + BETWEEN_SIGHTINGS)] == [one]
    assert second.due_at == NOW + BETWEEN_SIGHTINGS + EVERY


def test_what_is_not_seen_again_is_forgotten_and_counts_as_new_later() -> None:
    one = _marked()
    gone = OrphanSweep().found([one], _given_up(one), NOW).found([], {}, NOW + HOUR)
    assert gone.orphans == ()
    assert gone.found([one], _given_up(one), NOW + DAY).must_go(NOW + DAY) == ()


def test_who_is_not_known_stays_although_somebody_uses_the_marker_later() -> None:
    one = _marked(starts_at=NOW + 30 * DAY)
    unknown = OrphanSweep().found([one], {}, NOW)
    assert unknown.due_at == NOW + EVERY
    later = unknown.found([one], _given_up(one), NOW + DAY)
    assert [orphan.booking_id for orphan in later.orphans] == [None]
    assert later.must_go(NOW + 9 * DAY) == ()


def test_one_that_begins_meanwhile_stays() -> None:
    one = _marked(starts_at=NOW + 20 * MINUTE)
    sweep = OrphanSweep().found([one], _given_up(one), NOW)
    assert sweep.must_go(NOW + BETWEEN_SIGHTINGS) == ()


def test_a_removed_one_is_counted_and_a_leased_one_is_spared() -> None:
    one, other = _marked("m-1"), _marked("m-2", THEIRS)
    sweep = OrphanSweep().found([one, other], {OURS: uuid4(), THEIRS: uuid4()}, NOW)
    first, second = sweep.orphans
    after = sweep.without(first).spared(second)
    assert after.removed == 1
    assert after.orphans == (OrphanedMeeting(other, NOW, None),)
    assert after.must_go(NOW + DAY - HOUR) == ()


def test_once_a_day_and_a_day_after_connecting() -> None:
    assert not OrphanSweep().due(NOW, NOW + DAY - MINUTE)
    assert OrphanSweep().due(NOW, NOW + DAY)
    looked = OrphanSweep().found([], {}, NOW)
    assert not looked.due(NOW - 9 * DAY, NOW + DAY - MINUTE)
    assert looked.due(NOW - 9 * DAY, NOW + DAY)


def test_who_dies_in_a_round_holds_it_up_for_a_while_only() -> None:
    begun_round = OrphanSweep().begun(NOW)
    assert not begun_round.due(NOW - DAY, NOW + 14 * MINUTE)
    assert begun_round.due(NOW - DAY, NOW + 15 * MINUTE)


@pytest.mark.parametrize(
    ("error", "after"),
    [
        (TryLater(reason=FailureReason.PROVIDER_LIMITED, until=NOW + MINUTE), HOUR),
        (TryLater(reason=FailureReason.DAILY_LIMIT, until=NOW + 5 * HOUR), 5 * HOUR),
        (TryLater(reason=FailureReason.PROVIDER_DOWN), HOUR),
        (NeedsConsultant(reason=FailureReason.SCOPE_MISSING), DAY),
    ],
)
def test_an_ill_provider_is_left_in_peace(error: TryLater | NeedsConsultant, after: timedelta) -> None:
    assert OrphanSweep().begun(NOW).put_off(error, NOW).due_at == NOW + after


def test_no_more_than_a_hundred_are_remembered() -> None:
    many = [_marked(f"m-{number}", uuid4()) for number in range(150)]
    assert len(OrphanSweep().found(many, {}, NOW).orphans) == 100
