import type { Session } from '../api/types';
import { MEETING_ICONS, type MeetingWords } from '../session/meeting';
import classes from './calendar.module.css';

interface Drawn {
  session: Session;
  time: string;
  title: string;
  /** Whether the consultant has to be named: where several are shown. */
  whose: boolean;
  meeting: MeetingWords;
  inPerson: string;
  view: string;
}

/** One session in the calendar: when, what, who, and a mark for how its meeting stands. No hooks: hundreds are drawn. */
export function EventContent({ session, time, title, whose, meeting, inPerson, view }: Drawn) {
  const Icon = MEETING_ICONS[meeting.standing];
  const clients = session.clients.map((client) => client.name).join(', ');
  const people = whose ? `${session.consultant} · ${clients}` : clients;
  const state = session.online ? meeting.state : inPerson;
  const standing = session.online ? meeting.standing : 'none';
  if (view.startsWith('list')) {
    return (
      <div className={classes.row} data-standing={standing}>
        <span className={classes.time}>{time}</span>
        <span className={classes.title}>{title}</span>
        <span className={classes.people}>{people}</span>
        <span className={classes.mark}>
          <Icon size={16} stroke={1.8} aria-hidden />
          <span className="only-heard">{state}</span>
        </span>
      </div>
    );
  }
  return (
    <div className={view === 'dayGridMonth' ? classes.line : classes.event} data-standing={standing}>
      <span className={classes.head}>
        {session.online && (
          <span className={classes.mark} title={state}>
            <Icon size={13} stroke={2} aria-hidden />
          </span>
        )}
        <span className={classes.time}>{time}</span>
      </span>
      <span className={classes.title}>{title}</span>
      {view !== 'dayGridMonth' && <span className={classes.people}>{people}</span>}
      <span className="only-heard">{state}</span>
    </div>
  );
}
