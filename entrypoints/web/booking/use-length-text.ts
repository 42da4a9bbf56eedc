import { useWords } from '../words/use-words';

/** “50 min”, “2 h”, “1 h 30 min”. */
export function useLengthText() {
  const { t } = useWords();
  return (minutes: number): string => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    if (!hours) return t('form.minutes', { count: minutes });
    return rest ? t('form.hours_minutes', { hours, minutes: rest }) : t('form.hours', { hours });
  };
}
