/** The locale for dates and numbers, with any languages of the browser. */

const USUAL: Record<string, string> = { en: 'en-GB', sl: 'sl-SI' };

/**
 * The browser's own region where it speaks the language, else the usual one.
 *
 * Browsers name locales that no formatter takes (`C`, `en-US@posix`, `xx-INVALID`), and regions whose calendar or
 * digits nothing here reads (`en-TH`, `en-u-nu-arab`).
 */
export function regionalLocale(language: string, preferred: readonly string[] | undefined): string {
  for (const tag of preferred ?? []) {
    const locale = understood(tag);
    if (locale?.language === language && locale.region) return locale.toString();
  }
  return USUAL[language] ?? 'en-GB';
}

/** The first of the languages that the browser asks for. */
export function preferredLanguage<T extends string>(offered: T[], preferred: readonly string[] | undefined): T | null {
  for (const tag of preferred ?? []) {
    const language = understood(tag)?.language;
    const found = offered.find((one) => one === language);
    if (found) return found;
  }
  return null;
}

function understood(tag: string): Intl.Locale | null {
  try {
    const { baseName } = new Intl.Locale(tag.split(/[@.]/)[0]?.replaceAll('_', '-') ?? '');
    if (!Intl.DateTimeFormat.supportedLocalesOf(baseName).length) return null;
    const { language, region } = new Intl.Locale(baseName);
    // The calendar and the digits of some regions are others; dates are kept, shown and read in these.
    const plain = new Intl.DateTimeFormat(baseName).resolvedOptions();
    const usual = plain.calendar === 'gregory' && plain.numberingSystem === 'latn';
    const locale = region ? `${language}-${region}` : language;
    return new Intl.Locale(usual ? locale : `${locale}-u-ca-gregory-nu-latn`);
  } catch {
    return null;
  }
}

/** 0 for Sunday to 6. Monday if the browser does not know. */
export function firstDayOfWeek(locale: string): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  type WeekInfo = { firstDay: number };
  const told = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  const first = (told.getWeekInfo?.() ?? told.weekInfo)?.firstDay ?? 1;
  return (first % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6;
}
