/** How long texts may be. No typed or pasted text is cut; a message beside the field says that it is too long. */
import { useWords } from '../words/use-words';
import { LONGEST, lengthOfText } from './longest';

/** The message about the length of a text, if it is wrong. */
export function useLimits() {
  const { t } = useWords();
  return (kind: keyof typeof LONGEST, text: string): string | undefined => {
    const length = lengthOfText(kind, text);
    const most = LONGEST[kind];
    return length > most ? t('form.too_long', { length, most, over: length - most }) : undefined;
  };
}
