/** How wide a day has to be for the sessions that lie beside each other in it. */
import type { Session } from '../api/types';

export const MOST_LANES = 3; // the others stand behind "+2 more"
const LANE = 90; // pixels: a time and the beginning of a title
export const SLIMMEST = 124;

/** `shortest` is for how many minutes the shortest session stands in the calendar. */
export function dayWidth(sessions: Session[], shortest: number): number {
  const lanes = Math.min(mostAtOnce(sessions, shortest), MOST_LANES + 1);
  return Math.max(SLIMMEST, lanes * LANE);
}

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
