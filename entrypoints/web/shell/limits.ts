/** How long texts may be. Nothing that is typed or pasted is cut; what is too long is said beside the field. */
import { useWords } from '../words/use-words';
import { LONGEST, lengthOfText } from './longest';

/** What is wrong with the length of a text, if anything. */
export function useLimits() {
  const { t } = useWords();
  return (kind: keyof typeof LONGEST, text: string): string | undefined => {
    const length = lengthOfText(kind, text);
    const most = LONGEST[kind];
    return length > most ? t('form.too_long', { length, most, over: length - most }) : undefined;
  };
}
