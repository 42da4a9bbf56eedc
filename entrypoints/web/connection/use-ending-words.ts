/** What ended here, what did not end at the provider, and what is left to do there. */
import { useWords } from '../words/use-words';

const OUTCOMES = ['confirmed', 'pending', 'ended_before', 'scope_missing', 'refused', 'unanswered'] as const;
type Outcome = (typeof OUTCOMES)[number];

export interface Ending {
  revocation: string;
  meetings_left: number;
}

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
    const outcome = OUTCOMES.includes(revocation as Outcome) ? (revocation as Outcome) : 'unanswered';
    const remove = outcome !== 'confirmed' && outcome !== 'pending';
    return {
      done: !remove && count === 0,
      there: t(`connections.ending.${outcome}`, { label }),
      todo: remove ? t('connections.ending.remove', { label }) : '',
      meetings: count ? t('connections.ending.meetings', { label, count }) : '',
    };
  };
}
