"""Every code that a refusal can carry has its words in each language, its sentences and its row in the API document."""

import re
import string
from typing import Any

import msgspec
import pytest

from domain import errors
from domain.booking.booking import BookingStatus
from domain.connection.errors import ConnectionNeed, UnfinishedReason
from domain.connection.meetings_on_disconnect import AfterDisconnect
from domain.errors import ObjectKind
from domain.meeting.meeting_state import MeetingReason
from domain.provider import ScopeUse
from domain.rule import Rule
from entrypoints.http.problems import CODES, OWN, STATUS
from entrypoints.openapi_document import openapi_document
from tests.integration.web.test_catalogues import PLURALS, texts
from tests.refusals import concrete_errors

_PLACE = re.compile(r"\{\{(\w+)\}\}")
_SAYS = {kind.code: (kind.says, kind.advice) for kind in STATUS if kind is not errors.Invalid}

# The codes among the data that choose between texts, as entrypoints/web/words/refusal-words.ts reads them.
_CHOOSING: dict[str, set[str]] = {
    "not_found": {*ObjectKind},
    "booking_closed": {*BookingStatus} - {BookingStatus.PLANNED},
    "connection_needed": {*ConnectionNeed},
    "consent_unfinished": {*UnfinishedReason},
}


@pytest.fixture(params=list(PLURALS))
def catalogue(request: pytest.FixtureRequest) -> dict[str, str]:
    return texts(request.param)


def test_every_code_has_its_words_and_no_words_are_left_over(catalogue: dict[str, str]) -> None:
    for group, codes in (("problem", set(CODES)), ("rule", set(Rule))):
        for part in ("detail", "next"):
            pattern = re.compile(rf"{group}\.(\w+)\.{part}(_\w+)?")
            worded = {found[1] for key in catalogue if (found := pattern.fullmatch(key))}
            assert worded == codes, (group, part)


def test_a_code_among_the_data_has_a_text_of_its_own(catalogue: dict[str, str]) -> None:
    for code, values in _CHOOSING.items():
        assert {f"problem.{code}.detail_{value}" for value in values} <= set(catalogue)


@pytest.mark.parametrize("code", [*_SAYS, *OWN, *Rule])
def test_words_put_in_only_what_the_code_carries(catalogue: dict[str, str], code: str) -> None:
    sentences = (code.says, code.advice) if isinstance(code, Rule) else _SAYS.get(code, ("", ""))
    carried = {name for one in sentences for _, name, _, _ in string.Formatter().parse(one) if name}
    if {"starts_at", "ends_at"} <= carried:
        carried |= {"when"}
    group = "rule" if isinstance(code, Rule) else "problem"
    placed = {
        name for key, text in catalogue.items() if key.startswith(f"{group}.{code}.") for name in _PLACE.findall(text)
    }
    assert placed - {"count"} <= carried


def test_numbers_are_said_in_every_form_of_the_language(catalogue: dict[str, str]) -> None:
    """A number beside a word that it counts; ranges and dates have no such word."""
    counted = {"too_many_clients", "text_too_long", "session_too_long", "range_too_long", "draft_too_long"}
    counted |= {"too_many_ids", "client_has_sessions", "sessions_to_come"}
    for code in counted:
        assert any(key.split(".")[1] == code and key.endswith("detail_other") for key in catalogue), code


def test_other_codes_of_the_service_have_their_words(catalogue: dict[str, str]) -> None:
    for place, codes in (
        ("connections.permission.use_of", ScopeUse),
        ("connections.disconnect.after", AfterDisconnect),
        ("meeting.why", MeetingReason),
    ):
        assert {f"{place}.{code}" for code in codes} <= set(catalogue), place


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    document = msgspec.json.decode(openapi_document())
    return dict(document["components"]["schemas"])


def test_every_code_has_its_row_in_the_api_document(shapes: dict[str, Any]) -> None:
    codes = shapes["Problem"]["properties"]["code"]
    assert codes["enum"] == CODES
    assert _rows(codes["description"]) == set(CODES)
    assert set(shapes["Rule"]["enum"]) == set(Rule)
    assert _rows(shapes["WrongField"]["properties"]["code"]["description"]) == set(Rule)


def _rows(table: str) -> set[str]:
    return {line.split("|")[1].strip() for line in table.splitlines()[2:]}


def test_the_codes_of_the_document_are_those_of_the_errors() -> None:
    raised = {kind.code for kind in concrete_errors()}
    assert raised | set(OWN) == set(CODES)
    assert raised & set(OWN) == set()
