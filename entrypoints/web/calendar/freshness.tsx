/** How current the grid is: days that could not be loaded must not look free. */
import { Button, Group, Loader, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useReach } from '../api/reach';
import type { Session } from '../api/types';
import { viewersZone } from '../booking/times';
import { Waiting } from '../booking-list/interim';
import { momentText, timeText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './freshness.module.css';

const A_DAY = 86_400_000;

interface Shown {
  found: UseQueryResult<Session[]>;
  /** Rows stand where a list will be. */
  asList: boolean;
}

export function Freshness({ found, asList }: Shown) {
  const { t, explain, locale } = useWords();
  const reached = useReach() === 'reached';
  if (found.data && !found.isPlaceholderData) {
    if (reached && !found.error) return null;
    const moment = new Date(found.dataUpdatedAt).toISOString();
    const text = Date.now() - found.dataUpdatedAt < A_DAY ? timeText : momentText;
    return (
      <Text role="status" size="xs" className={classes.asOf} data-testid="as-of">
        {t('calendar.as_of', { when: text(moment, viewersZone(), locale) })}
      </Text>
    );
  }
  if (!found.error && asList) {
    return (
      <div className={classes.rows}>
        <Waiting />
      </div>
    );
  }
  if (!found.error) {
    return (
      <div className={classes.loading} role="status" aria-label={t('shell.loading')}>
        <Loader type="dots" />
      </div>
    );
  }
  const { detail, next } = explain(found.error);
  return (
    <div className={classes.missing} role="alert" data-testid="not-loaded">
      <Text fw={620}>{t('calendar.not_loaded')}</Text>
      <Text size="sm">{reached ? `${detail} ${next}` : t('shell.away_next')}</Text>
      <Group justify="center">
        <Button variant="default" size="xs" loading={found.isFetching} onClick={() => void found.refetch()}>
          {t('shell.try_again')}
        </Button>
      </Group>
    </div>
  );
}
