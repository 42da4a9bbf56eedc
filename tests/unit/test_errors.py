"""The tree of refusals: stable codes, and sentences that always format."""

import string

import pytest

from domain.connection.errors import ConsentUnfinished, ProviderAccountTaken, ScopesMissing, UnfinishedReason
from domain.errors import CalendraError, Invalid, NotFound, ObjectKind, ProviderError
from domain.failure_reason import FailureReason
from domain.provider_errors import NeedsConsultant, TryLater
from domain.rule import Rule
from tests.refusals import all_errors

ALL = sorted(all_errors(), key=lambda one: one.__name__)
CONCRETE = [one for one in ALL if hasattr(one, "code")]


def test_only_kinds_of_refusal_have_no_code() -> None:
    assert {one.__name__ for one in ALL} - {one.__name__ for one in CONCRETE} == {
        "AuthorizationFailed",
        "CalendraError",
        "ProviderError",
    }


def test_codes_are_stable_words_and_unique() -> None:
    codes = [one.code for one in CONCRETE]
    assert len(set(codes)) == len(codes)
    assert all(set(code) <= set(string.ascii_lowercase + "_") for code in codes)


@pytest.mark.parametrize("kind", CONCRETE, ids=lambda kind: kind.__name__)
def test_every_refusal_says_what_happened_and_what_to_do_next(kind: type[CalendraError]) -> None:
    error = _made(kind)
    for sentence in (str(error), error.next):
        assert sentence
        assert "{" not in sentence
        assert sentence[0].isupper() or kind is Invalid
        assert sentence.rstrip()[-1] in ".:)" or issubclass(kind, ProviderError)


def _made(kind: type[CalendraError]) -> CalendraError:
    if kind is Invalid:
        return Invalid("field", Rule.EMPTY)
    if kind is NotFound:
        return NotFound(ObjectKind.SESSION)
    names = _places(kind.says) | _places(kind.advice) | ({"reason"} if kind in (TryLater, NeedsConsultant) else set())
    return kind(**{name: name.capitalize() for name in names})


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_says_what_is_wrong_and_what_to_do(rule: Rule) -> None:
    data = {name: name for name in _places(rule.says) | _places(rule.advice)}
    broken = Invalid("title", rule, **data)
    assert broken.data == data
    assert str(broken) == f"title: {broken.detail}"
    for sentence in (broken.detail, broken.next):
        assert sentence.endswith((".", "decoder")), sentence
        assert "{" not in sentence


def test_sentences_write_codes_as_words_and_lists_with_commas() -> None:
    needed = ConsentUnfinished(label="Zoom", reason=UnfinishedReason.NOT_RESPONDING)
    assert str(needed) == "Zoom could not finish connecting (not responding)."
    assert needed.data == {"label": "Zoom", "reason": "not_responding"}
    missing = ScopesMissing(label="Zoom", scopes=["read", "write"])
    assert "Missing: read, write." in str(missing)
    assert missing.data["scopes"] == ["read", "write"]


def test_a_braced_text_from_outside_is_not_taken_for_a_place_to_fill() -> None:
    error = ProviderAccountTaken(label="{0.__class__}", email="{email}")
    assert "{0.__class__}" in error.next
    assert "{email}" in str(error)


def test_provider_errors_keep_the_redacted_answer_apart_from_the_sentence() -> None:
    error = TryLater(reason=FailureReason.PROVIDER_DOWN, answered="503 tracking 42", unheard=True)
    assert (error.answered, error.unheard, error.until) == ("503 tracking 42", True, None)
    assert "42" not in str(error)
    assert NeedsConsultant(reason=FailureReason.SCOPE_MISSING, scopes=("write",)).scopes == ("write",)
