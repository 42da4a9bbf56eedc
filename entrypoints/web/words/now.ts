/** The present time: the browser's clock, corrected by the server's if it is far off. */

const TOLERATED = 2 * 60_000; // milliseconds; no session depends on less
const SLOW = 10_000; // an answer that took longer, perhaps while the machine slept, is no measure of the present time

let ahead = 0;
const listeners = new Set<() => void>();

export function now(): number {
  return Date.now() - ahead;
}

export function nowText(): string {
  return new Date(now()).toISOString();
}

/** By how many milliseconds the browser's clock is ahead of the server's; 0 where that is no matter. */
export function clockAhead(): number {
  return ahead;
}

/** From the `Date` of an answer, and when by the browser's clock it was asked for. */
export function learnServerTime(date: string | null, askedAt: number, answeredAt = Date.now()) {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server) || Math.abs(answeredAt - askedAt) > SLOW) return;
  const found = answeredAt - server;
  const next = Math.abs(found) > TOLERATED ? found : 0;
  const changed = Math.abs(next - ahead) > TOLERATED;
  if (changed) ahead = next;
  if (changed) for (const listener of listeners) listener();
}

export function onClockChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
