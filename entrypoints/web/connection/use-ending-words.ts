/** What ended here, what did not end at the provider, and what is left to do there. */
import type { HistoryLine } from '../api/types';
import { useWords } from '../words/use-words';

export type Ending = NonNullable<HistoryLine['facts']['ending']>;

export interface EndingWords {
  /** Nothing is left to do for anybody. */
  done: boolean;
  /** The provider's side: whether the authorization ended there. */
  there: string;
  /** What a person does there, where that is needed. */
  todo: string;
  /** Meetings that are still there. */
  meetings: string;
}

export function useEndingWords() {
  const { t } = useWords();
  return ({ revocation, meetings_left: count }: Ending, label: string): EndingWords => {
    const remove = revocation !== 'confirmed' && revocation !== 'pending';
    return {
      done: !remove && count === 0,
      there: t(`connections.ending.${revocation}`, { label }),
      todo: remove ? t('connections.ending.remove', { label }) : '',
      meetings: count ? t('connections.ending.meetings', { label, count }) : '',
    };
  };
}
