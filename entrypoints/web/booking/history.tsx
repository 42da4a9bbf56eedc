/** Who did what, on whose behalf; each call to the provider, and its answer. */
import { Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { historyQuery, providersQuery } from '../api/queries';
import type { HistoryLine } from '../api/types';
import { labelOf } from '../connection/label';
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

function useHistoryWords() {
  const { t, locale } = useWords();
  const { data: providers } = useQuery(providersQuery);
  const endingWords = useEndingWords();

  return (line: HistoryLine): { title: string; text: string } => {
    const found = providers?.find((one) => one.provider === line.provider);
    const label = line.provider ? labelOf(providers, line.provider) : t('history.provider');
    const words = {
      actor: line.actor ?? t(line.actor_id ? 'practice.people.former' : 'history.calendra'),
      label,
      host: line.host ?? '',
      for: line.on_behalf_of_name ?? '',
    };
    const parts: string[] = [];
    if (line.actor && line.on_behalf_of_name && line.actor !== line.on_behalf_of_name)
      parts.push(t('history.on_behalf', words));
    if (line.reason) parts.push(t(`history.why.${line.reason}`, words));
    parts.push(...facts(line), ...ended(line, label, found?.removal_address ?? ''), ...failed(line, label));
    return { title: t(`history.${line.action}`, words), text: parts.filter(Boolean).join(' ') };
  };

  /** For a connection that ended: the provider's answer. */
  function ended(line: HistoryLine, label: string, address: string): string[] {
    if (!line.facts.ending) return [];
    const { there, todo, meetings } = endingWords(line.facts.ending, label, Boolean(address));
    return [there, todo && `${todo} ${address}`, meetings];
  }

  function facts({ facts: said }: HistoryLine): string[] {
    const changed = [...new Set(said.changed.map((name) => t(`history.field.${name}`)))];
    const differs = said.differs.map((name) => t(`history.difference.${name}`));
    const planned = said.orphan?.starts_at;
    return [
      changed.length ? t('history.changed', { fields: changed.join(', ') }) : '',
      said.verdict && said.verdict !== 'none' ? t(`history.verdict.${said.verdict}`) : '',
      differs.length ? t('history.seen_differs', { what: differs.join(', ') }) : '',
      said.merge ? t('history.merged', { ...said.merge, other: said.merge.name }) : '',
      said.link_changed ? t('history.link_changed') : '',
      planned ? t('history.orphan_planned', { when: momentText(planned, viewersZone(), locale) }) : '',
      said.title_shortened_to ? t('history.shortened', { count: said.title_shortened_to }) : '',
      typeof said.found === 'number' ? t('history.found', { count: said.found }) : '',
    ];
  }

  function failed(line: HistoryLine, label: string): string[] {
    const gone = line.outcome === 'provider_meeting_gone';
    const why = gone ? 'meeting_gone' : line.facts.failure;
    return [
      why ? t(`history.failed.${why}`, { label }) : '',
      line.answer ? t('history.answered', { answer: line.answer }) : '',
    ];
  }
}
