/** Warnings of what a person may not have meant, shown before saving. None prevents it. */
import { Temporal } from 'temporal-polyfill';
import { instantsOf, isPast, lengthOf, todayIn, type WallSlot } from './times.ts';

export type Warning = 'past' | 'far' | 'long';

const LONG = 4 * 60; // minutes

export function warningsOf(slot: WallSlot): Warning[] {
  const found: Warning[] = [];
  if (isPast(instantsOf(slot).starts_at)) found.push('past');
  if (Temporal.PlainDate.compare(slot.date, Temporal.PlainDate.from(todayIn(slot.zone)).add({ years: 1 })) > 0) {
    found.push('far');
  }
  if (lengthOf(slot) > LONG) found.push('long');
  return found;
}

/** Only the person knows whether the next day is meant or a slip. */
export function endsBeforeStart(slot: WallSlot): boolean {
  return lengthOf(slot) <= 0;
}

export function daysFromToday(slot: WallSlot): number {
  return Temporal.PlainDate.from(todayIn(slot.zone)).until(slot.date).days;
}
