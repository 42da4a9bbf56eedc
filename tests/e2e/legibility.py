"""What of a drawn session can be seen, measured in the browser."""

from dataclasses import dataclass

import msgspec
from playwright.sync_api import Locator, expect

PHONE = 390
THUMB, POINTER = 44, 24  # pixels: what can be hit

# Of the first line of a text: where its letters are. Then what is at their place, and which lines are cut through. A
# title is seen as a whole, or it begins: then its line ends in an ellipsis after some letters, 28 pixels.
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
  const seen = (name, least) => {
    const part = event.querySelector(`[data-part="${name}"]`);
    const line = part && lines(part)[0];
    if (!line || line.left < box.left - 1 || !uncut(line) || line.height < 10) return false;
    const shows = Math.min(line.right, box.right, part.getBoundingClientRect().right) - line.left;
    const enough = Math.min(line.width - 1, least);
    const middle = [line.left + shows / 2, line.top + line.height / 2];
    return shows >= enough && event.contains(document.elementFromPoint(...middle));
  };
  const shown = [...event.querySelectorAll('[data-part]')].flatMap(lines).filter((line) => line.left < box.right - 1);
  const cut = shown.filter((line) => !uncut(line)).length;
  const whole = Infinity;
  return {
    width: box.width, height: box.height, time: seen('time', whole), title: seen('title', whole),
    title_begins: seen('title', 28), cut,
  };
}
"""


@dataclass(frozen=True)
class Seen:
    """`cut` counts the lines of which a part is hidden."""

    width: float
    height: float
    time: bool
    title: bool
    title_begins: bool
    cut: int


def seen_of(event: Locator) -> Seen:
    return msgspec.convert(event.evaluate(_MEASURE), Seen, strict=False)


def must_be_read(event: Locator, width: int, *, title_may_end: bool = False) -> None:
    """In a window of this width: when it is, what it is, no line cut through, and room to hit it.

    The whole time and the whole first line of the title. `title_may_end` where both stand on one line that is too
    short for any title: it has to begin there, and the card and the form show the rest.
    """
    expect(event).to_be_visible()
    seen = seen_of(event)
    title = seen.title_begins if title_may_end else seen.title
    assert (seen.time, title, seen.cut) == (True, True, 0), f"{seen} of {event.text_content()}"
    least = THUMB if width == PHONE else POINTER
    assert min(seen.width, seen.height) >= least - 2, seen  # a border of a pixel on either side
