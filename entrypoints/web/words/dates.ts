/** Instants as people read them, in a zone and a locale. */

export function timeText(instant: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(new Date(instant));
}

export function dayText(instant: string, zone: string, locale: string): string {
  const style = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: zone } as const;
  return new Intl.DateTimeFormat(locale, style).format(new Date(instant));
}

export function momentText(instant: string, zone: string, locale: string): string {
  return `${dayText(instant, zone, locale)}, ${timeText(instant, zone, locale)}`;
}

export function slotText(startsAt: string, endsAt: string, zone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  });
  return format.formatRange(new Date(startsAt), new Date(endsAt));
}

/** As people know it: “Ljubljana”, and how far it is from UTC at that instant, or now. */
export function zoneText(zone: string, locale: string, instant?: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    instant ? new Date(instant) : undefined,
  );
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  return `${zone.split('/').at(-1)?.replaceAll('_', ' ')} (${offset})`;
}
