"""The Zoom guide asks for exactly the scopes and addresses that the program uses."""

import re

from adapters.zoom.scopes import SCOPES
from entrypoints.http.webhooks import receive_webhook_event_here
from entrypoints.meeting_providers import callback_address
from tests.in_memory_app import SETTINGS
from tests.integration.docs.texts import ROOT

GUIDE = (ROOT / "docs" / "providers" / "zoom.md").read_text()


def test_the_scopes_are_ours_and_each_has_a_row() -> None:
    rows = re.findall(r"^\| `([a-z_:]+:[a-z_:]+)` \|", GUIDE, re.MULTILINE)
    assert sorted(rows) == sorted(scope.name for scope in SCOPES)


def test_no_other_scope_is_mentioned() -> None:
    named = set(re.findall(r"\b(?:meeting|user):[a-z]+:[a-z_]+\b", GUIDE))
    assert named == {scope.name for scope in SCOPES}


def test_the_addresses_are_those_that_answer() -> None:
    (webhook_events,) = receive_webhook_event_here.paths
    back = callback_address(SETTINGS, "zoom").removeprefix(SETTINGS.public_address)
    for path in (webhook_events.replace("{provider:str}", "zoom"), back):
        assert f"https://calendra.example.com{path}\n" in GUIDE
