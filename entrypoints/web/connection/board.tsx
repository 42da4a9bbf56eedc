/** Every consultant at every provider, for admins. */
import { Button, Switch, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Connection, Consultant } from '../api/types';
import { Empty } from '../shell/empty';
import { useWords } from '../words/use-words';
import { needsAttention } from './attention';
import { BoardRow } from './board-row';
import classes from './connections.module.css';
import { Section } from './section';

interface Row {
  key: string;
  consultant: Consultant;
  connection: Connection;
}

export function Board({ consultants }: { consultants: Consultant[] }) {
  const { t } = useWords();
  const [narrowed, setNarrowed] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const rows = rowsOf(consultants);
  const needing = rows.filter(({ connection }) => needsAttention(connection));
  // An open row stays open after its failure has ended.
  const shown = narrowed ? rows.filter((row) => needing.includes(row) || row.key === opened) : rows;
  return (
    <Section
      title={t('connections.board.title')}
      text={useSummary(rows)}
      tools={
        <Switch
          size="sm"
          label={
            needing.length
              ? t('connections.board.attention_count', { count: needing.length })
              : t('connections.board.attention')
          }
          checked={narrowed}
          onChange={(event) => setNarrowed(event.currentTarget.checked)}
        />
      }
    >
      {shown.length > 0 ? (
        <Rows rows={shown} opened={opened} onOpen={setOpened} />
      ) : (
        <Empty
          icon={<IconCircleCheck size={36} stroke={1.4} />}
          title={t('connections.board.calm')}
          text={t('connections.board.calm_text')}
        >
          <Button variant="default" size="xs" onClick={() => setNarrowed(false)}>
            {t('connections.board.everybody')}
          </Button>
        </Empty>
      )}
      {!rows.length && <Text c="dimmed">{t('connections.mine.none')}</Text>}
    </Section>
  );
}

interface Listed {
  rows: Row[];
  opened: string | null;
  onOpen: (key: string | null) => void;
}

function Rows({ rows, opened, onOpen }: Listed) {
  const { t } = useWords();
  return (
    <table className={classes.board} data-testid="board">
      <thead>
        <tr>
          <th scope="col">{t('connections.board.consultant')}</th>
          <th scope="col">{t('connections.board.connection')}</th>
          <th scope="col">{t('connections.board.last_call')}</th>
          <th scope="col">{t('connections.fact.calls')}</th>
          <th scope="col">{t('connections.fact.sessions')}</th>
          <th scope="col" className={classes.unseen}>
            {t('connections.board.details')}
          </th>
        </tr>
      </thead>
      {rows.map(({ key, consultant, connection }) => (
        <BoardRow
          key={key}
          consultant={consultant}
          connection={connection}
          opened={opened === key}
          onToggle={() => onOpen(opened === key ? null : key)}
        />
      ))}
    </table>
  );
}

function rowsOf(consultants: Consultant[]): Row[] {
  return consultants.flatMap((consultant) =>
    consultant.connections.map((connection) => ({
      key: `${consultant.id} ${connection.provider}`,
      consultant,
      connection,
    })),
  );
}

function useSummary(rows: Row[]): string {
  const { t } = useWords();
  const connected = rows.filter(({ connection }) => connection.set_up && connection.status === 'connected').length;
  const atRisk = rows.reduce((sum, { connection }) => sum + connection.at_risk, 0);
  const said = atRisk ? t('connections.risk.title', { count: atRisk }) : t('connections.board.safe');
  return `${t('connections.board.summary', { connected, count: rows.length })} · ${said}`;
}
