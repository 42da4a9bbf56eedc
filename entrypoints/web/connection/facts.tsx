import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { AccountSweep } from './account-sweep';
import { CallsLeft } from './calls-left';
import classes from './connections.module.css';
import { useRecentText } from './moments';
import { SessionCounts } from './session-counts';
import { useConnectionWords } from './use-connection-words';

interface Known {
  consultant: Consultant;
  connection: Connection;
  /** If the row above shows the rest. */
  brief?: boolean;
}

/** As whom, since when, and how much is left. */
export function Facts({ consultant, connection, brief = false }: Known) {
  const { t } = useWords();
  const recent = useRecentText();
  const { words, plan } = useConnectionWords()(consultant, connection);
  if (brief && !connection.account) return null;
  return (
    <dl className={classes.facts}>
      {connection.account && (
        <Fact name={t('connections.fact.account')}>
          {connection.account_name}
          <Text size="xs" c="dimmed" className={classes.address}>
            {connection.account}
          </Text>
        </Fact>
      )}
      {plan && (
        <Fact name={t('connections.fact.plan')}>
          {plan}
          {connection.longest_meeting !== null && (
            <Text size="xs" c="dimmed">
              {t('connections.plan_limit', { ...words, minutes: connection.longest_meeting })}
            </Text>
          )}
        </Fact>
      )}
      {connection.connected_at && <Fact name={t('connections.fact.since')}>{recent(connection.connected_at)}</Fact>}
      {!brief && connection.last_success_at && (
        <Fact name={t('connections.fact.last_success')}>{recent(connection.last_success_at)}</Fact>
      )}
      {connection.calls_left !== null && connection.account && (
        <Fact name={t('connections.fact.calls_of', words)}>
          <CallsLeft connection={connection} explained />
        </Fact>
      )}
      {connection.sweep && (
        <Fact name={t('connections.fact.looked_through')}>
          <AccountSweep sweep={connection.sweep} />
        </Fact>
      )}
      {!brief && (
        <Fact name={t('connections.fact.sessions')}>
          <SessionCounts consultant={consultant} connection={connection} />
        </Fact>
      )}
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
