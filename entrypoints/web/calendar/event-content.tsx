import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Session } from '../api/types';
import { LINK_CHANGED_ICON } from '../meeting/link-changed';
import { MEETING_ICONS, type MeetingWords } from '../meeting/meeting';
import classes from './calendar.module.css';
import { initialsOf } from './tones';

const RISK_ICONS = { unreachable: IconPlugConnectedX, cut_off: IconAlertTriangle } as const;

interface Drawn {
  session: Session;
  time: string;
  title: string;
  /** Whether to name the consultant: with several consultants and no column for each. */
  whose: boolean;
  meeting: MeetingWords;
  inPerson: string;
  cancelled: string;
  view: string;
}

/** One session in the calendar: when, what, who, and a mark for how its meeting stands. No hooks: hundreds are drawn. */
export function EventContent({ session, time, title, whose, meeting, inPerson, cancelled, view }: Drawn) {
  const clients = session.clients
    .map((client) => client.name)
    .filter(Boolean) // the name of one whose data were erased is not there any more
    .join(', ');
  const people = whose ? `${session.consultant} · ${clients}` : clients;
  const gone = session.status === 'cancelled';
  const state = gone ? cancelled : session.online ? meeting.state : inPerson;
  const status = session.online && !gone ? meeting.status : 'none';
  const changed = status === 'ready' && meeting.linkChanged;
  const risk = gone ? null : meeting.risk;
  const Icon = changed ? LINK_CHANGED_ICON : risk ? RISK_ICONS[risk] : MEETING_ICONS[status];
  if (view.startsWith('list')) {
    return (
      <div className={classes.row} data-status={status} data-cancelled={gone || undefined}>
        <span className={classes.time} data-part="time">
          {time}
        </span>
        <span className={classes.title} data-part="title">
          {title}
        </span>
        <span className={classes.people} data-part="people">
          {people}
        </span>
        <span className={classes.state}>
          {!gone && <Icon size={16} stroke={1.8} aria-hidden />}
          {state}
        </span>
      </div>
    );
  }
  const inMonth = view === 'dayGridMonth';
  return (
    <div
      className={inMonth ? classes.line : classes.event}
      data-status={status}
      data-cancelled={gone || undefined}
      title={`${time} ${title} · ${people} · ${state}`}
    >
      <div className={classes.text}>
        <span className={classes.head}>
          {whose && (
            <span className={classes.initials} aria-hidden>
              {initialsOf(session.consultant)}
            </span>
          )}
          <Time text={time} />
          {session.online && !gone && (
            <span className={classes.marks} data-link-changed={changed || undefined}>
              <Icon size={13} stroke={2} aria-hidden />
            </span>
          )}
          <span className="only-heard">{state}</span>
        </span>{' '}
        <span className={classes.title} data-part="title">
          {title}
        </span>{' '}
        {!inMonth && (
          <span className={classes.people} data-part="people">
            {people}
          </span>
        )}
      </div>
    </div>
  );
}

const RANGE = /^(.*?)(\s*[–—-]\s*.*)$/;

/** In two parts: a short session shows only the first, and a screen reader reads both. */
function Time({ text }: { text: string }): ReactNode {
  const [, start = text, until = ''] = RANGE.exec(text) ?? [];
  return (
    <span className={classes.time} data-part="time">
      {start}
      <span className={classes.until}>{until}</span>
    </span>
  );
}
