"""Every sentence of the help page, in each language, has a test that shows that it is true."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.integration.web.test_catalogues import texts

ROOT = Path(__file__).parents[3]
SHOWN_BY: dict[str, str] = tomllib.loads((Path(__file__).parent / "help_sentences.toml").read_text())


def _shown_by(key: str) -> str | None:
    fitting = [prefix for prefix in SHOWN_BY if key == prefix or key.startswith(f"{prefix}.")]
    return SHOWN_BY[max(fitting, key=len)] if fitting else None


@pytest.mark.parametrize("language", ["en", "sl"])
def test_no_sentence_is_without_its_test(language: str) -> None:
    keys = [key for key in texts(language) if key.startswith("help.")]
    assert keys
    assert [key for key in keys if _shown_by(key) is None] == []


def test_nothing_is_kept_for_sentences_that_are_gone() -> None:
    keys = [key for key in texts("en") if key.startswith("help.")]
    assert [one for one in SHOWN_BY if not any(key == one or key.startswith(f"{one}.") for key in keys)] == []


def test_the_tests_exist() -> None:
    named = {test for test in SHOWN_BY.values() if test}
    assert [test for test in sorted(named) if not _exists(test)] == []


def _exists(test: str) -> bool:
    path, _, name = test.partition("::")
    file = ROOT / path
    if not file.exists():
        return False
    found = ast.walk(ast.parse(file.read_text()))
    return name in {one.name for one in found if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
