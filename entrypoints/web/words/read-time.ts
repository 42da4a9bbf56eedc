/** Times of day as people type them: 9, 930, 9:30, 9.30, 9h30, 3pm, and in every form that the page shows. */
import { plain } from './date-names.ts';

export type WrongText = 'empty' | 'unreadable';

/** A time as in `09:30`; `24:00` for the end of a day. */
export type ReadTime = { read: string } | { wrong: WrongText };

const TIME = /^(\d{1,2}?)\s*[:.h]?\s*(\d{2})?\s*(?:h|uhr)?\s*(\p{L}[\p{L}\s]*)?$/u;

export function readTime(text: string, locale: string): ReadTime {
  const clean = text
    .normalize('NFKC')
    .replace(/[\u200e\u200f]/g, '')
    .toLowerCase()
    .trim();
  if (!clean) return { wrong: 'empty' };
  const parts = TIME.exec(withoutDots(clean));
  const half = parts?.[3] === undefined ? undefined : halfOfDay(parts[3], locale);
  if (!parts || half === null) return { wrong: 'unreadable' };
  let hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  if (half && hour > 12) return { wrong: 'unreadable' };
  if (half) hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  if (hour > (minute ? 23 : 24) || minute > 59) return { wrong: 'unreadable' };
  return { read: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` };
}

/** `a.m.`, `pop.`: the dot between two numbers stays. */
function withoutDots(text: string): string {
  return text.replace(/(?<!\d)\.|\.(?!\s*\d)/g, '');
}

function halfOfDay(word: string, locale: string): 'am' | 'pm' | null {
  const [wanted = '', am, pm] = [word, dayPeriod(locale, 9), dayPeriod(locale, 15)].map((one) =>
    plain(one).replace(/\s/g, ''),
  );
  if (['am', 'a', am].includes(wanted)) return 'am';
  if (['pm', 'p', pm].includes(wanted)) return 'pm';
  return null;
}

function dayPeriod(locale: string, hour: number): string {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', hour12: true, timeZone: 'UTC' });
  const parts = format.formatToParts(Date.UTC(2026, 0, 1, hour));
  return parts.find((one) => one.type === 'dayPeriod')?.value ?? '';
}
