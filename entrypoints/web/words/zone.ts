/** In which zone times are shown: the browser's, when it has one. */

let substitutes: string[] = [];

/** The person's zone, then the practice's: for browsers that do not say where they are. */
export function substituteZones(zones: string[]) {
  substitutes = zones;
}

export function viewersZone(): string {
  return browsersZone() ?? substitutes.find(isKnown) ?? 'UTC';
}

/** Null where the system's setting names no zone that the browser knows. */
export function browsersZone(): string | null {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone as string | undefined;
  return zone && isKnown(zone) ? zone : null;
}

/** The zone itself, or the viewer's if the browser does not know it: its list may be older than the server's. */
export function showableZone(zone: string): string {
  return isKnown(zone) ? zone : viewersZone();
}

const known = new Map<string, boolean>();

export function isKnown(zone: string): boolean {
  const before = known.get(zone);
  if (before !== undefined) return before;
  let knows = zone !== 'Etc/Unknown';
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    knows = false;
  }
  known.set(zone, knows);
  return knows;
}
