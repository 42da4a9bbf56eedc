/** What of the calendar scrolls is reached and scrolled by keyboard, also where no session lies in it. */
import { type RefObject, useEffect } from 'react';

const SCROLLS = ['auto', 'scroll'];

export function useScroller(grid: RefObject<HTMLElement | null>, label: string, drawn: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each view has a scroller of its own
  useEffect(() => {
    const scroller = grid.current && scrollerOf(grid.current);
    if (!scroller) return;
    scroller.tabIndex = 0;
    scroller.dataset.scroller = '';
    // Between the row and the cells of a table no other role may stand.
    if (!scroller.role && !scroller.closest('[role="row"]')) scroller.role = 'region';
    scroller.ariaLabel = label;
  }, [label, drawn]);
}

/** The largest part that scrolls down. */
export function scrollerOf(grid: HTMLElement): HTMLElement | undefined {
  const parts = [...grid.querySelectorAll<HTMLElement>('div:not([data-session] *)')];
  const scrolling = parts.filter((one) => SCROLLS.includes(getComputedStyle(one).overflowY));
  const area = (one: HTMLElement) => one.clientWidth * one.clientHeight;
  return scrolling.toSorted((one, other) => area(other) - area(one))[0];
}
