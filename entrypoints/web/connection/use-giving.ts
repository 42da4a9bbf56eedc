/** Giving a session to a colleague: the meeting moves to their account, or is made there. */
import { useMutation } from '@tanstack/react-query';
import { queryClient, sessionQuery } from '../api/queries';
import type { Consultant, Session } from '../api/types';
import { formOf } from '../booking/form';
import { edit } from '../booking/saving';
import { useMeetingWords } from '../meeting/meeting';
import { tell } from '../shell/tell';
import { useWords } from '../words/use-words';

export function useGiving(session: Session, onGiven: () => void) {
  const { t } = useWords();
  const meetingWords = useMeetingWords();
  return useMutation({
    mutationFn: (to: Consultant) => {
      const form = formOf(session);
      return edit(session.id, form, { ...form, consultantId: to.id }, `"${session.version}-"`);
    },
    onSuccess: (saved, { name }) => {
      queryClient.setQueryData(sessionQuery(session.id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['history', session.id] });
      const title = session.title || t('form.untitled');
      const { state, status } = meetingWords(saved.session);
      if (saved.session.online) {
        tell(t('connections.risk.given', { name, title, state }), {
          trouble: status === 'failed',
          notice: status !== 'ready',
        });
      } else {
        tell(t('connections.risk.given_in_person', { name, title }));
      }
      onGiven(); // its row goes with the next answer, and the keyboard would go with it
    },
    // A refusal may mean that the session is no longer as it is shown here.
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
      void queryClient.invalidateQueries({ queryKey: ['consultants'] });
    },
  });
}
