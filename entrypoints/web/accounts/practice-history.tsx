/** What happened to the practice and to who belongs to it, newest first. */
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
const KNOWN = [
  'founded',
  'practice_changed',
  'invited',
  'invitation_renewed',
  'invitation_revoked',
  'joined',
  'roles_changed',
] as const;

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
  const known = KNOWN.find((one) => one === line.action);
  if (!known) return line.action;
  const listed = (names: string, kind: 'roles' | 'settings') =>
    names
      .split(', ')
      .map((name) =>
        kind === 'roles' ? t(`practice.roles.${name as 'admin'}`) : t(`practice.settings.${name as 'name'}`),
      )
      .join(', ');
  return t(`practice.history.${known}`, {
    by: line.actor ?? t('practice.history.somebody'),
    name: line.facts.name ?? '',
    roles: line.facts.roles ? listed(line.facts.roles, 'roles') : '',
    changed: line.facts.changed ? listed(line.facts.changed, 'settings') : '',
  });
}
