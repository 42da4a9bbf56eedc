import type { Session } from '../api/types';
import { viewersZone } from '../booking/times';
import classes from '../booking-list/sessions.module.css';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { useMeetingWords } from './meeting';
import { MeetingMark } from './meeting-mark';

/** The state of a session's meeting, and why where that is not as it should be. */
export function MeetingCell({ session }: { session: Session }) {
  const { t, locale } = useWords();
  const changedAt = session.online ? session.meeting.link_changed_at : null;
  const { status, state, text, linkChanged, label } = useMeetingWords()(session);
  const leaving = session.meeting.removing > 0; // also of a session that meets in person by now
  return (
    <>
      <MeetingMark
        status={session.online ? status : 'none'}
        state={session.online ? state : t('form.in_person')}
        linkChanged={session.online && linkChanged}
      />
      {changedAt && (
        <span className={classes.why}>
          {t('meeting.link_changed.title', { label, when: momentText(changedAt, viewersZone(), locale) })}{' '}
          {t('meeting.link_changed.next', { count: session.clients.length })}
        </span>
      )}
      {text && (session.online || leaving) && <span className={classes.why}>{text}</span>}
    </>
  );
}
