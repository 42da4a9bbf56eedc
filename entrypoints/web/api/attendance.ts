/** Whether a person is at the page: what the page does by itself must not keep a login alive. */

const ATTENDED = 10_000; // milliseconds after a person's touch in which a request counts as theirs
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

let touched = Number.NEGATIVE_INFINITY;
let used = Number.NEGATIVE_INFINITY;
const watchers = new Set<() => void>();

export function isAttended(): boolean {
  return Date.now() - touched < ATTENDED;
}

/** A request is sent that extends the login. */
export function noteUse() {
  used = Date.now();
}

/** Milliseconds since the last request that extended the login. */
export function sinceUse(): number {
  return Date.now() - used;
}

/** Called when the person touches the page, often. Returns how to stop it. */
export function onTouched(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function touch(event: Event) {
  if (!event.isTrusted) return;
  touched = Date.now();
  for (const watcher of watchers) watcher();
}

for (const input of INPUTS) window.addEventListener(input, touch, { capture: true, passive: true });
