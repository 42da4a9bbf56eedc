import { ActionIcon } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type MouseEvent, useId } from 'react';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { BoardDetails } from './board-details';
import { CallsLeft } from './calls-left';
import classes from './connections.module.css';
import { useRecentText } from './moments';
import { SessionCounts } from './session-counts';
import { StatusMark } from './status-mark';

interface Shown {
  consultant: Consultant;
  connection: Connection;
  opened: boolean;
  onToggle: () => void;
}

export function BoardRow({ consultant, connection, opened, onToggle }: Shown) {
  const { t } = useWords();
  const recent = useRecentText();
  const id = useId();
  const failure = connection.last_error;
  // The whole row for the mouse; the keyboard has the button, and links keep their own meaning.
  const click = (event: MouseEvent) => {
    if (!(event.target as Element).closest('a, button')) onToggle();
  };
  return (
    <tbody data-opened={opened || undefined} data-testid="board-row">
      <tr className={classes.row} onClick={click}>
        <th scope="row" className={classes.who}>
          {consultant.name}
          <span className={classes.under}>{consultant.email}</span>
        </th>
        <td className={classes.at}>
          <span className={classes.label}>
            {connection.label} <StatusMark connection={connection} />
          </span>
          {connection.account && <span className={classes.under}>{connection.account}</span>}
        </td>
        <td data-label={t('connections.board.last_call')}>
          {connection.last_success_at ? recent(connection.last_success_at) : t('connections.not_there')}
          {failure && (
            <span className={classes.failed}>{t('connections.error.title', { when: recent(failure.at) })}</span>
          )}
        </td>
        <td data-label={t('connections.fact.calls')}>
          {connection.account ? <CallsLeft connection={connection} /> : t('connections.not_there')}
        </td>
        <td data-label={t('connections.fact.sessions')}>
          <SessionCounts consultant={consultant} connection={connection} />
        </td>
        <td className={classes.opener}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-expanded={opened}
            aria-controls={opened ? id : undefined}
            aria-label={t('connections.board.show', { name: consultant.name, label: connection.label })}
            onClick={onToggle}
          >
            <IconChevronDown size={18} className={classes.down} />
          </ActionIcon>
        </td>
      </tr>
      {opened && (
        <tr id={id}>
          <td colSpan={6} className={classes.details}>
            <BoardDetails consultant={consultant} connection={connection} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
