/** At which time of the day the calendar is opened. */
import { timeIn } from '../booking/times.ts';

interface Look {
  sessions: { starts_at: string }[];
  range: { start: string; until: string };
  zone: string;
  now: string;
}

const USUAL = 7 * 60 + 30; // minutes, by default
const [DAWN, NIGHT] = [6 * 60, 22 * 60]; // the view never opens outside of these hours
const BEFORE_NOW = 60;
const BEFORE_A_SESSION = 15;
const STEP = 30;

/** An hour before now or just before the first session, whichever is earlier. Minutes since midnight. */
export function firstMinute({ sessions, range, zone, now }: Look): number {
  const within = (instant: string) =>
    Date.parse(instant) >= Date.parse(range.start) && Date.parse(instant) < Date.parse(range.until);
  const starts = sessions.filter((one) => within(one.starts_at)).map((one) => minuteOf(one.starts_at, zone));
  const looks = starts.map((minute) => minute - BEFORE_A_SESSION);
  const present = minuteOf(now, zone);
  if (within(now) && present >= DAWN && present < NIGHT) looks.push(present - BEFORE_NOW);
  const first = looks.length ? Math.max(Math.min(...looks), 0) : USUAL;
  return first - (first % STEP);
}

/** The first of the days in the list that is not over, or none. */
export function firstDayFrom(days: string[], today: string): string | undefined {
  return days.find((day) => day >= today);
}

function minuteOf(instant: string, zone: string): number {
  const [hour = 0, minute = 0] = timeIn(instant, zone).split(':').map(Number);
  return hour * 60 + minute;
}
