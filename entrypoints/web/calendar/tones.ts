/** A colour for each consultant, the same for everybody who looks: by their place in the practice's list. */
import type { Consultant } from '../api/types';

const TONES = 10;

export function toneOf(consultants: Consultant[], id: string): string {
  const place = consultants.findIndex((one) => one.id === id);
  return `tone-${Math.max(place, 0) % TONES}`;
}
