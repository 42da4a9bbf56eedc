import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Range } from '../api/queries';
import type { Session } from '../api/types';
import { todayIn } from '../booking/times';
import { nowText } from '../words/now';
import { firstDayFrom, firstMinute } from './first-look';
import { isWithin } from './on-screen';
import { scrollerOf } from './scroller';

interface Looking {
  grid: RefObject<HTMLElement | null>;
  view: string;
  range: Range;
  sessions: Session[];
  zone: string;
  /** Whether the sessions are those of the range, and drawn. */
  ready: boolean;
  /** A session that is pointed out is scrolled to instead. */
  points: boolean;
}

/** Once for each view and range: the hours from which something happens, or in the list the day that it is. */
export function useFirstLook({ grid, view, range, sessions, zone, ready, points }: Looking) {
  const looked = useRef('');
  useLayoutEffect(() => {
    const place = `${view} ${range.start}`;
    if (!ready || !range.start || looked.current === place) return;
    looked.current = place;
    if (points || view === 'dayGridMonth' || !grid.current) return;
    if (!view.startsWith('list')) showMinute(grid.current, firstMinute({ sessions, range, zone, now: nowText() }));
    else if (isWithin(nowText(), range)) showDay(grid.current, todayIn(zone));
  });
}

const A_DAY = 24 * 60; // minutes

function showMinute(grid: HTMLElement, minute: number) {
  const scroller = scrollerOf(grid);
  if (scroller) scroller.scrollTop = (scroller.scrollHeight * minute) / A_DAY;
}

function showDay(grid: HTMLElement, today: string) {
  const days = [...grid.querySelectorAll<HTMLElement>('.list-day-header')];
  const first = firstDayFrom(
    days.map((day) => day.dataset.date ?? ''),
    today,
  );
  const day = days.find((one) => one.dataset.date === first);
  const scroller = scrollerOf(grid);
  if (!first || !day || !scroller) return;
  scroller.scrollTop += day.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
