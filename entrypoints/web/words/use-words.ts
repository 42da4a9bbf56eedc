import { useTranslation } from 'react-i18next';
import { Problem, Unreachable } from '../api/problem';
import { localeOf } from '.';
import { inLanguage } from './sentences';

/** `t` for our own texts, `server` for the server's sentences, `locale` for dates. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const server = (sentence: string) => inLanguage(i18n.language, sentence);
  /** What went wrong and what to do next. */
  const explain = (error: unknown): { detail: string; next: string } => {
    if (error instanceof Problem && error.code === 'idempotency_key_reused') {
      return { detail: t('trouble.saved_before'), next: t('trouble.saved_before_next') };
    }
    if (error instanceof Problem && error.code === 'idempotency_result_gone') {
      return { detail: t('trouble.deleted_since'), next: t('trouble.deleted_since_next') };
    }
    if (error instanceof Problem) return { detail: server(detailOf(error)), next: server(error.next) };
    if (error instanceof Unreachable) return { detail: t('trouble.unreachable'), next: t('trouble.unreachable_next') };
    return { detail: t('trouble.unexpected'), next: t('trouble.unexpected_next') };
  };
  return { t, server, explain, locale: localeOf(i18n.language), language: i18n.language };
}

/** Of a wrong value the rule alone: the name of the field means nothing to people. */
function detailOf(problem: Problem): string {
  return problem.code === 'invalid_input' ? (problem.fields[0]?.rule ?? problem.message) : problem.message;
}
