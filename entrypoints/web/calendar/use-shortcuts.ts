/** Single keys that act on the whole calendar, while no field has the focus and no dialog is open. */
import { useEffect } from 'react';
import { isUndo, undoLast } from '../shell/undo';

export interface Shortcuts {
  today: () => void;
  create: () => void;
  day: () => void;
  week: () => void;
  month: () => void;
  list: () => void;
  back: () => void;
  on: () => void;
  goto: () => void;
  search: () => void;
  help: () => void;
}

export const KEYS: Record<string, keyof Shortcuts> = {
  t: 'today',
  n: 'create',
  d: 'day',
  w: 'week',
  m: 'month',
  l: 'list',
  ArrowLeft: 'back',
  ArrowRight: 'on',
  g: 'goto',
  '/': 'search',
  '?': 'help',
};

const TAKES_KEYS =
  'input, textarea, select, [contenteditable], [role="application"], [role="menu"], [role="listbox"], [role="dialog"]';

export function useShortcuts(acts: Shortcuts, enabled: boolean) {
  useEffect(() => {
    if (!enabled) return;
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : document.body;
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      if (target.closest(TAKES_KEYS) || document.querySelector('[role="dialog"]')) return;
      if (event.ctrlKey || event.metaKey) {
        if (isUndo(event) && undoLast()) event.preventDefault();
        return;
      }
      const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!name) return;
      event.preventDefault();
      acts[name]();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
