/** Wall clock times of a zone and the instants they mean, over every change of the clocks. */
import { Temporal } from 'temporal-polyfill';
import { now, nowText } from '../words/now.ts';
import { showableZone } from '../words/zone.ts';

export { viewersZone } from '../words/zone.ts';

/** As people write it: date `2027-03-29`, times `09:00`. */
export interface WallSlot {
  date: string;
  start: string;
  end: string;
  zone: string;
  /** Whether it ends on the day after `date`. Only a person or an instant decides it; it is never guessed. */
  endsNextDay?: boolean;
  /** 1 for the second of two equal clock times, as in PEP 495. */
  startFold?: Fold;
  endFold?: Fold;
}

export type Fold = 0 | 1;

export interface Instants {
  starts_at: string;
  ends_at: string;
}

export function wallSlot(startsAt: string, endsAt: string, wantedZone: string): WallSlot {
  const zone = showableZone(wantedZone);
  const [start, end] = [inZone(startsAt, zone), inZone(endsAt, zone)];
  return {
    date: dayOf(start),
    start: timeOf(start),
    end: timeOf(end),
    zone,
    endsNextDay: dayOf(end) > dayOf(start),
    startFold: foldOf(start),
    endFold: foldOf(end),
  };
}

/** RFC 3339 with the offset that the zone has then. */
export function instantsOf(slot: WallSlot): Instants {
  const { start, end } = momentsOf(slot);
  return { starts_at: rfc3339(start), ends_at: rfc3339(end) };
}

export function minutesBetween(startsAt: string, endsAt: string): number {
  return (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000;
}

/** Negative where the end lies before the start. */
export function lengthOf(slot: WallSlot): number {
  const { start, end } = momentsOf(slot);
  return (end.epochMilliseconds - start.epochMilliseconds) / 60_000;
}

/** From another time on. The length stays. */
export function startingAt(slot: WallSlot, start: string, startFold: Fold = 0): WallSlot {
  const begun: WallSlot = { ...slot, start, startFold };
  const length = lengthOf(slot);
  if (length <= 0) return begun; // an end before the start still needs the person's decision
  const moment = at(slot.date, start, slot.zone, startFold);
  return { ...wallSlot(rfc3339(moment), rfc3339(moment.add({ minutes: length })), slot.zone), ...pick(begun) };
}

/** The start as it was typed, also where the clocks skip it. */
function pick({ date, start, startFold }: WallSlot) {
  return { date, start, startFold };
}

/** Ending so many minutes after the start. */
export function lasting(slot: WallSlot, minutes: number): WallSlot {
  const { starts_at } = instantsOf(slot);
  const { end, endsNextDay, endFold } = wallSlot(starts_at, shifted(starts_at, minutes), slot.zone);
  return { ...slot, end, endsNextDay, endFold };
}

/** With another end; 24:00 is midnight at the end of the day. It stays on the next day only where it was there; of two equal times the first after the start. */
export function endingAt(slot: WallSlot, end: string): WallSlot {
  if (end === '24:00') return { ...slot, end: '00:00', endsNextDay: true, endFold: 0 };
  const sameDay: WallSlot = { ...slot, end, endsNextDay: false, endFold: 0 };
  const second: WallSlot = { ...sameDay, endFold: 1 };
  if (lengthOf(sameDay) > 0) return sameDay;
  if (comesTwice(slot.date, end, slot.zone) && lengthOf(second) > 0) return second;
  return { ...sameDay, endsNextDay: slot.endsNextDay };
}

/** On another day by the same clock times. */
export function onDate(slot: WallSlot, date: string): WallSlot {
  return { ...slot, date, startFold: 0, endFold: 0 };
}

/** The time that is meant instead, when the clocks jump over this one. */
export function insteadOf(date: string, time: string, zone: string): string | null {
  const meant = timeOf(at(date, time, zone));
  return meant === time ? null : meant;
}

/** Whether the clocks show this time twice on that day. */
export function comesTwice(date: string, time: string, zone: string): boolean {
  return offsetsAt(date, time, zone).length > 1;
}

/** `+02:00` and `+01:00` where the clocks show this time twice. */
export function offsetsAt(date: string, time: string, zone: string): string[] {
  const both = ([0, 1] as const).map((fold) => at(date, time, zone, fold));
  if (both.some((moment) => timeOf(moment) !== time)) return [];
  return [...new Set(both.map((moment) => moment.offset))];
}

export function endDateOf({ date, endsNextDay }: WallSlot): string {
  return endsNextDay ? Temporal.PlainDate.from(date).add({ days: 1 }).toString() : date;
}

export function timeAfter(time: string, minutes: number): string {
  return Temporal.PlainTime.from(time).add({ minutes }).toString({ smallestUnit: 'minute' });
}

const OPENS = 8;
const CLOSES = 19;

/** The same length, from another moment on. */
export function movedTo(slot: WallSlot, moment: string): WallSlot {
  return wallSlot(moment, shifted(moment, Math.max(lengthOf(slot), 0)), slot.zone);
}

/** The initial time of a new session: the next half hour of a working day, `minutes` long. */
export function nextUsualSlot(zone: string, minutes = 50): WallSlot {
  const present = presentIn(zone);
  let start = present
    .add({ minutes: 30 - (present.minute % 30) })
    .round({ smallestUnit: 'minute', roundingMode: 'floor' });
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
  return Date.parse(instant) <= now();
}

/** On which day of a zone an instant lies. */
export function dateIn(instant: string, zone: string): string {
  return dayOf(inZone(instant, zone));
}

/** The local time of a zone at an instant: `09:00`. */
export function timeIn(instant: string, zone: string): string {
  return timeOf(inZone(instant, zone));
}

/** 1 for Monday to 7. */
export function weekdayOf(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

export function todayIn(zone: string): string {
  return dayOf(presentIn(zone));
}

/** Whether two zones show the same clock at that instant. */
export function sameClock(one: string, other: string, instant = nowText()): boolean {
  return inZone(instant, one).offset === inZone(instant, other).offset;
}

function momentsOf(slot: WallSlot) {
  return {
    start: at(slot.date, slot.start, slot.zone, slot.startFold),
    end: at(endDateOf(slot), slot.end, slot.zone, slot.endFold),
  };
}

function inZone(instant: string, zone: string) {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(showableZone(zone));
}

function presentIn(zone: string) {
  return Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(showableZone(zone));
}

/** A time that the clocks skip means the one after the gap, whichever fold is asked for. */
function at(date: string, time: string, zone: string, fold: Fold = 0) {
  const disambiguation = fold ? 'later' : 'compatible';
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(showableZone(zone), { disambiguation });
}

function foldOf(moment: Temporal.ZonedDateTime): Fold {
  return moment.toPlainDateTime().toZonedDateTime(moment.timeZoneId).equals(moment) ? 0 : 1;
}

function dayOf(moment: Temporal.ZonedDateTime): string {
  return moment.toPlainDate().toString();
}

function timeOf(moment: Temporal.ZonedDateTime): string {
  return moment.toPlainTime().toString({ smallestUnit: 'minute' });
}

function rfc3339(moment: Temporal.ZonedDateTime): string {
  return moment.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
