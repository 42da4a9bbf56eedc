/** A colour for each consultant, the same for all viewers: by their place in the practice's list. Where colours
 * come round again, the initials tell people apart. */
import type { Consultant } from '../api/types';

const TONES = 16;

export function toneOf(consultants: Consultant[], id: string): string {
  const place = consultants.findIndex((one) => one.id === id);
  return `tone-${Math.max(place, 0) % TONES}`;
}

/** Of the first name and of the last one. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return `${first}${last}`.toLocaleUpperCase();
}
