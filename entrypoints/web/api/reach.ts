/** Whether the server can be reached, found out by every request and, while it cannot, by a light ping. */
import { useSyncExternalStore } from 'react';

/** `offline`: this device has no network. `silent`: it has, and the server does not answer. */
export type Reach = 'reached' | 'offline' | 'silent';

const PING = '/health/live';
const PATIENCE = 5_000; // milliseconds that a ping may take
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000]; // between pings

let reach: Reach = navigator.onLine ? 'reached' : 'offline';
let tries = 0;
let timer: number | undefined;
let asking: Promise<void> | undefined;
const watchers = new Set<() => void>();
const healers = new Set<() => void>();

function become(next: Reach) {
  if (next === reach) return;
  const healed = next === 'reached';
  reach = next;
  for (const watcher of watchers) watcher();
  if (healed) for (const healer of healers) healer();
}

/** An answer arrived, with any status. */
export function noteAnswer() {
  tries = 0;
  window.clearTimeout(timer);
  become('reached');
}

/** A request failed, or the event stream broke: one ping decides whether the server is there. */
export function noteSilence() {
  if (asking || (reach !== 'reached' && timer)) return;
  void ask();
}

/** Pings at once, and again and again until an answer comes. Never rejects. */
export function ask(): Promise<void> {
  window.clearTimeout(timer);
  timer = undefined;
  asking ??= pinged().then((answered) => {
    asking = undefined;
    if (answered) return noteAnswer();
    become(navigator.onLine ? 'silent' : 'offline');
    const pause = PAUSES[Math.min(tries++, PAUSES.length - 1)] ?? 0;
    timer = window.setTimeout(() => void ask(), pause * (1 + Math.random() / 4)); // open pages do not ask in step
  });
  return asking;
}

async function pinged(): Promise<boolean> {
  try {
    const answer = await fetch(PING, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Called each time that the server can be reached again. Returns how to stop it. */
export function onHealed(healer: () => void): () => void {
  healers.add(healer);
  return () => healers.delete(healer);
}

export function isReached(): boolean {
  return reach === 'reached';
}

export function useReach(): Reach {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => reach,
  );
}

window.addEventListener('offline', () => become('offline'));
window.addEventListener('online', () => void ask());
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && reach !== 'reached') void ask();
});
if (reach !== 'reached') void ask();
