"""Every threat names a test, and that test exists."""

import re

import pytest

from tests.real_processes import ROOT

_ROW = re.compile(r"^\| (?P<threat>.+?) \| .+ \| `(?P<file>tests/[\w/]+\.py)(?:::(?P<test>\w+))?` \|$", re.MULTILINE)
_TEXT = (ROOT / "docs" / "threat-model.md").read_text()
ROWS = list(_ROW.finditer(_TEXT))


def test_every_threat_names_its_test() -> None:
    tables = _TEXT.partition("## Threats")[2].partition("\n## ")[0]
    lines = [line for line in tables.splitlines() if line.startswith("|") and not line.startswith(("| threat", "|---"))]
    assert len(lines) == len(ROWS) > 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["threat"])
def test_the_test_exists(row: re.Match[str]) -> None:
    source = (ROOT / row["file"]).read_text()
    assert re.search(rf"^(async )?def {row['test'] or 'test_'}", source, re.MULTILINE), row["file"]
