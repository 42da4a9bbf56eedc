/** Closing the form: keeps the draft, and stops a save under way. */
import { type RefObject, useEffect, useState } from 'react';
import { useMe } from '../accounts/signed-in';
import { tell } from '../shell/tell';
import { useWords } from '../words/use-words';
import type { useSaving } from './saving';
import type { useDraft } from './use-draft';
import { forgetDraft } from './use-drafts';

/** Runs before the drawer closes; false if it must stay open. */
export type Leave = RefObject<() => Promise<boolean>>;

interface Leaving {
  draftId: string;
  dirty: boolean;
  draft: ReturnType<typeof useDraft>;
  saving: ReturnType<typeof useSaving>;
}

/** True when neither this browser nor the server could store the draft. */
export function useLeaving(leave: Leave, { draftId, dirty, draft, saving }: Leaving): boolean {
  const { t } = useWords();
  const me = useMe();
  const [notKept, setNotKept] = useState(false);
  useEffect(() => {
    leave.current = async () => {
      const stopped = saving.stop();
      if (!dirty || saving.isSuccess) return true;
      const kept = await draft.keep();
      setNotKept(!kept);
      const text = stopped ? `${t('form.stopped')} ${t('form.kept')}` : t('form.kept');
      if (kept) tell(text, { action: <Discard account={me.id} draftId={draftId} />, notice: stopped });
      return kept;
    };
    return () => {
      leave.current = async () => true;
    };
  });
  return notKept;
}

function Discard({ account, draftId }: { account: string; draftId: string }) {
  const { t } = useWords();
  return (
    <button type="button" className="quiet-link" onClick={() => void forgetDraft(account, draftId)}>
      {t('form.discard')}
    </button>
  );
}
