import type { Session } from '../api/types';
import { useMeetingWords } from '../session/meeting';
import { useWords } from '../words/use-words';
import { MeetingMark } from './meeting-mark';
import classes from './sessions.module.css';

/** The state of a session's meeting, and why where that is not as it should be. */
export function MeetingCell({ session }: { session: Session }) {
  const { t } = useWords();
  const { standing, state, text } = useMeetingWords()(session);
  const leaving = session.meeting.removing > 0; // also of a session that meets in person by now
  return (
    <>
      <MeetingMark standing={session.online ? standing : 'none'} state={session.online ? state : t('form.in_person')} />
      {text && (session.online || leaving) && <span className={classes.why}>{text}</span>}
    </>
  );
}
