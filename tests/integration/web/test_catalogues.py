"""Both languages have the same texts, and every sentence of the service."""

import re
from typing import Any

import msgspec
import pytest

from tests.integration.web.sentences import WORDS, catalogue, server_sentences

_PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
_NAME = re.compile(r"\{\{(\w+)\}\}")
PLURALS = {"en": {"one", "other"}, "sl": {"one", "two", "few", "other"}}


def texts(language: str) -> dict[str, str]:
    """English help stands in a file of its own: few visits need it."""
    files = sorted(WORDS.glob(f"{language}*.json"))
    return {key: text for file in files for key, text in _flat(msgspec.json.decode(file.read_bytes()))}


def _flat(tree: dict[str, Any], above: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in tree.items():
        place = f"{above}.{name}" if above else name
        found += _flat(value, place) if isinstance(value, dict) else [(place, value)]
    return found


def test_the_languages_have_the_same_texts() -> None:
    english, slovenian = ({_PLURAL.sub("", key) for key in texts(language)} for language in ("en", "sl"))
    assert english - slovenian == set()
    assert slovenian - english == set()


@pytest.mark.parametrize("language", PLURALS)
def test_numbers_have_every_form_of_the_language(language: str) -> None:
    forms: dict[str, set[str]] = {}
    for key in texts(language):
        if found := _PLURAL.search(key):
            forms.setdefault(_PLURAL.sub("", key), set()).add(found[1])
    assert {key: found for key, found in forms.items() if found != PLURALS[language]} == {}


def test_values_are_put_in_under_the_same_names() -> None:
    def names(language: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for key, text in texts(language).items():
            found.setdefault(_PLURAL.sub("", key), set()).update(_NAME.findall(text))
        return {key: some - {"count"} for key, some in found.items()}

    english, slovenian = names("en"), names("sl")
    assert {key: (some, slovenian[key]) for key, some in english.items() if slovenian.get(key, some) != some} == {}


def test_no_text_is_empty_or_names_a_provider() -> None:
    for language in PLURALS:
        assert [key for key, text in texts(language).items() if not text.strip()] == []
        assert [key for key, text in texts(language).items() if "Zoom" in text] == []


def test_every_sentence_of_the_service_is_known() -> None:
    patterns = [_pattern(sentence) for sentence in catalogue("server-sl.json")]
    unknown = [one for one in server_sentences() if not any(pattern.fullmatch(one) for pattern in patterns)]
    assert sorted(unknown) == []


def test_no_sentence_is_translated_in_vain() -> None:
    """But for two that the framework's own faults are answered with."""
    said = server_sentences()
    patterns = {sentence: _pattern(sentence) for sentence in catalogue("server-sl.json")}
    stale = {sentence for sentence, pattern in patterns.items() if not any(pattern.fullmatch(one) for one in said)}
    assert stale <= {
        "Something went wrong in Calendra.",
        "Try again. If the problem persists, contact support and mention the time.",
        "The request was refused.",
        "it sent no authorization.",
        "This session is cancelled and can no longer be changed.",
    }


def test_translations_put_in_only_what_the_sentence_has() -> None:
    for sentence, says in catalogue("server-sl.json").items():
        assert set(_NAME.findall(says)) <= set(_NAME.findall(sentence)), sentence


def _pattern(sentence: str) -> re.Pattern[str]:
    """As entrypoints/web/words/sentences.ts reads it."""
    parts = _NAME.split(sentence)[::2]
    return re.compile("(.+?)".join(re.escape(part) for part in parts), re.DOTALL)
