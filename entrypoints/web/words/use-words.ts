import { useTranslation } from 'react-i18next';
import { Problem, Unreachable } from '../api/problem';
import { localeOf } from '.';
import { type Explained, refusalWords } from './refusal-words';

/** `t` for our texts, `explain` and `ruleText` for refusals, `locale` for dates. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n.language);
  const refusal = refusalWords(t, locale);
  /** What went wrong and what to do next. */
  const explain = (error: unknown): Explained => {
    if (error instanceof Problem) return refusal.ofProblem(error);
    if (error instanceof Unreachable) return { detail: t('trouble.unreachable'), next: t('trouble.unreachable_next') };
    return { detail: t('trouble.unexpected'), next: t('trouble.unexpected_next') };
  };
  return { t, explain, ruleText: refusal.ofRule, locale, language: i18n.language };
}
