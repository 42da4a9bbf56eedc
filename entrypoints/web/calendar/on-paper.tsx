/** The printed form. The grid itself scrolls within a fixed height; this lists every shown session by day. */
import { useSyncExternalStore } from 'react';
import type { Session } from '../api/types';
import { dateText, daysOf, timesText } from '../booking-list/days';
import { useMeetingWords } from '../meeting/meeting';
import { zoneText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './on-paper.module.css';

const paper = window.matchMedia('print');

function listen(changed: () => void) {
  paper.addEventListener('change', changed);
  return () => paper.removeEventListener('change', changed);
}

/** Drawn only while the browser prints: hundreds of sessions cost the screen nothing. */
export function OnPaper({ sessions, zone }: { sessions: Session[]; zone: string }) {
  const printing = useSyncExternalStore(listen, () => paper.matches);
  return printing && <Printed sessions={sessions} zone={zone} />;
}

function Printed({ sessions, zone }: { sessions: Session[]; zone: string }) {
  const { t, locale } = useWords();
  const meetingWords = useMeetingWords();
  const inOrder = sessions.toSorted((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at));
  const stateOf = (session: Session) => {
    if (session.status === 'cancelled') return t('sessions.cancelled');
    return session.online ? meetingWords(session).state : t('form.in_person');
  };
  return (
    <div className={classes.paper} data-testid="on-paper">
      <p>{zoneText(zone, locale)}</p>
      {!sessions.length && <p>{t('calendar.no_sessions')}</p>}
      {daysOf(inOrder, zone).map((day) => (
        <section key={day.date}>
          <h2>{dateText(day.date, zone, locale)}</h2>
          <table>
            <tbody>
              {day.sessions.map((session) => (
                <tr key={session.id} data-cancelled={session.status === 'cancelled' || undefined}>
                  <td>{timesText(session, zone, locale)}</td>
                  <th scope="row">{session.title || t('form.untitled')}</th>
                  <td>{session.clients.map((client) => client.name).join(', ')}</td>
                  <td>{session.consultant}</td>
                  <td>{stateOf(session)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}
