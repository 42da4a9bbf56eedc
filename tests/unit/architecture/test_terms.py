"""One word for one concept: words of ours that the field's terms have replaced do not come back."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.architecture.imports import files

REPLACED = {
    **dict.fromkeys(("claim", "claims", "claimed"), "lease"),
    **dict.fromkeys(("settle", "settles", "settled", "settling", "settlement"), "reconcile, reconciliation"),
    **dict.fromkeys(("wish", "wishes"), "desired meeting"),
    **dict.fromkeys(("terms",), "booking details"),
    **dict.fromkeys(("leftover", "leftovers"), "pending removal"),
    **dict.fromkeys(("stray", "strays"), "orphaned meeting"),
    **dict.fromkeys(("tidy", "tidied", "tidying", "janitor"), "orphan sweep"),
    **dict.fromkeys(("trouble", "troubles", "ailing", "tired", "woken"), "sync failure, refresh failed, resumed"),
    **dict.fromkeys(("doubt", "doubts", "doubted", "doubtful"), "stale, unverified removal"),
    **dict.fromkeys(("honour", "honoured"), "apply"),
    **dict.fromkeys(("notice", "notices", "unremarkable"), "webhook event, notification"),
    **dict.fromkeys(("grant", "grants"), "token set"),
    **dict.fromkeys(("departure", "departures"), "authorization redirect"),
    **dict.fromkeys(("approach", "tries", "pace", "allowance"), "login throttle, rate limit, attempts"),
    **dict.fromkeys(("outlook", "outlooks", "fate", "fates"), "disconnect preview"),
    **dict.fromkeys(("standing", "standings"), "status"),
    **dict.fromkeys(("refusals", "forwarded", "ageing", "wording"), "see the glossary"),
    **dict.fromkeys(("enrol", "sealer", "sealed", "reseal", "neighbours", "histories", "telling"), "see the glossary"),
}
# The stand-in speaks of its own matters, migrations of the names that were, and OpenID Connect of claims.
_ELSEWHERE = ("demo/sandbox/", "migrations/versions/", "node_modules", "adapters/openid/")

_OF_LIBRARIES = {"forwarded_allow_ips"}  # keywords that are not ours to name


def _identifiers(file: Path) -> Iterator[tuple[int, str]]:
    with file.open("rb") as source:
        for token in tokenize.tokenize(source.readline):
            if token.type == tokenize.NAME:
                yield token.start[0], token.string


def _words(identifier: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)}


def _found(file: Path) -> list[str]:
    names = (
        (line, name, _words(name) & REPLACED.keys()) for line, name in _identifiers(file) if name not in _OF_LIBRARIES
    )
    return [f"{file}:{line}: {name}: say {REPLACED[words.pop()]}" for line, name, words in names if words]


@pytest.mark.parametrize("folder", ["domain", "application", "adapters", "entrypoints", "demo"])
def test_replaced_words_name_nothing(folder: str) -> None:
    ours = [file for file in files(folder) if not any(part in str(file) for part in _ELSEWHERE)]
    assert [line for file in ours for line in _found(file)] == []


def test_no_column_has_a_replaced_word() -> None:
    tables = "\n".join(file.read_text() for file in files("adapters/postgres/schema"))
    columns = re.findall(r'(?:Column|Table|Index)\(\s*"(\w+)"', tables)
    assert len(columns) > 100
    assert [name for name in columns if _words(name) & REPLACED.keys()] == []


def test_a_word_is_found_in_every_kind_of_name(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text("class StrayMeeting: ...\nMOST_STRAYS = 1\ndef tidy_at(): ...\nstrayed = 1\n")
    assert [line.rsplit(":", 2)[1].strip() for line in _found(file)] == ["StrayMeeting", "MOST_STRAYS", "tidy_at"]
