"""Texts that people type."""

import pytest

from domain.client import Client, email_address
from domain.errors import Invalid
from domain.wording import line, paragraphs
from tests.builders import CLIENT, PRACTICE


def test_a_line_is_trimmed() -> None:
    assert line("title", "  First talk ", longest=20) == "First talk"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\n", "\r", "\t", "\x1b", "\x7f", "\x85", "\ud800"])
def test_a_line_has_no_control_characters(sign: str) -> None:
    with pytest.raises(Invalid, match="control characters"):
        line("title", f"a{sign}b", longest=20)


def test_paragraphs_keep_line_breaks_and_tabs_but_nothing_else_of_the_kind() -> None:
    assert paragraphs("notes", " a\r\n\tb\n", longest=20) == " a\r\n\tb\n"
    with pytest.raises(Invalid, match="control characters"):
        paragraphs("notes", "a\x00b", longest=20)


def test_length_counts_characters_not_bytes() -> None:
    assert line("title", "č" * 20, longest=20) == "č" * 20
    with pytest.raises(Invalid, match="21 characters; at most 20 are allowed"):
        line("title", "č" * 21, longest=20)


@pytest.mark.parametrize("empty", ["", "   "])
def test_a_required_line_is_not_empty(empty: str) -> None:
    with pytest.raises(Invalid, match="must not be empty"):
        line("name", empty, longest=20, required=True)


def test_ordinary_writing_of_all_kinds_passes() -> None:
    assert line("title", "Žiga – 心理 🙂 Ünïcode", longest=100) == "Žiga – 心理 🙂 Ünïcode"


def test_an_address_is_kept_in_lower_case() -> None:
    assert email_address("email", " Ana@Example.COM ") == "ana@example.com"


@pytest.mark.parametrize("wrong", ["ana", "ana@", "@example.com", "ana@example", "a na@example.com", "a@b@example.com"])
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(Invalid) as refusal:
        email_address("email", wrong)
    assert refusal.value.data["field"] == "email"


def test_a_client_has_a_name_and_an_address() -> None:
    one = Client(PRACTICE, CLIENT, " Cene ", "CENE@example.com")
    assert (one.name, one.email) == ("Cene", "cene@example.com")
    with pytest.raises(Invalid):
        Client(PRACTICE, CLIENT, " ", "cene@example.com")
