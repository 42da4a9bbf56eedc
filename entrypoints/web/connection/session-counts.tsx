import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { useMe } from '../accounts/signed-in';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';

/** How many sessions depend on a connection; each number leads to them in the list. */
export function SessionCounts({ consultant, connection }: { consultant: Consultant; connection: Connection }) {
  const me = useMe();
  const { t } = useWords();
  const list = (only: string) =>
    `/sessions?${new URLSearchParams({ only, ...(consultant.id === me.id ? {} : { consultant: consultant.id }) })}`;
  if (!connection.upcoming) return <span className={classes.quiet}>{t('connections.none_upcoming')}</span>;
  return (
    <span className={classes.counts}>
      <Anchor component={Link} href={list('online')} inherit>
        {t('connections.upcoming', { count: connection.upcoming })}
      </Anchor>
      {connection.at_risk > 0 && (
        <Anchor component={Link} href={list('at_risk')} inherit className={classes.risky}>
          {t('connections.at_risk', { count: connection.at_risk })}
        </Anchor>
      )}
    </span>
  );
}
