/** The practice with whose account somebody signed in here. The sign-in page then offers it, before anybody says who
 * they are. */
import { useSyncExternalStore } from 'react';

const KEY = 'calendra-practice';
const CHANGED = 'calendra-practice-changed';

export interface KnownPractice {
  id: string;
  name: string;
}

export function rememberPractice(practice: KnownPractice | null) {
  if (practice) localStorage.setItem(KEY, JSON.stringify({ id: practice.id, name: practice.name }));
  else localStorage.removeItem(KEY);
  window.dispatchEvent(new Event(CHANGED));
}

export function useKnownPractice(): KnownPractice | null {
  const stored = useSyncExternalStore(subscribe, () => localStorage.getItem(KEY));
  return read(stored);
}

function subscribe(changed: () => void) {
  window.addEventListener(CHANGED, changed);
  window.addEventListener('storage', changed);
  return () => {
    window.removeEventListener(CHANGED, changed);
    window.removeEventListener('storage', changed);
  };
}

function read(stored: string | null): KnownPractice | null {
  try {
    const { id, name } = JSON.parse(stored ?? '{}');
    return /^[0-9a-f-]{36}$/.test(id) && typeof name === 'string' ? { id, name } : null;
  } catch {
    return null;
  }
}
