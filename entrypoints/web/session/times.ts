/** Wall clock times of a zone and the instants they mean, over every change of the clocks. */
import { Temporal } from 'temporal-polyfill';

/** As people write it: date `2027-03-29`, times `09:00`. An end before the start lies on the next day. */
export interface WallSlot {
  date: string;
  start: string;
  end: string;
  zone: string;
}

export interface Instants {
  starts_at: string;
  ends_at: string;
}

export function wallSlot(startsAt: string, endsAt: string, zone: string): WallSlot {
  const start = inZone(startsAt, zone);
  return { date: start.toPlainDate().toString(), start: timeOf(start), end: timeOf(inZone(endsAt, zone)), zone };
}

/** RFC 3339 with the offset that the zone has then. */
export function instantsOf({ date, start, end, zone }: WallSlot): Instants {
  const endDate = end > start ? date : Temporal.PlainDate.from(date).add({ days: 1 }).toString();
  return { starts_at: rfc3339(at(date, start, zone)), ends_at: rfc3339(at(endDate, end, zone)) };
}

/** The time that is meant instead, when the clocks jump over this one. */
export function insteadOf(date: string, time: string, zone: string): string | null {
  const meant = timeOf(at(date, time, zone));
  return meant === time ? null : meant;
}

/** Whether the clocks show this time twice on that day. The first of the two is meant. */
export function comesTwice(date: string, time: string, zone: string): boolean {
  const plain = Temporal.PlainDateTime.from(`${date}T${time}`);
  const [earlier, later] = [
    plain.toZonedDateTime(zone, { disambiguation: 'earlier' }),
    plain.toZonedDateTime(zone, { disambiguation: 'later' }),
  ];
  return !earlier.equals(later) && timeOf(earlier) === time && timeOf(later) === time;
}

/** `HH:MM`, or null when it is no time of day. */
export function readTime(typed: string): string | null {
  const parts = /^\s*(\d{1,2})\s*[:.h]?\s*(\d{2})?\s*(a\.?m\.?|p\.?m\.?)?\s*$/i.exec(typed);
  if (!parts) return null;
  let hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  const half = parts[3]?.[0]?.toLowerCase();
  if (half && (hour < 1 || hour > 12)) return null;
  if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export function minutesBetween(start: string, end: string): number {
  const [from, to] = [Temporal.PlainTime.from(start), Temporal.PlainTime.from(end)];
  const minutes = from.until(to).total('minutes');
  return minutes > 0 ? minutes : minutes + 24 * 60;
}

export function timeAfter(time: string, minutes: number): string {
  return Temporal.PlainTime.from(time).add({ minutes }).toString({ smallestUnit: 'minute' });
}

const OPENS = 8;
const CLOSES = 19;

/** The same length, from another moment on. */
export function movedTo({ start, end, zone }: WallSlot, moment: string): WallSlot {
  const moved = wallSlot(moment, moment, zone);
  return { ...moved, end: timeAfter(moved.start, minutesBetween(start, end)) };
}

/** What a new session begins with: the next half hour of a working day, `minutes` long. */
export function nextUsualSlot(zone: string, minutes = 50): WallSlot {
  const now = Temporal.Now.zonedDateTimeISO(zone);
  let start = now.add({ minutes: 30 - (now.minute % 30) }).round({ smallestUnit: 'minute', roundingMode: 'floor' });
  if (start.hour >= CLOSES) start = start.add({ days: 1 });
  if (start.hour < OPENS || start.hour >= CLOSES) start = start.with({ hour: OPENS + 1, minute: 0 });
  return wallSlot(rfc3339(start), rfc3339(start.add({ minutes })), zone);
}

export function shifted(instant: string, minutes: number): string {
  return Temporal.Instant.from(instant).add({ minutes }).toString();
}

/** The same wall time some days later, which may be 23 or 25 hours away. */
export function daysLater(instant: string, days: number, zone: string): string {
  return rfc3339(inZone(instant, zone).add({ days }));
}

export function isPast(instant: string): boolean {
  return Date.parse(instant) <= Date.now();
}

export function viewersZone(): string {
  return Temporal.Now.timeZoneId();
}

/** Whether two zones show the same clock at that instant. */
export function sameClock(one: string, other: string, instant = Temporal.Now.instant().toString()): boolean {
  return inZone(instant, one).offset === inZone(instant, other).offset;
}

function inZone(instant: string, zone: string) {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
}

function at(date: string, time: string, zone: string) {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone);
}

function timeOf(moment: Temporal.ZonedDateTime): string {
  return moment.toPlainTime().toString({ smallestUnit: 'minute' });
}

function rfc3339(moment: Temporal.ZonedDateTime): string {
  return moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
