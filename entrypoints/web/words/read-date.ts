/** Dates as people type them: day first, except in US English, and in every form that the page shows. */
import { Temporal } from 'temporal-polyfill';
import { type DateNames, dateNames } from './date-names.ts';

/** Why a text is no date. */
export type WrongDate =
  | { wrong: 'empty' | 'unreadable' | 'no_such_day' | 'other_weekday' | 'far_year' }
  /** Day and month in the other order are the date `meant`. */
  | { wrong: 'day_first' | 'month_first'; meant: string };

/** A date as in `2026-12-09`. */
export type ReadDate = { read: string } | WrongDate;

interface Parts {
  day: number;
  month: number;
  year?: number;
}

/** The form that the service accepts. */
const [FIRST_YEAR, LAST_YEAR] = [1970, 2199];
const ORDINAL = /(\d)(?:st|nd|rd|th)\b/gi;
const FILLERS = new Set(['of', 'the']);

/** Without a year the next such day is meant; `today` is one. */
export function readDate(text: string, locale: string, today: string): ReadDate {
  const clean = text
    .normalize('NFKC')
    .replace(/[\u200e\u200f]/g, '')
    .replace(ORDINAL, '$1')
    .trim();
  if (!clean) return { wrong: 'empty' };
  if (/[^\p{L}\p{M}\d\s.,/'’-]/u.test(clean) || clean.startsWith('-')) return { wrong: 'unreadable' };

  const names = dateNames(locale);
  const words = (clean.match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => !FILLERS.has(word.toLowerCase()));
  const numbers = clean.match(/\d+/g) ?? [];
  const day = Temporal.PlainDate.from(today);
  if (!numbers.length) return words.length === 1 ? nearDay(words[0] ?? '', names, day) : { wrong: 'unreadable' };

  const months = words.filter((word) => names.month(word) !== undefined);
  const weekdays = words.filter((word) => !months.includes(word) && names.weekday(word) !== undefined);
  if (months.length > 1 || weekdays.length > 1 || months.length + weekdays.length < words.length) {
    return { wrong: 'unreadable' };
  }
  const weekday = weekdays[0] ? names.weekday(weekdays[0]) : undefined;
  if (months[0]) return dated(named(numbers, names.month(months[0]) ?? 0), weekday, day);
  const found = dated(numeric(numbers, monthFirst(locale)), weekday, day);
  return isNoDay(found) ? swapped(numbers, weekday, locale, day) : found;
}

function isNoDay(found: ReadDate): boolean {
  return 'wrong' in found && found.wrong === 'no_such_day';
}

/** `12/25/2026` is no day where the day comes first; in the other order it is one, which is proposed and not taken. */
function swapped(numbers: string[], weekday: number | undefined, locale: string, today: Temporal.PlainDate): ReadDate {
  const other = dated(numeric(numbers, !monthFirst(locale)), weekday, today);
  if ('wrong' in other) return { wrong: 'no_such_day' };
  return { wrong: monthFirst(locale) ? 'month_first' : 'day_first', meant: other.read };
}

/** The order of day and month in dates of numbers: month first in US English alone. */
export function monthFirst(locale: string): boolean {
  const { language, region } = new Intl.Locale(locale);
  return language === 'en' && region === 'US';
}

/** Today, tomorrow, Friday. */
function nearDay(word: string, names: DateNames, today: Temporal.PlainDate): ReadDate {
  const days = names.near(word);
  if (days !== undefined) return { read: today.add({ days }).toString() };
  const weekday = names.weekday(word);
  if (weekday === undefined) return { wrong: 'unreadable' };
  return { read: today.add({ days: (weekday - today.dayOfWeek + 7) % 7 }).toString() };
}

/** Beside the name of a month: `9`, `9 2026`, `2026 9`. */
function named(numbers: string[], month: number): Parts | null {
  const [one = '', other] = numbers;
  if (numbers.length > 2) return null;
  if (one.length > 2) return other && other.length <= 2 ? complete(other, month, one) : null;
  return complete(one, month, other);
}

function numeric(numbers: string[], americanOrder: boolean): Parts | null {
  const [one = '', two = '', three] = numbers;
  if (numbers.length === 1 && one.length === 8) return complete(one.slice(6), Number(one.slice(4, 6)), one.slice(0, 4));
  if (numbers.length < 2 || numbers.length > 3) return null;
  if (one.length === 4) return three && two.length <= 2 ? complete(three, Number(two), one) : null;
  const [day, month] = americanOrder ? [two, one] : [one, two];
  return month.length <= 2 ? complete(day, Number(month), three) : null;
}

/** A year has four digits, or two of this century. */
function complete(day: string, month: number, year?: string): Parts | null {
  if (day.length > 2 || (year !== undefined && year.length !== 2 && year.length !== 4)) return null;
  return { day: Number(day), month, year: year && Number(year.length === 2 ? `20${year}` : year) } as Parts;
}

function dated(parts: Parts | null, weekday: number | undefined, today: Temporal.PlainDate): ReadDate {
  if (!parts) return { wrong: 'unreadable' };
  const { day, month, year } = parts;
  if (year !== undefined && (year < FIRST_YEAR || year > LAST_YEAR)) return { wrong: 'far_year' };
  const date = year === undefined ? nextSuch(day, month, today) : dayOf(day, month, year);
  if (!date) return { wrong: 'no_such_day' };
  if (weekday !== undefined && date.dayOfWeek !== weekday) return { wrong: 'other_weekday' };
  return { read: date.toString() };
}

const YEARS_TO_A_LEAP_DAY = 8;

function nextSuch(day: number, month: number, today: Temporal.PlainDate): Temporal.PlainDate | null {
  for (let year = today.year; year <= today.year + YEARS_TO_A_LEAP_DAY; year += 1) {
    const date = dayOf(day, month, year);
    if (date && Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return null;
}

function dayOf(day: number, month: number, year: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ day, month, year }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
