/** How the calendar writes its times, days and titles. */
import { dateIn, todayIn } from '../booking/times.ts';
import type { View } from './address.ts';

type Format = Intl.DateTimeFormatOptions;

export const TIME = { hour: '2-digit', minute: '2-digit' } as const satisfies Format;
export const DAY_HEADER = { weekday: 'short', day: 'numeric' } as const satisfies Format;
export const WEEKDAY = { weekday: 'short' } as const satisfies Format;

const MONTH: Format = { month: 'long', year: 'numeric' };
const DAYS: Format = { day: 'numeric', month: 'short', year: 'numeric' };
const SHORT_DAYS: Format = { day: 'numeric', month: 'short' };
const SHORT_DAYS_OF_ANOTHER_YEAR: Format = { day: 'numeric', month: 'numeric', year: '2-digit' };
const ONE_DAY: Format = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
const SHORT_DAY: Format = { weekday: 'short', day: 'numeric', month: 'short' };

/** The title for the shown days. On a phone the year is left out where it is the present one. */
export function titleFormat(view: View, narrow: boolean, isThisYear: boolean): Format {
  if (view === 'dayGridMonth') return MONTH;
  if (view === 'timeGridDay') return narrow ? { ...SHORT_DAY, year: isThisYear ? undefined : 'numeric' } : ONE_DAY;
  if (!narrow) return DAYS;
  return isThisYear ? SHORT_DAYS : SHORT_DAYS_OF_ANOTHER_YEAR;
}

/** Whether all that is shown lies in the present year. */
export function liesInThisYear(range: { start: string; until: string }, zone: string): boolean {
  if (!range.start) return true;
  const last = new Date(Date.parse(range.until) - 1).toISOString();
  const year = todayIn(zone).slice(0, 4);
  return [range.start, last].every((one) => dateIn(one, zone).startsWith(year));
}
