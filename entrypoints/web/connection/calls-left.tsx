import { Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { helpQuery } from '../api/queries';
import type { Connection } from '../api/types';
import { viewersZone } from '../booking/times';
import { timeText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './connections.module.css';
import { nextUtcMidnight } from './moments';

const FEW = 10;

/** The rest of the provider's daily limit; nothing if it has none. */
export function CallsLeft({ connection, explained = false }: { connection: Connection; explained?: boolean }) {
  const { t, locale } = useWords();
  const { data: help } = useQuery(helpQuery(connection.provider));
  const left = connection.calls_left;
  if (left === null || left === undefined) return <>{t('connections.not_there')}</>;
  const of = help?.daily_calls;
  return (
    <div className={classes.calls}>
      <span>
        {of ? t('connections.calls_left', { count: left, of }) : t('connections.calls_left_alone', { count: left })}
      </span>
      {of && (
        <Progress
          size={4}
          value={(left / of) * 100}
          color={left < FEW ? 'red' : 'pine'}
          aria-label={t('connections.calls_meter', { count: left, of })}
        />
      )}
      {explained && (
        <Text size="xs" c="dimmed">
          {t('connections.calls_reset', { time: timeText(nextUtcMidnight(), viewersZone(), locale) })}
        </Text>
      )}
    </div>
  );
}
