"""Accessibility by rule: axe-core with WCAG 2.2 A and AA."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.running import ROOT

_SOURCE = ROOT / "entrypoints/web/node_modules/axe-core/axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def _axe() -> str:
    return _SOURCE.read_text()


def has_no_violations(page: Page, place: str) -> None:
    page.wait_for_timeout(350)  # what fades in has other colours until it is there
    page.evaluate(_axe())
    found = page.evaluate("tags => axe.run(document, { runOnly: tags })", _TAGS)
    assert not found["violations"], "\n".join(_told(place, one) for one in found["violations"])


def _told(place: str, violation: dict[str, Any]) -> str:
    elements = "\n    ".join(node["html"][:200] for node in violation["nodes"][:3])
    return f"{place}: {violation['id']}: {violation['help']}\n    {elements}"
