/** What of the calendar scrolls. It stands between a row and its cells, where nothing may take the focus; so the whole
 * calendar takes it, and scrolls what is inside by the usual keys. */
import type { KeyboardEvent } from 'react';

const SCROLLS = ['auto', 'scroll'];
const LINE = 48; // pixels: half an hour
const SCREEN = 0.9; // the rest of the previous screen stays visible

/** The largest part that scrolls down. */
export function scrollerOf(grid: HTMLElement): HTMLElement | undefined {
  const parts = [...grid.querySelectorAll<HTMLElement>('div:not([data-session] *)')];
  const scrolling = parts.filter((one) => SCROLLS.includes(getComputedStyle(one).overflowY));
  const area = (one: HTMLElement) => one.clientWidth * one.clientHeight;
  return scrolling.toSorted((one, other) => area(other) - area(one))[0];
}

export function scrollByKey(event: KeyboardEvent<HTMLElement>) {
  if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
  const scroller = scrollerOf(event.currentTarget);
  const way = scroller && wayOf(event, scroller);
  if (!scroller || way === undefined) return;
  event.preventDefault();
  scroller.scrollBy({ top: way });
}

function wayOf({ key, shiftKey }: KeyboardEvent, scroller: HTMLElement): number | undefined {
  const screen = scroller.clientHeight * SCREEN;
  const ways: Record<string, number> = {
    ArrowDown: LINE,
    ArrowUp: -LINE,
    PageDown: screen,
    PageUp: -screen,
    ' ': shiftKey ? -screen : screen,
    End: scroller.scrollHeight,
    Home: -scroller.scrollHeight,
  };
  return ways[key];
}
