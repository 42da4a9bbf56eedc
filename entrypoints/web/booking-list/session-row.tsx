import { Badge, UnstyledButton } from '@mantine/core';
import { useMe } from '../accounts/signed-in';
import type { Consultant, Session } from '../api/types';
import type { Closing } from '../booking/close-session';
import { useOpenedSession } from '../booking/open-session';
import { useRestoring } from '../booking/restore';
import { toneOf } from '../calendar/tones';
import { useClientName } from '../clients/client-name';
import { JoinLink } from '../meeting/join-link';
import { MeetingCell } from '../meeting/meeting-cell';
import { useWords } from '../words/use-words';
import { timesText } from './days';
import { RowMenu } from './row-menu';
import classes from './sessions.module.css';

interface Shown {
  session: Session;
  consultants: Consultant[];
  onClosing: (closing: Closing) => void;
}

export function SessionRow({ session, consultants, onClosing }: Shown) {
  const nameOf = useClientName();
  const { t, locale } = useWords();
  const { zone } = useMe().practice;
  const { open } = useOpenedSession();
  const restoring = useRestoring();
  const cancelled = session.status === 'cancelled';
  return (
    <li className={classes.row} data-cancelled={cancelled || undefined} data-testid="session-row">
      <time className={classes.time} dateTime={session.starts_at}>
        {timesText(session, zone, locale)}
      </time>
      <div className={classes.what}>
        <UnstyledButton className={classes.title} onClick={() => open(session.id)}>
          {session.title || t('form.untitled')}
        </UnstyledButton>
        <span className={classes.people}>{session.clients.map(nameOf).join(', ')}</span>
      </div>
      {consultants.length > 1 && (
        <span className={classes.whose}>
          <span className={`${classes.dot} ${toneOf(consultants, session.consultant_id)}`} aria-hidden />
          {session.consultant}
        </span>
      )}
      <div className={classes.state}>
        {cancelled ? (
          <Badge variant="light" color="gray" tt="none">
            {t('sessions.cancelled')}
          </Badge>
        ) : (
          <MeetingCell session={session} />
        )}
      </div>
      <div className={classes.actions}>
        {!cancelled && <JoinLink session={session} />}
        <RowMenu
          session={session}
          onOpen={() => open(session.id)}
          onClosing={onClosing}
          onRestore={() => restoring.mutate(session)}
        />
      </div>
    </li>
  );
}
