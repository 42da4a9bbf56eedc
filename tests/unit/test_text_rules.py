"""The rules for texts that people type."""

import pytest

from domain.clients.client import Client, email_address
from domain.errors import Invalid
from domain.rule import Rule
from domain.text_rules import line, paragraphs
from tests.breaking import breaks
from tests.builders import CLIENT, PRACTICE


def test_a_line_is_trimmed() -> None:
    assert line("title", "  First talk ", longest=20) == "First talk"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\n", "\r", "\t", "\x1b", "\x7f", "\x85", "\ud800"])
def test_a_line_has_no_control_characters(sign: str) -> None:
    with breaks(Rule.CONTROL_CHARACTERS):
        line("title", f"a{sign}b", longest=20)


def test_paragraphs_keep_line_breaks_and_tabs_but_nothing_else_of_the_kind() -> None:
    assert paragraphs("notes", " a\r\n\tb\n", longest=20) == " a\r\n\tb\n"
    with breaks(Rule.CONTROL_CHARACTERS):
        paragraphs("notes", "a\x00b", longest=20)


def test_length_counts_characters_not_bytes() -> None:
    assert line("title", "č" * 20, longest=20) == "č" * 20
    with breaks(Rule.TEXT_TOO_LONG, length=21, longest=20):
        line("title", "č" * 21, longest=20)


@pytest.mark.parametrize("empty", ["", "   "])
def test_a_required_line_is_not_empty(empty: str) -> None:
    with breaks(Rule.EMPTY):
        line("name", empty, longest=20, required=True)


def test_ordinary_writing_of_all_kinds_passes() -> None:
    assert line("title", "Žiga – 心理 🙂 Ünïcode", longest=100) == "Žiga – 心理 🙂 Ünïcode"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ana\u202ekavoN", "AnakavoN"),
        ("\u2067Ana\u2069 \u202aNovak\u202c", "Ana Novak"),
        ("\u200e+386 40 123 456\u200f", "+386 40 123 456"),
        ("A\u200bna\ufeff No\u00advak\u2060", "Ana Novak"),
        ("A\u200dn\u200ca", "Ana"),
        ("\u200dAna \u200c", "Ana"),
    ],
)
def test_signs_that_nobody_sees_are_removed_from_a_line(typed: str, kept: str) -> None:
    assert line("name", typed, longest=100) == kept


@pytest.mark.parametrize("unseen", ["\u202e", "\u200b", "\u200d\u200d", "\u3164", "\u2066 \u2069"])
def test_a_name_of_unseen_signs_is_empty(unseen: str) -> None:
    with breaks(Rule.EMPTY):
        line("name", unseen, longest=20, required=True)


@pytest.mark.parametrize("text", ["👩\u200d💻 and 👩🏽\u200d❤️\u200d👨🏻", "می\u200cخواهم", "क्\u200dष", "שלום עולם"])
def test_joiners_stay_where_they_change_what_is_seen(text: str) -> None:
    assert line("title", text, longest=100) == text


def test_every_name_is_kept_without_them() -> None:
    client = Client(PRACTICE, CLIENT, "Cene\u202e", "ce\u200bne@example.com", "\u202a040 1\u202c")
    assert (client.name, client.email, client.phone) == ("Cene", "cene@example.com", "040 1")


def test_an_address_is_kept_in_lower_case() -> None:
    assert email_address("email", " Ana@Example.COM ") == "ana@example.com"


@pytest.mark.parametrize("wrong", ["ana", "ana@", "@example.com", "ana@example", "a na@example.com", "a@b@example.com"])
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid) as refusal:
        email_address("email", wrong)
    assert refusal.value.field == "email"


def test_a_client_has_a_name_and_an_address() -> None:
    one = Client(PRACTICE, CLIENT, " Cene ", "CENE@example.com")
    assert (one.name, one.email) == ("Cene", "cene@example.com")
    with pytest.raises(Invalid):
        Client(PRACTICE, CLIENT, " ", "cene@example.com")
