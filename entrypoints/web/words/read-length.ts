/** Lengths as people type them where a session ends: 1h, 90 min, 1,5 h, 1 h 30 min, 2 hours, 3 ure. */

/** Up to here `6h` is a length, from here on `7h` is a time of day. */
const LONGEST_BARE = 6;
const HOURS = String.raw`(\d{1,3}(?:[.,]\d{1,2})?)\s*(h|hrs?|hours?|ur[aeio]?)`;
const MINUTES = String.raw`(\d{1,4})\s*(?:m|mins?|minutes?|minut[aeio]?)`;
const LENGTH = new RegExp(`^(?:${HOURS})?\\.?\\s*(?:${MINUTES})?\\.?$`, 'u');
const SHORT = /^(\d)\s*h\s*(\d{2})$/u; // 1h30

/** Minutes; null if the text is no length. `9h30`, `14 h` and `14.30 h` are times of day. */
export function readLength(text: string): number | null {
  const clean = text.normalize('NFKC').toLowerCase().trim();
  const short = SHORT.exec(clean);
  if (short) return isBare(short[1]) && Number(short[2]) < 60 ? Number(short[1]) * 60 + Number(short[2]) : null;
  const [whole, hours, unit, minutes] = LENGTH.exec(clean) ?? [];
  if (!whole) return null;
  if (unit === 'h' && !minutes && !isBare(hours)) return null;
  return Math.round(Number(hours?.replace(',', '.') ?? 0) * 60) + Number(minutes ?? 0);
}

function isBare(hours = ''): boolean {
  const decimal = hours.includes(',') || /\.\d$/.test(hours);
  return decimal || (!hours.includes('.') && Number(hours) <= LONGEST_BARE);
}
