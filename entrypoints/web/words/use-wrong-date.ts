import { dateFieldText, numericDateText } from './dates';
import type { WrongDate } from './read-date';
import { useWords } from './use-words';

/** Why a text is no date, and what to enter instead. */
export function useWrongDate(today: string) {
  const { t, locale } = useWords();
  const examples = new Set([dateFieldText(today, locale), numericDateText(today, locale)]);
  const example = new Intl.ListFormat(locale, { type: 'disjunction' }).format(examples);
  return (found: WrongDate): string =>
    'meant' in found
      ? t(`form.date_wrong.${found.wrong}`, { meant: numericDateText(found.meant, locale) })
      : t(`form.date_wrong.${found.wrong}`, { example });
}
