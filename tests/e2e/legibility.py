"""What of a drawn session can be seen, measured in the browser."""

from dataclasses import dataclass

import msgspec
from playwright.sync_api import Locator

# Of the first line of a text: where its letters are. Then what is at their place, and which lines are cut through.
_MEASURE = """
(event) => {
  event.scrollIntoView({ block: 'center', inline: 'center' });
  const box = event.getBoundingClientRect();
  const lines = (part) => {
    const range = document.createRange();
    range.selectNodeContents(part);
    return [...range.getClientRects()].filter((line) => line.width > 0);
  };
  const uncut = (line) => line.top >= box.top - 1 && line.bottom <= box.bottom + 1;
  const within = (line) => line.left >= box.left - 1 && line.right <= box.right + 1 && uncut(line);
  const seen = (name) => {
    const part = event.querySelector(`[data-part="${name}"]`);
    const line = part && lines(part)[0];
    if (!line || !within(line) || line.height < 10) return false;
    return event.contains(document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2));
  };
  const shown = [...event.querySelectorAll('[data-part]')].flatMap(lines).filter((line) => line.left < box.right - 1);
  const cut = shown.filter((line) => !uncut(line)).length;
  return { width: box.width, height: box.height, time: seen('time'), title: seen('title'), cut };
}
"""


@dataclass(frozen=True)
class Seen:
    """`cut` counts the lines of which a part is hidden."""

    width: float
    height: float
    time: bool
    title: bool
    cut: int


def seen_of(event: Locator) -> Seen:
    return msgspec.convert(event.evaluate(_MEASURE), Seen, strict=False)
