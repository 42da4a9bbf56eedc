/** How wide a day is, and how many sessions lie beside each other in it. */
import type { Session } from '../api/types';
import type { View } from './address';

const MOST_LANES = 3; // the others stand behind "+2 more"
const LANE = 90; // pixels: a time and the beginning of a title
const SLIM_LANE = 60; // where all days have to fit: a time, and a title that breaks into lines below it
const ONE_LINE_LANE = 73; // the same for a session with room for one line only: a time and the beginning of a title
const TWO_LINES = 40; // pixels of height
const MORE = 36; // "+2 more" beside the lanes
const HOURS = 80; // the hours on the left and the bar to scroll on the right
const SLIMMEST = 124;

/** Pixels: half an hour, the least height of a session, which has to be hit, and a consultant's column. */
export const ROOMY = { slot: 48, least: 24, column: 150 };
export const FOR_THUMBS = { slot: 60, least: 44, column: 132 };

const DAYS: Partial<Record<View, number>> = { timeGridDay: 1, workWeek: 5 };
const ALL_DAYS_FIT = 7 * SLIMMEST + HOURS; // a window of 1024 pixels

export interface DayLayout {
  /** The least width of a day. */
  width: number;
  lanes: number;
  /** Whether some stand behind "+2 more". */
  crowded: boolean;
}

/** By the view and what lies in it. `shortest` is for how many minutes the shortest session stands there. */
export function sizesOf(
  view: View,
  inColumns: boolean,
  sessions: Session[],
  sizes: typeof ROOMY,
  room: number,
): DayLayout | (Omit<DayLayout, 'lanes'> & { lanes: undefined }) {
  if (inColumns) return { width: sizes.column, lanes: undefined, crowded: false };
  if (view === 'dayGridMonth') return { width: SLIMMEST, lanes: MOST_LANES, crowded: false };
  const shortest = (sizes.least * 30) / sizes.slot;
  const short = (TWO_LINES * 30) / sizes.slot;
  const slim = hasShortBeside(sessions, short, shortest) ? ONE_LINE_LANE : SLIM_LANE;
  return dayLayout(mostAtOnce(sessions, shortest), room, DAYS[view] ?? 7, slim);
}

/** `room` is the width of the calendar; from a window of 1024 pixels on all of its days fit. */
export function dayLayout(atOnce: number, room: number, days: number, slim = SLIM_LANE): DayLayout {
  if (room < ALL_DAYS_FIT) {
    const lanes = Math.min(Math.max(atOnce, 1), MOST_LANES);
    const crowded = atOnce > MOST_LANES;
    return { width: Math.max(SLIMMEST, (lanes + (crowded ? 1 : 0)) * LANE), lanes: MOST_LANES, crowded };
  }
  const width = Math.floor((room - HOURS) / days);
  const fitting = lanesIn(width, slim);
  const crowded = atOnce > fitting;
  return { width, lanes: crowded ? lanesIn(width - MORE, slim) : fitting, crowded };
}

function lanesIn(width: number, slim: number): number {
  return Math.min(Math.max(Math.floor(width / slim), 1), MOST_LANES);
}

type Times = Pick<Session, 'starts_at' | 'ends_at'>;

/** Whether a session of less than `short` minutes lies beside another one. */
export function hasShortBeside(sessions: Times[], short: number, shortest: number): boolean {
  const spans = sessions.map((one) => {
    const [start, end] = [Date.parse(one.starts_at), Date.parse(one.ends_at)];
    return { start, end: Math.max(end, start + shortest * 60_000), isShort: end - start < short * 60_000 };
  });
  return spans.some(
    (one) => one.isShort && spans.some((other) => other !== one && one.start < other.end && other.start < one.end),
  );
}

/** `shortest` is for how many minutes the shortest session stands in the calendar. */
export function mostAtOnce(sessions: Times[], shortest: number): number {
  const moments: [number, number][] = [];
  for (const one of sessions) {
    const start = Date.parse(one.starts_at);
    moments.push([start, 1], [Math.max(Date.parse(one.ends_at), start + shortest * 60_000), -1]);
  }
  moments.sort(([at, step], [other, next]) => at - other || step - next);
  let now = 0;
  let most = 0;
  for (const [, step] of moments) {
    now += step;
    most = Math.max(most, now);
  }
  return most;
}
