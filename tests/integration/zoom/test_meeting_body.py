"""Sessions in Zoom's form and within its limits."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.zoom.meeting_body import Mark, minutes, new_meeting, start_time, starts_as, topic
from domain.slot import Slot
from tests.integration.zoom.zoom_answers import MARKER, NOW, details

MARK = Mark("client-of-the-practice")
FAMILY = "👨‍👩‍👧‍👦"
FLAG = "🇸🇮"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Posvet", "Posvet"),
        ("  a \t b\r\nc\x00\x1b\u2028d\x85e  ", "a b c d e"),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 200),
        ("x" * 199 + " y", "x" * 199),
        ("é" * 300, "é" * 200),
        ("x" * 199 + "e\u0301tude", "x" * 199),
        ("x" * 195 + FAMILY, "x" * 195),
        ("x" * 199 + FLAG, "x" * 199),
        ("x" * 199 + "👍🏽", "x" * 199),
        ("x" * 199 + "❤\ufe0f", "x" * 199),
        ("x" * 193 + FAMILY, "x" * 193 + FAMILY),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("\x00\x01", "Session"),
        ("", "Session"),
    ],
)
def test_topic(text: str, expected: str) -> None:
    assert topic(text) == expected


def test_a_sign_of_hundreds_of_parts_is_cut_all_the_same() -> None:
    assert topic("e" + "\u0301" * 500) == "e" + "\u0301" * 199


@given(st.text(max_size=600))
def test_any_topic_fits(text: str) -> None:
    fitting = topic(text)
    assert 1 <= len(fitting) <= 200
    assert fitting == fitting.strip()
    assert topic(fitting) == fitting
    fitting.encode()


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(seconds=1), 1),
        (timedelta(microseconds=1), 1),
        (timedelta(minutes=50), 50),
        (timedelta(minutes=50, seconds=1), 51),
        (timedelta(hours=24), 1440),
    ],
)
def test_minutes(length: timedelta, expected: int) -> None:
    assert minutes(Slot(NOW, NOW + length, "UTC")) == expected


@pytest.mark.parametrize(
    ("local", "zone", "fold", "expected"),
    [
        ("2027-03-28T01:59", "Europe/Ljubljana", 0, "2027-03-28T00:59:00Z"),
        ("2027-03-28T03:00", "Europe/Ljubljana", 0, "2027-03-28T01:00:00Z"),
        ("2027-10-31T02:30", "Europe/Ljubljana", 0, "2027-10-31T00:30:00Z"),
        ("2027-10-31T02:30", "Europe/Ljubljana", 1, "2027-10-31T01:30:00Z"),
        ("2027-03-14T03:30", "America/New_York", 0, "2027-03-14T07:30:00Z"),
        ("2027-07-01T09:15", "Asia/Kathmandu", 0, "2027-07-01T03:30:00Z"),
        ("2027-01-01T00:00", "Pacific/Kiritimati", 0, "2026-12-31T10:00:00Z"),
        ("2027-04-04T01:45", "Australia/Lord_Howe", 1, "2027-04-03T15:15:00Z"),
    ],
)
def test_start_is_utc_with_one_z_and_the_zone_is_for_display(local: str, zone: str, fold: int, expected: str) -> None:
    starts_at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
    slot = Slot(starts_at, starts_at + timedelta(hours=1), zone)
    assert start_time(slot) == expected
    assert starts_as(slot, expected)
    assert not starts_as(slot, start_time(Slot(slot.starts_at - timedelta(hours=1), slot.ends_at, zone)))


def test_a_session_over_the_change_of_clocks_keeps_its_real_length() -> None:
    zone = ZoneInfo("Europe/Ljubljana")
    slot = Slot(
        datetime(2027, 3, 28, 1, 30, tzinfo=zone), datetime(2027, 3, 28, 3, 30, tzinfo=zone), "Europe/Ljubljana"
    )
    assert minutes(slot) == 60


def test_parts_of_a_second_are_no_part_of_the_start() -> None:
    slot = Slot(NOW.replace(microsecond=999_999), NOW + timedelta(hours=1), "UTC")
    assert start_time(slot) == "2026-11-22T10:30:00Z"
    assert starts_as(slot, "2026-11-22T10:30:00Z")


def test_the_marker_survives_where_lists_cut_agendas() -> None:
    agenda = MARK.agenda(MARKER)
    assert str(MARKER) in agenda[:250]
    assert agenda.startswith(f"Calendra {MARKER} ")
    assert len(agenda) <= 2000


def test_zoom_is_told_nothing_that_is_not_needed() -> None:
    body = new_meeting(MARK, MARKER, details("Posvet"))
    assert set(body.__struct_fields__) == {
        "type", "topic", "agenda", "start_time", "timezone", "duration", "default_password", "settings",
    }  # fmt: skip
