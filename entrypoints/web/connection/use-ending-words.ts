/** The texts about an ended connection: what ended here and at the provider, and what remains to do there. */
import type { HistoryLine } from '../api/types';
import { useWords } from '../words/use-words';

export type Ending = NonNullable<HistoryLine['facts']['ending']>;

export interface EndingWords {
  /** Nothing remains to do. */
  done: boolean;
  /** The provider's side: whether the authorization ended there. */
  there: string;
  /** The person's next step there, if any. */
  todo: string;
  /** Meetings that are still there. */
  meetings: string;
}

export function useEndingWords() {
  const { t } = useWords();
  /** `known`: the provider is set up here, so the address follows at which a person removes what is left. */
  return ({ revocation, meetings_left: count }: Ending, label: string, known: boolean): EndingWords => {
    const remove = revocation !== 'confirmed' && revocation !== 'pending';
    return {
      done: !remove && count === 0,
      there: t(`connections.ending.${revocation}`, { label }),
      todo: remove ? t(known ? 'connections.ending.remove' : 'connections.ending.remove_there', { label }) : '',
      meetings: count ? t('connections.ending.meetings', { label, count }) : '',
    };
  };
}
