/** Instants, dates and times of day as people read them, in a zone and a locale. */
import { now, nowText } from './now.ts';
import { showableZone } from './zone.ts';

export function timeText(instant: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: showableZone(zone) }).format(
    new Date(instant),
  );
}

/** `2026-12-09`, the day in a zone at an instant. */
export function dateIn(timeZone: string, instant: number): string {
  return new Date(instant).toLocaleDateString('en-CA', { timeZone: showableZone(timeZone) });
}

export function dayText(instant: string, zone: string, locale: string): string {
  const style = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: showableZone(zone),
  } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(instant));
}

export function momentText(instant: string, zone: string, locale: string): string {
  return `${dayText(instant, zone, locale)}, ${timeText(instant, zone, locale)}`;
}

/** The year stands there unless it is the present one. */
export function slotText(startsAt: string, endsAt: string, zone: string, locale: string): string {
  const year = [startsAt, endsAt].some((one) => !isThisYear(one, zone)) ? 'numeric' : undefined;
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year,
    hour: 'numeric',
    minute: '2-digit',
    timeZone: showableZone(zone),
  });
  return format.formatRange(new Date(startsAt), new Date(endsAt));
}

function isThisYear(instant: string, zone: string): boolean {
  return dateIn(zone, Date.parse(instant)).slice(0, 4) === dateIn(zone, now()).slice(0, 4);
}

/** As people know it: “Ljubljana”, and how far it is from UTC at that instant, or now. */
export function zoneText(wanted: string, locale: string, instant = nowText()): string {
  return `${placeText(wanted)} (${offsetText(wanted, locale, instant)})`;
}

/** “Ljubljana”. */
export function placeText(zone: string): string {
  return showableZone(zone).split('/').at(-1)?.replaceAll('_', ' ') ?? '';
}

/** “GMT+2”. */
export function offsetText(zone: string, locale: string, instant = nowText()): string {
  const style = { timeZone: showableZone(zone), timeZoneName: 'shortOffset' } as const;
  const parts = new Intl.DateTimeFormat(locale, style).formatToParts(new Date(instant));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** `2026-12-09` as a form shows it and reads it: “9 Dec 2026”, “9. 12. 2026”. */
export function dateFieldText(date: string, locale: string): string {
  const month = locale.startsWith('sl') ? 'numeric' : 'short';
  return ofDate(date, locale, { day: 'numeric', month, year: 'numeric' });
}

/** In numbers, in the order in which the form reads them: “9/12/2026”. */
export function numericDateText(date: string, locale: string): string {
  return ofDate(date, locale, { day: 'numeric', month: 'numeric', year: 'numeric' });
}

export function weekdayText(date: string, locale: string, weekday: 'long' | 'short'): string {
  return ofDate(date, locale, { weekday });
}

export function longDateText(date: string, locale: string): string {
  return ofDate(date, locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `09:30` as the locale writes it. */
export function timeFieldText(time: string, locale: string): string {
  const style = { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(`2000-01-01T${time}Z`));
}

function ofDate(date: string, locale: string, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
}
