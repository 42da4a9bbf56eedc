/** Who did what, on whose behalf; which call the provider got, and what it answered. */
import { Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { historyQuery, providersQuery } from '../api/queries';
import type { HistoryLine } from '../api/types';
import { useEndingWords } from '../connection/use-ending-words';
import { Loading } from '../shell/loading';
import { Trouble } from '../shell/trouble';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { viewersZone } from './times';

export function History({ id }: { id: string }) {
  const { data, error } = useQuery(historyQuery(id));
  if (error) return <Trouble error={error} />;
  if (!data) return <Loading />;
  return <HistoryLines lines={data} />;
}

/** Newest first. */
export function HistoryLines({ lines }: { lines: HistoryLine[] }) {
  const { locale } = useWords();
  const words = useHistoryWords();
  return (
    <Timeline bulletSize={14} lineWidth={2} data-testid="history">
      {lines.toReversed().map((line, place) => {
        const { title, text } = words(line);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and only ever grow at the other end
          <Timeline.Item key={lines.length - place} title={title}>
            <Text size="xs" c="dimmed">
              {momentText(line.at, viewersZone(), locale)}
            </Text>
            {text && <Text size="sm">{text}</Text>}
          </Timeline.Item>
        );
      })}
    </Timeline>
  );
}

const ACTIONS = [
  'booked',
  'edited',
  'cancelled',
  'restored',
  'deleted',
  'create',
  'change',
  'remove',
  'find',
  'verify',
  'connected',
  'disconnect_asked',
  'disconnected',
  'removed_at_provider',
  'authorization_ended',
  'erased',
  'orphan_removed',
  'out_of_reach',
  'in_reach',
  'link_change_acknowledged',
  'client_added',
  'client_corrected',
  'client_archived',
  'client_restored',
  'clients_merged',
] as const;
const VERDICTS = ['none', 'made', 'kept', 'changed', 'moved', 'recreated', 'removed', 'out_of_reach'] as const;
const WHYS = [
  'new',
  'edited',
  'unheard',
  'day_before',
  'shortly_before',
  'webhook_event',
  'vanished',
  'missing',
  'other_account',
  'removed',
  'cancelled',
  'restored',
  'deleted',
  'doubled',
  'unwanted',
  'orphaned',
  'moved_host',
  'switched_offline',
  'switched_online',
  'switched_provider',
  'disconnected',
] as const;
const FIELDS = [
  'consultant_id',
  'client_ids',
  'starts_at',
  'ends_at',
  'zone',
  'title',
  'notes',
  'online',
  'provider',
  'name',
  'email',
  'phone',
] as const;

const DIFFERENCES = ['moved', 'resized', 'renamed'] as const;

function useHistoryWords() {
  const { t, locale } = useWords();
  const { data: providers } = useQuery(providersQuery);
  const endingWords = useEndingWords();

  return (line: HistoryLine): { title: string; text: string } => {
    const provider = line.provider ?? line.facts.provider;
    const found = providers?.find((one) => one.provider === provider);
    const label = found?.label ?? provider ?? t('history.provider');
    const words = {
      actor: line.actor ?? t('history.calendra'),
      label,
      host: line.host ?? '',
      for: line.on_behalf_of_name ?? '',
    };
    const action = oneOf(ACTIONS, line.action);
    const title = action ? t(`history.${action}`, words) : line.action;
    const parts: string[] = [];
    if (line.actor && line.on_behalf_of_name && line.actor !== line.on_behalf_of_name)
      parts.push(t('history.on_behalf', words));
    const why = oneOf(WHYS, line.reason ?? '');
    if (why) parts.push(t(`history.why.${why}`, words));
    parts.push(...facts(line), ...ended(line, label, found?.removal_address ?? ''), outcome(line));
    return { title, text: parts.filter(Boolean).join(' ') };
  };

  /** Of a connection that ended: what its provider said to it. Earlier lines do not tell that for sure. */
  function ended(line: HistoryLine, label: string, address: string): string[] {
    if (line.action !== 'disconnected' || !line.facts.revocation) return [];
    const ending = { revocation: line.facts.revocation, meetings_left: Number(line.facts.meetings_left ?? 0) };
    const { there, todo, meetings } = endingWords(ending, label);
    return [there, todo && `${todo} ${address}`, meetings];
  }

  function facts(line: HistoryLine): string[] {
    const said = line.facts;
    const changed = (said.changed ?? '').split(', ').map((name) => oneOf(FIELDS, name));
    const names = [...new Set(changed.filter((name) => name !== null).map((name) => t(`history.field.${name}`)))];
    const verdict = oneOf(VERDICTS, said.meeting ?? '');
    const seen = (said.differs ?? '').split(', ').map((name) => oneOf(DIFFERENCES, name));
    const what = seen.filter((name) => name !== null).map((name) => t(`history.difference.${name}`));
    return [
      names.length ? t('history.changed', { fields: names.join(', ') }) : '',
      verdict && verdict !== 'none' ? t(`history.verdict.${verdict}`) : '',
      what.length ? t('history.seen_differs', { what: what.join(', ') }) : '',
      said.other ? t('history.merged', { other: said.other, sessions: said.sessions, notes: said.notes }) : '',
      said.link === 'changed' ? t('history.link_changed') : '',
      said.starts_at ? t('history.orphan_planned', { when: momentText(said.starts_at, viewersZone(), locale) }) : '',
      said.title_shortened_to ? t('history.shortened', { count: Number(said.title_shortened_to) }) : '',
    ];
  }

  function outcome(line: HistoryLine): string {
    if (!line.outcome || line.outcome === 'done') return '';
    const found = /^found (\d+)$/.exec(line.outcome);
    if (found) return t('history.found', { count: Number(found[1]) });
    return t('history.answered', { answer: line.outcome });
  }
}

function oneOf<T extends string>(known: readonly T[], word: string): T | null {
  return known.includes(word as T) ? (word as T) : null;
}
