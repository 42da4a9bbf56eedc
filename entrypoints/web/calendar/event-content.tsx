import { VisuallyHidden } from '@mantine/core';
import { MEETING_ICONS, type Standing, useMeetingWords } from '../session/meeting';
import type { Session } from '../api/types';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';

/** One session in the grid: when, what, who, and a mark for how its meeting stands. */
export function EventContent({ session, time, whose, compact }: { session: Session; time: string; whose: boolean; compact: boolean }) {
  const { t } = useWords();
  const meeting = useMeetingWords()(session);
  const Icon = MEETING_ICONS[meeting.standing as Standing];
  const people = session.clients.map((client) => client.name).join(', ');
  return (
    <div className={classes.event} data-compact={compact || undefined} data-standing={session.online ? meeting.standing : 'none'}>
      <span className={classes.eventHead}>
        <span className={classes.eventTime}>{time}</span>
        {session.online && (
          <span className={classes.mark} title={meeting.state}>
            <Icon size={13} stroke={2} aria-hidden />
          </span>
        )}
      </span>
      <span className={classes.eventTitle}>{session.title || t('form.untitled')}</span>
      <span className={classes.eventPeople}>{whose ? `${session.consultant} · ${people}` : people}</span>
      <VisuallyHidden>{session.online ? meeting.state : t('form.in_person')}</VisuallyHidden>
    </div>
  );
}
