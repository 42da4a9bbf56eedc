"""Sentences for logs and histories name and open nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.zoom.redaction import LONGEST, redacted, tracking_id


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Meeting does not exist: 81236549870.", "Meeting does not exist"),
        ("Meeting 81236549870 is not found or has expired.", "Meeting … is not found or has expired"),
        ("User does not exist: ana@praksa.example.", "User does not exist"),
        ("Only available for paid account: aCc.", "Only available for paid account"),
        ("Users in 'ana@praksa.example' have been blocked", "Users in … have been blocked"),
        ("See https://z.example/j/1?pwd=a for more", "See … for more"),
        ("See zoommtg://z.example/a for more", "See … for more"),
        ("Passcode 1234567 is weak", "Passcode … is weak"),
        ("Invalid authorization code xY7pQ2rT9wLkM4nB", "Invalid authorization code"),
        ("You cannot schedule for zYxW-vUtSrQpO_nMlKj here", "You cannot schedule for … here"),
        ("Token eyJhbGci.eyJzdWI.c2ln is bad", "Token … is bad"),
        ("two\nlines\x00 and\ttabs", "two lines and tabs"),
        (
            "Invalid access token, does not contain scopes:[meeting:write:meeting, meeting:read:list_meetings:admin].",
            "Invalid access token, does not contain scopes:[meeting:write:meeting, meeting:read:list_meetings:admin]",
        ),
        (
            "You have exceeded the daily rate limit (100). You may resume these requests at GMT 00:00:00.",
            "You have exceeded the daily rate limit (100). You may resume these requests at GMT 00:00:00",
        ),
        (
            "Your user account is not allowed meeting hosting and scheduling capabilities.",
            "Your user account is not allowed meeting hosting and scheduling capabilities",
        ),
    ],
)
def test_sentence(sentence: str, expected: str) -> None:
    assert redacted(sentence) == expected


@given(st.text(max_size=1000))
def test_any_sentence_becomes_one_short_line(sentence: str) -> None:
    line = redacted(sentence)
    assert len(line) <= LONGEST
    assert line == "" or line.isprintable()


@pytest.mark.parametrize("value", ["v=2.0;clid=us05;rid=WEB_4f2a", "SBX_0123"])
def test_a_tracking_id_is_kept(value: str) -> None:
    assert tracking_id(value) == value


@pytest.mark.parametrize("value", ["", "a b", "x\n", "x" * 121, "<b>", "Bearer eyJhbGci.x.y"])
def test_what_is_no_tracking_id_is_dropped(value: str) -> None:
    assert tracking_id(value) == ""
