"""Both languages say the same things."""

import re
from typing import Any

import msgspec
import pytest

from tests.real_processes import ROOT

WORDS = ROOT / "entrypoints/web/words"
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
