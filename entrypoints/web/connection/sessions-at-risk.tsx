import { Anchor, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'wouter';
import { atRiskQuery, consultantsQuery } from '../api/queries';
import type { Connection, Consultant } from '../api/types';
import { isConnected } from '../booking/status';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import { RiskySession } from './risky-session';

/** The upcoming sessions that may lack a link, each with why, and with whom could hold it instead. */
export function SessionsAtRisk({ consultant, connection }: { consultant: Consultant; connection: Connection }) {
  const { t } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  const { data: page, error } = useQuery(atRiskQuery(consultant.id));
  const { data: consultants = [] } = useQuery(consultantsQuery);
  const sessions = page?.items.filter((one) => one.provider === connection.provider) ?? [];
  const others = consultants.filter((one) => one.id !== consultant.id && isConnected(one, connection.provider));
  return (
    <div className={classes.pane}>
      <Title order={3} size="h5" ref={title} tabIndex={-1}>
        {sessions.length || !page
          ? t('connections.risk.title', { count: page ? sessions.length : connection.at_risk })
          : t('connections.risk.none')}
      </Title>
      {error && <Trouble error={error} />}
      {!page && !error && <Skeleton height={64} radius="md" role="status" aria-label={t('shell.loading')} />}
      {page && !sessions.length && (
        <Text size="sm" c="dimmed">
          {t('connections.risk.none_text', { name: consultant.name })}
        </Text>
      )}
      {sessions.length > 0 && (
        <ul className={classes.risks}>
          {sessions.map((one) => (
            <RiskySession key={one.id} session={one} others={others} onGiven={() => title.current?.focus()} />
          ))}
        </ul>
      )}
      {sessions.length > 0 && !others.length && connection.set_up && (
        <Text size="sm" c="dimmed">
          {t('connections.risk.nobody')}
        </Text>
      )}
      {page?.next && (
        <Anchor component={Link} size="sm" href={`/sessions?only=at_risk&consultant=${consultant.id}`}>
          {t('connections.risk.more')}
        </Anchor>
      )}
    </div>
  );
}
