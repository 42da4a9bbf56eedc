"""The texts of the project, and what in them can be checked."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
TEXTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def name(text: Path) -> str:
    return str(text.relative_to(ROOT))


def links(text: str) -> list[str]:
    return _LINK.findall(_SPAN.sub("", _FENCE.sub("", text)))


def spans(text: str) -> list[str]:
    """What stands between backticks in running text."""
    return _SPAN.findall(_FENCE.sub("", text))


def code(text: str) -> Iterator[str]:
    """Everything that a reader may type: code blocks and spans."""
    yield from (block.group() for block in _FENCE.finditer(text))
    yield from spans(text)


def anchors(text: str) -> set[str]:
    """As GitHub makes them from headings."""
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        for heading in _HEADING.findall(_FENCE.sub("", text))
    }
