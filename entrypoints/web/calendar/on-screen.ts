/**
 * Where a new session begins: at the next usual time, when that or the present is on the screen, else in the morning of
 * what is. On a Sunday evening the next usual time lies in the week after the one that is shown.
 */
import type { Range } from '../api/queries';
import { dateIn, instantsOf, nextUsualSlot, weekdayOf } from '../booking/times.ts';
import { nowText } from '../words/now.ts';

const USUAL = { start: '09:00', end: '09:50' };

export function slotOnScreen(range: Range, zone: string): { start: string; end: string } {
  const { starts_at: start, ends_at: end } = instantsOf(nextUsualSlot(zone));
  if (!range.start || [start, nowText()].some((moment) => isWithin(moment, range))) return { start, end };
  const first = instantsOf({ ...USUAL, date: firstWorkday(range, zone), zone });
  return { start: first.starts_at, end: first.ends_at };
}

export function isWithin(instant: string, range: Range): boolean {
  const moment = Date.parse(instant);
  return moment >= Date.parse(range.start) && moment < Date.parse(range.until);
}

const DAY = 86_400_000;
const SATURDAY = 6;

function firstWorkday(range: Range, zone: string): string {
  const days: string[] = [];
  for (let moment = Date.parse(range.start); moment < Date.parse(range.until); moment += DAY) {
    days.push(dateIn(new Date(moment + DAY / 2).toISOString(), zone));
  }
  return days.find((day) => weekdayOf(day) < SATURDAY) ?? days[0] ?? '';
}
