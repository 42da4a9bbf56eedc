/** The times that the lists of a session's start and end offer: all that the clocks show, doubled hours twice. */
import { offsetText, timeFieldText, weekdayText } from '../words/dates.ts';
import {
  comesTwice,
  endDateOf,
  type Fold,
  instantsOf,
  lasting,
  lengthOf,
  onDate,
  shifted,
  startingAt,
  type WallSlot,
  wallSlot,
} from './times.ts';

export interface Offer {
  /** The instant. */
  key: string;
  /** As the field shows it. */
  text: string;
  /** The note beside it: the length, another day, the offset of an hour that occurs twice. */
  notes: string[];
  slot: WallSlot;
}

const STEP = 15; // minutes
const USUAL = 50;
const LONGEST = 24 * 60;

export function startOffers(slot: WallSlot, locale: string): Offer[] {
  const midnight = instantsOf({ ...onDate(slot, slot.date), start: '00:00' }).starts_at;
  const present = instantsOf(slot).starts_at;
  const moments = new Set([present]);
  for (let moment = midnight, next = moment; ; moment = next) {
    const { date } = wallSlot(moment, moment, slot.zone);
    if (date > slot.date) break;
    moments.add(moment);
    next = zoned(shifted(moment, STEP), slot.zone);
  }
  return sorted(moments).map((key) => {
    const { start, startFold } = wallSlot(key, key, slot.zone);
    return {
      key,
      text: timeFieldText(start, locale),
      notes: doubled(slot.date, start, slot.zone, key, locale),
      slot: startingAt(slot, start, startFold),
    };
  });
}

export function endOffers(slot: WallSlot, locale: string, lengthText: (minutes: number) => string): Offer[] {
  const lengths = new Set([USUAL, lengthOf(slot)]);
  for (let minutes = STEP; minutes <= LONGEST; minutes += STEP) lengths.add(minutes);
  return [...lengths]
    .filter((minutes) => minutes > 0)
    .sort((one, other) => one - other)
    .map((minutes) => {
      const ended = lasting(slot, minutes);
      const { end, endsNextDay, zone } = ended;
      const key = instantsOf(ended).ends_at;
      const notes = [lengthText(minutes), ...doubled(endDateOf(ended), end, zone, key, locale)];
      if (endsNextDay) notes.push(weekdayText(endDateOf(ended), locale, 'short'));
      return { key, text: timeFieldText(end, locale), notes, slot: ended };
    });
}

/** Both instants of a time that the clocks show twice, each named with its offset; none for any other. */
export function bothHours(date: string, time: string, zone: string, locale: string): { fold: Fold; name: string }[] {
  if (!comesTwice(date, time, zone)) return [];
  return ([0, 1] as const).map((fold) => {
    const { starts_at } = instantsOf({ date, start: time, end: time, zone, startFold: fold });
    return { fold, name: offsetText(zone, locale, starts_at) };
  });
}

function doubled(date: string, time: string, zone: string, instant: string, locale: string): string[] {
  return comesTwice(date, time, zone) ? [offsetText(zone, locale, instant)] : [];
}

function zoned(instant: string, zone: string): string {
  return instantsOf(wallSlot(instant, instant, zone)).starts_at;
}

function sorted(instants: Set<string>): string[] {
  return [...instants].sort((one, other) => Date.parse(one) - Date.parse(other));
}
