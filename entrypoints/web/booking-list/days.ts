/** Sessions by the day on which they begin, in the practice's zone. */
import { Temporal } from 'temporal-polyfill';
import type { Session } from '../api/types';
import { todayIn } from '../booking/times';
import { timeText } from '../words/dates';
import { showableZone } from '../words/zone';

export interface Day {
  /** As in `2027-03-29`. */
  date: string;
  sessions: Session[];
}

/** In the order in which the sessions come. */
export function daysOf(sessions: Session[], zone: string): Day[] {
  const days: Day[] = [];
  for (const session of sessions) {
    const date = dateOf(session.starts_at, zone);
    const last = days.at(-1);
    if (last?.date === date) last.sessions.push(session);
    else days.push({ date, sessions: [session] });
  }
  return days;
}

/** -1 for yesterday, 0 for today, 1 for tomorrow. */
export function daysFromToday(date: string, zone: string): number {
  return Temporal.PlainDate.from(todayIn(zone)).until(date).days;
}

/** With its year only where that is not the present one. */
export function dateText(date: string, zone: string, locale: string): string {
  const day = Temporal.PlainDate.from(date);
  const year = day.year === Temporal.PlainDate.from(todayIn(zone)).year ? undefined : 'numeric';
  const style = { weekday: 'long', day: 'numeric', month: 'long', year, timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(`${date}T12:00:00Z`));
}

/** “09:00 – 09:50”, and the weekday where the end lies on another day. */
export function timesText(session: Session, zone: string, locale: string): string {
  const { starts_at, ends_at } = session;
  const end = timeText(ends_at, zone, locale);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: showableZone(zone) }).format(
    new Date(ends_at),
  );
  const sameDay = dateOf(starts_at, zone) === dateOf(ends_at, zone);
  return `${timeText(starts_at, zone, locale)} – ${sameDay ? end : `${weekday} ${end}`}`;
}

function dateOf(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(showableZone(zone)).toPlainDate().toString();
}
