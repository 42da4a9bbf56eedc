/** The history of the practice and its people, newest first. */
import { Button, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { practiceHistoryQuery } from '../api/queries';
import type { HistoryLine } from '../api/types';
import { viewersZone } from '../booking/times';
import { Section } from '../connection/section';
import { Trouble } from '../shell/trouble';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import classes from './practice.module.css';

const FEW = 10;
export function PracticeHistory() {
  const { t, locale } = useWords();
  const { data: lines, error } = useQuery(practiceHistoryQuery);
  const [all, setAll] = useState(false);
  const newest = [...(lines ?? [])].reverse();
  return (
    <Section title={t('practice.history.title')}>
      {error && <Trouble error={error} />}
      {!lines && !error && <Skeleton height={44} radius="md" role="status" aria-label={t('shell.loading')} />}
      {lines?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('practice.history.none')}
        </Text>
      )}
      <ol className={classes.history}>
        {newest.slice(0, all ? undefined : FEW).map((line) => (
          <li key={`${line.at} ${line.action}`}>
            <Text size="sm" span>
              <Sentence line={line} />
            </Text>{' '}
            <Text size="sm" span c="dimmed">
              {momentText(line.at, viewersZone(), locale)}
            </Text>
          </li>
        ))}
      </ol>
      {!all && newest.length > FEW && (
        <Button size="xs" variant="subtle" w="fit-content" onClick={() => setAll(true)}>
          {t('practice.history.all', { count: newest.length })}
        </Button>
      )}
    </Section>
  );
}

function Sentence({ line }: { line: HistoryLine }) {
  const { t } = useWords();
  return t(`history.${line.action}`, {
    actor: line.actor ?? t(line.actor_id ? 'practice.people.former' : 'practice.history.somebody'),
    label: line.provider ?? '',
    host: line.host ?? '',
    name: line.facts.name || t('practice.people.former'),
    roles: line.facts.roles.map((role) => t(`practice.roles.${role}`)).join(', '),
    changed: line.facts.changed.map((name) => t(`history.field.${name}`)).join(', '),
  });
}
