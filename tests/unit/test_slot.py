"""Slots: aware, ordered, bounded, and correct across a daylight-saving change."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.errors import Invalid
from domain.rule import Rule
from domain.slot import LONGEST, Slot, known_zone, rfc3339
from tests.breaking import breaks
from tests.builders import HOUR, MINUTE, NOW, ZONE, slot


def test_instants_are_kept_in_utc() -> None:
    plus_two = timezone(timedelta(hours=2))
    kept = Slot(datetime(2027, 6, 1, 10, tzinfo=plus_two), datetime(2027, 6, 1, 11, tzinfo=plus_two), ZONE)
    assert kept.starts_at == datetime(2027, 6, 1, 8, tzinfo=UTC)
    assert kept.starts_at.tzinfo is UTC


def test_the_same_instants_are_the_same_slot_whatever_their_offset() -> None:
    plus_two = timezone(timedelta(hours=2))
    assert Slot(NOW, NOW + HOUR, ZONE) == Slot(NOW.astimezone(plus_two), (NOW + HOUR).astimezone(plus_two), ZONE)


def test_the_hour_that_the_spring_skips_does_not_lengthen_a_session() -> None:
    kept = Slot(
        datetime.fromisoformat("2027-03-28T01:30:00+01:00"), datetime.fromisoformat("2027-03-28T03:30:00+02:00"), ZONE
    )
    assert kept.duration == HOUR


@pytest.mark.parametrize("field", ["starts_at", "ends_at"])
def test_a_naive_time_is_refused_and_named(field: str) -> None:
    times = {"starts_at": NOW, "ends_at": NOW + HOUR}
    times[field] = times[field].replace(tzinfo=None)
    with pytest.raises(Invalid) as refusal:
        Slot(**times, zone=ZONE)
    assert refusal.value.field == field


@pytest.mark.parametrize("length", [timedelta(0), -MINUTE])
def test_a_session_ends_after_it_starts(length: timedelta) -> None:
    with breaks(Rule.ENDS_BEFORE_START, "ends_at"):
        slot(length=length)


def test_a_session_of_exactly_the_longest_length_fits_and_a_minute_more_does_not() -> None:
    assert slot(length=LONGEST).duration == LONGEST
    with breaks(Rule.SESSION_TOO_LONG, "ends_at", hours=24):
        slot(length=LONGEST + MINUTE)


@pytest.mark.parametrize("year", [1969, 2200])
def test_an_absurd_year_is_refused(year: int) -> None:
    with breaks(Rule.YEAR_OUT_OF_RANGE, "starts_at", first=1970, last=2199):
        Slot(NOW.replace(year=year), NOW.replace(year=year) + HOUR, ZONE)


@pytest.mark.parametrize("zone", ["", "CEST", "Europe/Atlantis", "../etc/passwd", "europe/ljubljana"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Slot(NOW, NOW + HOUR, zone)
    assert refusal.value.field == "zone"


def test_a_known_zone_is_answered_as_it_is() -> None:
    assert known_zone("America/New_York") == "America/New_York"


@pytest.mark.parametrize(
    ("hours", "length", "overlap"),
    [
        (24, HOUR, True),
        (24.5, HOUR, True),
        (23.5, HOUR, True),
        (24.25, HOUR / 4, True),
        (25, HOUR, False),
        (23, HOUR, False),
    ],
)
def test_slots_that_only_touch_do_not_overlap(hours: float, length: timedelta, overlap: bool) -> None:
    assert slot(24).overlaps(slot(hours, length)) is overlap
    assert slot(hours, length).overlaps(slot(24)) is overlap


def test_a_session_has_begun_from_its_very_first_moment() -> None:
    one = slot(1)
    assert not one.begun(one.starts_at - timedelta(microseconds=1))
    assert one.begun(one.starts_at)


def test_instants_are_shown_in_utc_with_z() -> None:
    assert rfc3339(datetime.fromisoformat("2027-03-01T10:00:00+02:00")) == "2027-03-01T08:00:00Z"
