/** The upcoming sessions of a person who leaves, each with who could hold it instead. */
import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Problem } from '../api/problem';
import { consultantsQuery, practiceChanged, upcomingQuery } from '../api/queries';
import type { Consultant, Person, Session } from '../api/types';
import { SlotTaken } from '../booking/slot-taken';
import { isConnected } from '../booking/status';
import { useClientName } from '../clients/client-name';
import classes from '../connection/connections.module.css';
import { GiveTo } from '../connection/give-to';
import { useGiving } from '../connection/use-giving';
import { Trouble } from '../shell/trouble';
import { slotText } from '../words/dates';
import { useWords } from '../words/use-words';
import own from './practice.module.css';
import { useMe } from './signed-in';

export function UpcomingSessions({ person }: { person: Person }) {
  const { t } = useWords();
  const { name } = person;
  const title = useRef<HTMLParagraphElement>(null);
  const { data: page, error } = useQuery(upcomingQuery(person.id));
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const colleagues = consultants.filter((one) => one.id !== person.id);
  const given = () => {
    title.current?.focus();
    practiceChanged();
  };
  if (error) return <Trouble error={error} />;
  if (!page) return <Skeleton height={64} radius="md" role="status" aria-label={t('shell.loading')} />;
  return (
    <div>
      <Text size="sm" fw={600} mb={6} ref={title} tabIndex={-1} style={{ outline: 'none' }}>
        {page.items.length
          ? t('practice.ending.upcoming', { count: page.items.length })
          : t('practice.ending.no_upcoming')}
      </Text>
      {page.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by keyboard
        <section className={own.sessions} aria-label={t('practice.ending.reassign_title', { name })} tabIndex={0}>
          <ul className={classes.risks}>
            {page.items.map((one) => (
              <Upcoming key={one.id} session={one} colleagues={colleagues} onGiven={given} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

interface Given {
  session: Session;
  colleagues: Consultant[];
  onGiven: () => void;
}

function Upcoming({ session, colleagues, onGiven }: Given) {
  const me = useMe();
  const nameOf = useClientName();
  const { t, locale } = useWords();
  const giving = useGiving(session, onGiven);
  const title = session.title || t('form.untitled');
  const zone = me.practice.zone;
  const others = session.online ? colleagues.filter((one) => isConnected(one, session.provider ?? null)) : colleagues;
  return (
    <li data-testid="upcoming">
      <div className={classes.risk}>
        <div className={classes.riskText}>
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <Text size="sm">{slotText(session.starts_at, session.ends_at, zone, locale)}</Text>
          <Text size="xs" c="dimmed">
            {session.clients.map(nameOf).join(', ')}
          </Text>
          {!others.length && (
            <Text size="xs" c="dimmed">
              {t('practice.ending.nobody')}
            </Text>
          )}
        </div>
        <GiveTo session={session} title={title} others={others} busy={giving.isPending} onGive={giving.mutate} />
      </div>
      {giving.error && <Refused error={giving.error} zone={zone} />}
    </li>
  );
}

function Refused({ error, zone }: { error: Error; zone: string }) {
  if (error instanceof Problem && error.code === 'slot_taken') return <SlotTaken problem={error} zone={zone} />;
  return <Trouble error={error} />;
}
