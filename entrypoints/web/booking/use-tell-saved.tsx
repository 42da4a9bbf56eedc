/** The message once a session is saved. */

import { useMe } from '../accounts/signed-in';
import { useMeetingWords } from '../meeting/meeting';
import { tell } from '../shell/tell';
import { useWords } from '../words/use-words';
import { SavedActions } from './saved-actions';
import type { Saved } from './saving';

export function useTellSaved() {
  const { t } = useWords();
  const me = useMe();
  const meetingWords = useMeetingWords();
  return ({ session }: Saved, isNew: boolean) => {
    const { status, label, state, text } = meetingWords(session);
    const done = t(isNew ? 'form.booked' : 'form.saved');
    const link = status === 'ready' ? t('form.link_ready', { label }) : `${state}. ${text}`;
    tell(session.online ? `${done} ${link}` : done, {
      action: <SavedActions session={session} zone={me.practice.zone} />,
      trouble: status === 'failed',
      notice: session.online && status !== 'ready',
    });
  };
}
