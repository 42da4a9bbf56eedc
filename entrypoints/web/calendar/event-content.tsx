import { VisuallyHidden } from '@mantine/core';
import type { Session } from '../api/types';
import { MEETING_ICONS, useMeetingWords } from '../session/meeting';
import { useWords } from '../words/use-words';
import classes from './calendar.module.css';

interface Drawn {
  session: Session;
  time: string;
  /** Whether the consultant has to be named: where several are shown. */
  whose: boolean;
  view: string;
}

/** One session in the calendar: when, what, who, and a mark for how its meeting stands. */
export function EventContent({ session, time, whose, view }: Drawn) {
  const { t } = useWords();
  const meeting = useMeetingWords()(session);
  const Icon = MEETING_ICONS[meeting.standing];
  const clients = session.clients.map((client) => client.name).join(', ');
  const people = whose ? `${session.consultant} · ${clients}` : clients;
  const title = <span className={classes.title}>{session.title || t('form.untitled')}</span>;
  const state = session.online ? meeting.state : t('form.in_person');
  const mark = (size: number) => (
    <span className={classes.mark} title={state}>
      <Icon size={size} stroke={2} aria-hidden />
    </span>
  );
  const standing = session.online ? meeting.standing : 'none';
  if (view.startsWith('list')) {
    return (
      <div className={classes.row} data-standing={standing}>
        <span className={classes.time}>{time}</span>
        {title}
        <span className={classes.people}>{people}</span>
        <span className={classes.mark}>
          <Icon size={16} stroke={1.8} aria-hidden />
          <VisuallyHidden>{state}</VisuallyHidden>
        </span>
      </div>
    );
  }
  return (
    <div className={view === 'dayGridMonth' ? classes.line : classes.event} data-standing={standing}>
      <span className={classes.head}>
        {session.online && mark(13)}
        <span className={classes.time}>{time}</span>
      </span>
      {title}
      {view !== 'dayGridMonth' && <span className={classes.people}>{people}</span>}
      <VisuallyHidden>{state}</VisuallyHidden>
    </div>
  );
}
