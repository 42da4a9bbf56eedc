/** The names of months, weekdays and near days, in the person's language and in English. */

export interface DateNames {
  /** 1 to 12. */
  month: (word: string) => number | undefined;
  /** 1 for Monday to 7. */
  weekday: (word: string) => number | undefined;
  /** Days from today. */
  near: (word: string) => number | undefined;
}

const SHORTEST_BEGINNING = 3; // letters

/** Forms that people write and the platform does not: “3. decembra”. */
const INFLECTED: Record<string, string> = {
  sl: 'januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra',
};
const known = new Map<string, DateNames>();

export function dateNames(locale: string): DateNames {
  const names = known.get(locale) ?? read([locale, 'en-GB', 'en-US']);
  known.set(locale, names);
  return names;
}

/** Without case, accents and dots: people type none of them reliably. */
export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('.', '').toLowerCase().trim();
}

function read(locales: string[]): DateNames {
  const months = new Map<string, number>();
  const weekdays = new Map<string, number>();
  const near = new Map<string, number>();
  const add = (names: Map<string, number>, name: string | undefined, value: number) => {
    const word = plain(name ?? '');
    if (word && !/\d/.test(word) && !names.has(word)) names.set(word, value);
  };
  for (const locale of locales) {
    const inflected = INFLECTED[new Intl.Locale(locale).language]?.split(' ') ?? [];
    for (const [place, name] of inflected.entries()) add(months, name, place + 1);
    for (let month = 1; month <= 12; month += 1) {
      for (const style of ['long', 'short'] as const) {
        // Many languages write a month with a day otherwise than alone.
        for (const day of ['numeric', undefined] as const) {
          add(months, part(locale, Date.UTC(2026, month - 1, 9), 'month', { month: style, day }), month);
        }
      }
    }
    for (let weekday = 1; weekday <= 7; weekday += 1) {
      for (const style of ['long', 'short'] as const) {
        add(weekdays, part(locale, Date.UTC(2026, 5, weekday), 'weekday', { weekday: style }), weekday); // 1 June: Monday
      }
    }
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    for (const days of [0, 1, 2, -1]) add(near, relative.format(days, 'day'), days);
  }
  return {
    month: (word) => months.get(plain(word)) ?? beginning(months, plain(word)),
    weekday: (word) => weekdays.get(plain(word)),
    near: (word) => near.get(plain(word)),
  };
}

/** `sept`, `decem`: the beginning of one name only. */
function beginning(names: Map<string, number>, word: string): number | undefined {
  if (word.length < SHORTEST_BEGINNING) return undefined;
  const meant = new Set([...names].filter(([name]) => name.startsWith(word)).map(([, value]) => value));
  return meant.size === 1 ? [...meant][0] : undefined;
}

function part(locale: string, moment: number, type: string, style: Intl.DateTimeFormatOptions): string | undefined {
  const parts = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).formatToParts(moment);
  return parts.find((one) => one.type === type)?.value;
}
