"""The pack for Zoom's review names the scopes, calls, events and retention that the program has."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from adapters.zoom.scopes import SCOPES, scopes_needed_by
from adapters.zoom.signature import WINDOW_SECONDS
from adapters.zoom.webhook_events import LARGEST, ZoomWebhookEvents
from application.clean_up import _GRACE, PROCESSED_EVENT
from domain.accounts.known_browser import LIFETIME as KNOWN_BROWSER
from domain.booking.draft import KEPT_FOR as DRAFT
from domain.connection.authorization_request import LIFETIME as AUTHORIZATION_REQUEST
from domain.connection.connect_link import LIFETIME as CONNECT_LINK
from domain.creation import KEPT_FOR as CREATION
from domain.webhook_event import IgnoredEvent
from entrypoints.cli import main
from entrypoints.settings import Settings
from tests.integration.docs.texts import ROOT, code
from tests.integration.webhooks.samples import samples
from tests.integration.webhooks.sending import signed

PACK = (ROOT / "docs" / "providers" / "zoom-review.md").read_text()
GUIDE = (ROOT / "docs" / "providers" / "zoom.md").read_text()
SECRET, NOW = "a-secret-token-of-the-app", datetime(2026, 11, 30, 12, tzinfo=UTC)
_SCOPE_ROW = re.compile(
    r"^\| `(?P<scope>[a-z_]+:[a-z_:]+)` \| `(?P<method>[A-Z]+) (?P<path>/\S+)` \(`(?P<operation>\w+)`\) "
    r"\| (?P<files>[^|]+) \| [^|]+ \|$",
    re.MULTILINE,
)
_EVENT_NAME = re.compile(r"(?:meeting|endpoint)\.\w+|app_\w+")
ROWS = list(_SCOPE_ROW.finditer(PACK))


def section(title: str) -> str:
    return PACK.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def calls() -> Iterator[tuple[str, str, str]]:
    """Operation, method and file of every call to Zoom's API in the adapter."""
    for file in sorted((ROOT / "adapters" / "zoom").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            first, second = node.args[:2]
            if isinstance(first, ast.Constant) and isinstance(second, ast.Constant) and _method(second.value):
                yield str(first.value), str(second.value), str(file.relative_to(ROOT))


def _method(value: object) -> bool:
    return value in ("GET", "POST", "PUT", "PATCH", "DELETE")


def test_the_scopes_are_those_that_are_requested() -> None:
    assert sorted(row["scope"] for row in ROWS) == sorted(scope.name for scope in SCOPES)


def test_each_scope_is_used_where_the_pack_says_and_nowhere_else() -> None:
    said = {
        (row["operation"], row["method"], file) for row in ROWS for file in re.findall(r"`([\w/]+\.py)`", row["files"])
    }
    assert said == set(calls())


def test_each_operation_needs_its_scope() -> None:
    assert {row["operation"]: (row["scope"],) for row in ROWS} == {
        row["operation"]: scopes_needed_by(row["operation"]) for row in ROWS
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["operation"])
def test_the_path_of_the_call_is_in_the_file(row: re.Match[str]) -> None:
    path = row["path"].replace("/meetings/{id}", "/meetings/{quote(")
    for file in re.findall(r"`([\w/]+\.py)`", row["files"]):
        assert path in (ROOT / file).read_text(), file


def test_the_events_are_those_that_are_handled() -> None:
    source = ast.parse((ROOT / "adapters/zoom/webhook_events.py").read_text())
    names = [node.value for node in ast.walk(source) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    handled = {name for name in names if _EVENT_NAME.fullmatch(name)}
    listed = re.findall(r"^\| `([a-z_.]+)` \|", section("Webhooks"), re.MULTILINE)
    assert sorted(listed) == sorted(handled)


def test_each_listed_event_has_an_effect_and_every_other_sample_has_none() -> None:
    webhooks = ZoomWebhookEvents("client-of-the-practice", (SECRET,))
    listed = set(re.findall(r"^\| `([a-z_.]+)` \|", section("Webhooks"), re.MULTILINE))
    followed = set()
    for sample in samples():
        body = msgspec.json.encode(sample.body)
        event = webhooks.read(signed(body, SECRET, NOW.timestamp()), body, now=NOW)
        if not isinstance(event, IgnoredEvent):
            followed.add(sample.event)
    assert followed == listed


def test_the_limits_of_a_webhook_event() -> None:
    assert WINDOW_SECONDS == 5 * 60
    assert "five minutes" in section("Webhooks")
    assert f"{LARGEST // 1024} KB" in section("Webhooks")


def _days(period: timedelta) -> str:
    return f"{period.days} days"


_LOG_DAYS = next(one.default for one in msgspec.structs.fields(Settings) if one.name == "security_log_days")


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ("authorization requests", f"{AUTHORIZATION_REQUEST // timedelta(minutes=1)} minutes, and a day more"),
        ("personal links", f"{_days(CONNECT_LINK)}, and a day more"),
        ("deduplication keys", _days(PROCESSED_EVENT)),
        ("unfinished session forms", _days(DRAFT)),
        ("idempotency keys", _days(CREATION)),
        ("known browsers", _days(KNOWN_BROWSER)),
        ("security log", f"{_LOG_DAYS} days (`CALENDRA_SECURITY_LOG_DAYS`)"),
    ],
)
def test_the_periods_are_those_of_the_program(data: str, kept: str) -> None:
    assert timedelta(days=1) == _GRACE
    row = re.search(
        rf"^\| {data}[^|]* \| [^|]+ \| ([^|]+) \|$", section("What is kept, and for how long"), re.MULTILINE
    )
    assert row is not None
    assert row[1] == kept


def test_every_figure_of_the_table_is_compared() -> None:
    table = section("What is kept, and for how long")
    rows = [line for line in table.splitlines() if re.search(r"\| \d+ (?:days|minutes)", line)]
    assert len(rows) == 7


def test_the_incidents_name_the_commands_that_help() -> None:
    """That each command exists, with these options, is the matter of test_links."""
    incidents = section("Incident response")
    named = {name for piece in code(incidents) for name in re.findall(r"calendra ([a-z-]+)", piece)}
    assert named >= {"end-account", "reset-link", "erase-connection", "rotate-keys", "doctor"}
    assert named <= main.commands.keys()


def test_the_guide_leads_here() -> None:
    assert "(zoom-review.md)" in GUIDE
    assert "(docs/providers/zoom-review.md)" in (ROOT / "README.md").read_text()
