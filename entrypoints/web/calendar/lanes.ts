/** How wide a day is, and how many sessions lie beside each other in it. */
import type { Session } from '../api/types';
import type { View } from './address';

const MOST_LANES = 3; // the others stand behind "+2 more"
const LANE = 90; // pixels: a time and the beginning of a title
const SLIM_LANE = 60; // where all days have to fit: a time, and a title that breaks into lines
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
  return dayLayout(mostAtOnce(sessions, shortest), room, DAYS[view] ?? 7);
}

/** `room` is the width of the calendar; from a window of 1024 pixels on all of its days fit. */
export function dayLayout(atOnce: number, room: number, days: number): DayLayout {
  if (room < ALL_DAYS_FIT) {
    const lanes = Math.min(Math.max(atOnce, 1), MOST_LANES);
    const crowded = atOnce > MOST_LANES;
    return { width: Math.max(SLIMMEST, (lanes + (crowded ? 1 : 0)) * LANE), lanes: MOST_LANES, crowded };
  }
  const width = Math.floor((room - HOURS) / days);
  const fitting = lanesIn(width);
  const crowded = atOnce > fitting;
  return { width, lanes: crowded ? lanesIn(width - MORE) : fitting, crowded };
}

function lanesIn(width: number): number {
  return Math.min(Math.max(Math.floor(width / SLIM_LANE), 1), MOST_LANES);
}

/** `shortest` is for how many minutes the shortest session stands in the calendar. */
export function mostAtOnce(sessions: Pick<Session, 'starts_at' | 'ends_at'>[], shortest: number): number {
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
