/** Throwing a draft away, with a way back. */

import { useMe } from '../accounts/signed-in';
import type { Draft } from '../api/types';
import { tell, untell } from '../shell/tell';
import { undoable } from '../shell/undo';
import { useWords } from '../words/use-words';
import { bringBackDraft, forgetDraft } from './use-drafts';

export function useDiscarding() {
  const { t } = useWords();
  const me = useMe();
  return (draft: Draft, title: string) => {
    const gone = forgetDraft(me.id, draft.id);
    const undo = undoable(() => {
      untell(id);
      gone
        .then(() => bringBackDraft(me.id, draft))
        .then(
          () => tell(t('calendar.draft_is_back', { title })),
          () => tell(t('calendar.draft_is_not_back', { title }), { trouble: true }),
        );
    });
    const button = (
      <button type="button" className="quiet-link" onClick={undo}>
        {t('moving.undo')}
      </button>
    );
    const id = tell(t('calendar.draft_discarded', { title }), { action: button });
  };
}
