"""What of a drawn session can be seen, measured in the browser."""

from dataclasses import dataclass

import msgspec
from playwright.sync_api import Locator, expect

PHONE = 390
THUMB, POINTER = 44, 24  # pixels: what can be hit

# Of the first line of a text: where its letters are. Then what is at their place, and which lines are cut through. The
# line of a title may end in an ellipsis after some letters, 28 pixels.
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
  const seen = (name) => {
    const part = event.querySelector(`[data-part="${name}"]`);
    const line = part && lines(part)[0];
    if (!line || line.left < box.left - 1 || !uncut(line) || line.height < 10) return false;
    const shows = Math.min(line.right, box.right, part.getBoundingClientRect().right) - line.left;
    const enough = name === 'time' ? line.width - 1 : Math.min(line.width - 1, 28);
    const middle = [line.left + shows / 2, line.top + line.height / 2];
    return shows >= enough && event.contains(document.elementFromPoint(...middle));
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


def must_be_read(event: Locator, width: int) -> None:
    """In a window of this width: when it is, what it is, no line cut through, and room to hit it."""
    expect(event).to_be_visible()
    seen = seen_of(event)
    assert (seen.time, seen.title, seen.cut) == (True, True, 0), f"{seen} of {event.text_content()}"
    least = THUMB if width == PHONE else POINTER
    assert min(seen.width, seen.height) >= least - 2, seen  # a border of a pixel on either side
