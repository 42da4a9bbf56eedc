"""The assessment by ASVS has every requirement of levels 1 and 2 once, and names tests that exist."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from domain.accounts.login_session import IDLE_TIMEOUT
from domain.accounts.login_session import LIFETIME as LOGIN
from tests.integration.docs.texts import ROOT

TEXT = (ROOT / "docs" / "asvs.md").read_text()
SECURITY = (ROOT / "SECURITY.md").read_text()
STATUSES = ("met", "partly", "operator", "not met", "n/a")
TOGETHER = {1: 70, 2: 183, 3: 92}  # in ASVS 5.0.0
_ROW = re.compile(
    r"^\| (?P<number>\d+\.\d+\.\d+) \| (?P<level>\d) \| (?P<status>[^|]+) \| (?P<how>[^|]+) \| "
    r"(?:`(?P<file>tests/[\w/]+\.py)(?:::(?P<test>\w+))?` )?\|$",
    re.MULTILINE,
)
ROWS = list(_ROW.finditer(TEXT))
NAMED = [row for row in ROWS if row["file"]]


def levels() -> dict[str, int]:
    found: dict[str, int] = {}
    for line in (Path(__file__).parent / "asvs_levels.txt").read_text().splitlines()[1:]:
        section, _, listed = line.partition(": ")
        found |= {f"{section}.{number}": int(level) for number, level in enumerate(listed.split(), 1)}
    return found


def test_the_list_has_as_many_as_the_standard() -> None:
    assert Counter(levels().values()) == TOGETHER


def test_every_requirement_of_levels_1_and_2_has_one_row() -> None:
    asked = {number: level for number, level in levels().items() if level <= 2}
    assert [row["number"] for row in ROWS] == list(asked)
    assert {row["number"]: int(row["level"]) for row in ROWS} == asked


def test_each_row_is_in_its_chapter() -> None:
    for chapter in re.split(r"^### V", TEXT, flags=re.MULTILINE)[1:]:
        numbers = [row["number"] for row in _ROW.finditer(chapter)]
        assert numbers
        assert {number.split(".")[0] for number in numbers} == {chapter.split()[0]}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["number"])
def test_a_status_is_one_of_the_list_and_what_is_met_is_shown(row: re.Match[str]) -> None:
    assert row["status"] in STATUSES
    if row["status"] in ("met", "partly"):
        assert row["file"], "a test shows it"


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row["number"])
def test_the_test_exists(row: re.Match[str]) -> None:
    source = (ROOT / row["file"]).read_text()
    assert re.search(rf"^(async )?def {row['test'] or 'test_'}", source, re.MULTILINE), row["file"]


def test_the_summary_counts() -> None:
    counted = Counter(row["status"] for row in ROWS)
    cells = " | ".join(str(counted[status]) for status in STATUSES)
    assert f"| {cells} | {len(ROWS)} |" in TEXT


def test_the_ways_in_are_all() -> None:
    """What calls LogIn.enter or LogIn.go_on, or is LogIn, makes a login session. Changing the password makes none."""
    files = (ROOT / "application").rglob("*.py")
    callers = {file.stem for file in files if re.search(r"log_in\.(enter|go_on)\(", file.read_text())}
    assert callers - {"change_password"} == {
        "accept_invitation",
        "complete_sign_in",
        "finish_login",
        "found_practice",
        "sign_in_with_passkey",
        "use_reset_link",
    }
    ways = TEXT.partition("## Ways in")[2].partition("\n## ")[0]
    assert (
        len(re.findall(r"^\| (?!way|---)", ways, re.MULTILINE)) == 5
    )  # a founding and a second step have none of their own


def test_the_periods_of_a_login_are_in_the_guide() -> None:
    guide = (ROOT / "docs" / "production.md").read_text()
    assert (
        f"| login sessions | {LOGIN // timedelta(days=1)} days, or {IDLE_TIMEOUT // timedelta(days=1)} without use"
        in guide
    )


def test_the_periods_for_mending_are_written_down() -> None:
    table = SECURITY.partition("## Periods")[2].partition("\n## ")[0]
    assert re.findall(r"^\| (critical|high|others)\b[^|]* \| (\d+) days", table, re.MULTILINE) == [
        ("critical", "7"),
        ("high", "30"),
        ("others", "90"),
    ]
