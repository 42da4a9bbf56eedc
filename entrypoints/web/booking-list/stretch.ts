/** The stretch of time that the list covers. One question may span 400 days, so the list goes on stretch by stretch. */
import { Temporal } from 'temporal-polyfill';
import type { Range } from '../api/queries';
import type { When } from './filter';

const LONGEST = { hours: 400 * 24 };

/** `further` counts the stretches between it and now. */
export function stretchOf(when: When, further: number, now: string): Range {
  const length = Temporal.Duration.from(LONGEST);
  let near = Temporal.Instant.from(now);
  for (let step = 0; step < further; step += 1) near = onwards(near, length, when);
  const far = onwards(near, length, when);
  return when === 'past'
    ? { start: far.toString(), until: near.toString() }
    : { start: near.toString(), until: far.toString() };
}

function onwards(from: Temporal.Instant, length: Temporal.Duration, when: When): Temporal.Instant {
  return when === 'past' ? from.subtract(length) : from.add(length);
}
