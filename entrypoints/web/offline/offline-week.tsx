/** The page while Calendra cannot be reached: the coming week, with the age of the data. */
import { Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Outside } from '../shell/outside';
import { type Language, speak } from '../words';
import { dayText, momentText, timeText } from '../words/dates';
import { useWords } from '../words/use-words';
import type { KeptSession, KeptWeek } from './kept-week';
import classes from './offline-week.module.css';

export function OfflineWeek({ week }: { week: KeptWeek }) {
  const { t, locale } = useWords();
  const { language, zone } = week;
  useEffect(() => {
    void speak(language as Language | null).catch(() => {}); // English until then
  }, [language]);
  const upcoming = week.sessions.filter((one) => Date.parse(one.ends_at) > Date.now());
  const days = new Map<string, KeptSession[]>();
  for (const one of upcoming) {
    const day = dayText(one.starts_at, zone, locale);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return (
    <Outside title={t('offline.title')}>
      <Text size="sm" c="dimmed">
        {t('offline.as_of', { when: momentText(week.at, zone, locale) })}
      </Text>
      {!upcoming.length && <Text>{t('offline.none')}</Text>}
      {[...days].map(([day, sessions]) => (
        <Stack key={day} gap={4}>
          <Title order={2}>{day}</Title>
          <ul className={classes.list}>
            {sessions.map((session) => (
              <Line key={session.id} session={session} zone={zone} />
            ))}
          </ul>
        </Stack>
      ))}
    </Outside>
  );
}

function Line({ session, zone }: { session: KeptSession; zone: string }) {
  const { t, locale } = useWords();
  const people = [session.consultant, ...session.clients].join(', ');
  return (
    <li className={classes.line}>
      <span className={classes.time}>
        {timeText(session.starts_at, zone, locale)}–{timeText(session.ends_at, zone, locale)}
      </span>
      <span>
        <strong>{session.title || t('form.untitled')}</strong>
        <Text size="xs" c="dimmed">
          {people} · {session.online ? t('form.online') : t('form.in_person')}
        </Text>
      </span>
    </li>
  );
}
