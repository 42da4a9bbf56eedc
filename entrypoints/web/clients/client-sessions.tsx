import '../calendar/palette.css';
import { SegmentedControl, Skeleton, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isAdmin, useMe } from '../accounts/signed-in';
import { clientSessionsQuery } from '../api/client-queries';
import { consultantsQuery } from '../api/queries';
import { DayList } from '../booking-list/day-list';
import { More } from '../booking-list/more';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import classes from './clients.module.css';

/** Past and to come, each with the way into the session. */
export function ClientSessions({ id }: { id: string }) {
  const { t } = useWords();
  const me = useMe();
  const [past, setPast] = useState(false);
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const found = useInfiniteQuery(clientSessionsQuery(id, past));
  const sessions = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={classes.card} aria-labelledby="client-sessions">
      <div className={classes.cardHeading}>
        <Title order={2} size="sm" id="client-sessions">
          {t(isAdmin(me) ? 'clients.sessions' : 'clients.my_sessions')}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t('sessions.when')}
          value={past ? 'past' : 'upcoming'}
          onChange={(value) => setPast(value === 'past')}
          data={[
            { value: 'upcoming', label: t('sessions.whens.upcoming') },
            { value: 'past', label: t('sessions.whens.past') },
          ]}
        />
      </div>
      {found.isError && <Trouble error={found.error} onAgain={() => void found.refetch()} />}
      {found.isPending && <Skeleton height={64} radius="md" />}
      {found.isSuccess && !sessions.length && (
        <Text size="sm" c="dimmed">
          {t(past ? 'clients.no_past' : 'clients.no_coming')}
        </Text>
      )}
      <DayList sessions={sessions} consultants={consultants} stale={false} onGone={() => undefined} />
      <More found={found} />
    </section>
  );
}
