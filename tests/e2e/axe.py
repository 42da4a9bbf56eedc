"""Accessibility by rule: axe-core with WCAG 2.2 A and AA."""

from functools import cache
from typing import Any

from playwright.sync_api import Page, expect

from tests.real_processes import ROOT

_SOURCE = ROOT / "entrypoints/web/node_modules/axe-core/axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_ABOUT_COLOURS = ["color-contrast", "link-in-text-block"]
_COLOURS_ARE_THERE = """
async () => {
  const ends = (one) => one.effect?.getComputedTiming().endTime !== Infinity;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished));
}
"""


@cache
def _axe() -> str:
    return _SOURCE.read_text()


def has_no_violations(page: Page, place: str) -> None:
    page.wait_for_timeout(350)  # what fades in has other colours until it is there
    _run(page, place, {"runOnly": _TAGS})


def has_no_violations_in_light_and_dark(page: Page, place: str) -> None:
    """The dark page is the same one in other colours, so that only the rules about colours are asked again."""
    has_no_violations(page, f"{place}, light")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.evaluate(_COLOURS_ARE_THERE)
    _run(page, f"{place}, dark", {"runOnly": {"type": "rule", "values": _ABOUT_COLOURS}})
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "light")
    page.evaluate(_COLOURS_ARE_THERE)


def _run(page: Page, place: str, how: dict[str, Any]) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate("how => axe.run(document, how)", how)
    assert not found["violations"], "\n".join(_told(place, one) for one in found["violations"])


def _told(place: str, violation: dict[str, Any]) -> str:
    elements = "\n    ".join(node["html"][:200] for node in violation["nodes"][:3])
    return f"{place}: {violation['id']}: {violation['help']}\n    {elements}"
