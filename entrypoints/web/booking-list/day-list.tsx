import '../calendar/palette.css';
import { Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../accounts/signed-in';
import type { Consultant, Session } from '../api/types';
import { CloseSession, type Closing } from '../booking/close-session';
import { useWords } from '../words/use-words';
import { type Day, dateText, daysFromToday, daysOf } from './days';
import { SessionRow } from './session-row';
import classes from './sessions.module.css';

interface Listing {
  sessions: Session[];
  consultants: Consultant[];
  /** Another question is under way; these rows answer the one before. */
  stale: boolean;
  /** A session was deleted or cancelled, and its row may have gone. */
  onGone: () => void;
}

export function DayList({ sessions, consultants, stale, onGone }: Listing) {
  const { zone } = useMe().practice;
  const [asked, setAsked] = useState<{ session: Session; closing: Closing } | null>(null);
  const close = () => setAsked(null);
  return (
    <div className={classes.days} data-stale={stale || undefined}>
      {daysOf(sessions, zone).map((day) => (
        <section key={day.date} aria-labelledby={`day-${day.date}`}>
          <DayHeading day={day} />
          <ul className={classes.rows} data-whose={consultants.length > 1 || undefined}>
            {day.sessions.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                consultants={consultants}
                onClosing={(closing) => setAsked({ session, closing })}
              />
            ))}
          </ul>
        </section>
      ))}
      {asked && (
        <CloseSession
          {...asked}
          onClose={close}
          onDone={() => {
            close();
            onGone();
          }}
        />
      )}
    </div>
  );
}

const NAMED = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' } as const;

function DayHeading({ day }: { day: Day }) {
  const { t, locale } = useWords();
  const { zone } = useMe().practice;
  const away = String(daysFromToday(day.date, zone));
  return (
    <Title order={2} size="sm" id={`day-${day.date}`} className={classes.day}>
      {away in NAMED && <strong>{t(`sessions.${NAMED[away as keyof typeof NAMED]}`)}</strong>}{' '}
      <Text span inherit c={away in NAMED ? 'dimmed' : undefined}>
        {dateText(day.date, zone, locale)}
      </Text>
    </Title>
  );
}
