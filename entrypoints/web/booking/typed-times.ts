/** The typed start or end of a session. */
import { readLength } from '../words/read-length.ts';
import { readTime, type WrongText } from '../words/read-time.ts';
import { endingAt, lasting, startingAt, type WallSlot } from './times.ts';

export type WrongTime = { wrong: WrongText | 'end_of_day' | 'length' | 'too_long' };

type TypedTime = { read: WallSlot } | WrongTime;

const LONGEST = 24 * 60; // minutes

/** A day begins at 00:00: 24:00 belongs to the day before. */
export function startTyped(slot: WallSlot, text: string, locale: string): TypedTime {
  if (readLength(text)) return { wrong: 'length' };
  const found = readTime(text, locale);
  if ('wrong' in found) return found;
  return found.read === '24:00' ? { wrong: 'end_of_day' } : { read: startingAt(slot, found.read) };
}

/** A time of day, 24:00 included, or how long the session lasts. */
export function endTyped(slot: WallSlot, text: string, locale: string): TypedTime {
  const minutes = readLength(text);
  if (minutes) return minutes > LONGEST ? { wrong: 'too_long' } : { read: lasting(slot, minutes) };
  const found = readTime(text, locale);
  return 'wrong' in found ? found : { read: endingAt(slot, found.read) };
}
