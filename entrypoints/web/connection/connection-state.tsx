/** Shown above the facts: why the connection does not work, what is missing, and the next step. */
import { Text } from '@mantine/core';
import { IconHourglass, IconPlugConnectedX } from '@tabler/icons-react';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { canDisconnect } from './attention';
import { Answer, LastError } from './last-error';
import { useRecentText } from './moments';
import { Notice } from './notice';
import { useConnectionWords } from './use-connection-words';

export function ConnectionState({ consultant, connection }: { consultant: Consultant; connection: Connection }) {
  const { t } = useWords();
  const recent = useRecentText();
  const { whose, words, why, mend } = useConnectionWords()(consultant, connection);
  if (!connection.set_up) return <NotSetUp connection={connection} whose={whose} words={words} />;
  switch (connection.status) {
    case 'not_connected':
      return <Text size="sm">{t(`connections.lead.${whose}`, words)}</Text>;
    case 'needs_reconnecting':
      return (
        <Notice tone="bad" icon={<IconPlugConnectedX size={18} stroke={1.8} />} title={why}>
          <Text size="sm">{mend}</Text>
          {connection.last_error && (
            <Text size="sm" c="dimmed">
              {t('connections.error.title', { when: recent(connection.last_error.at) })}
            </Text>
          )}
          <Answer connection={connection} />
        </Notice>
      );
    case 'disconnecting':
      return (
        <Notice
          tone="warn"
          icon={<IconHourglass size={18} stroke={1.8} />}
          title={t('connections.status.disconnecting')}
        >
          <Text size="sm">{t('connections.leaving', words)}</Text>
        </Notice>
      );
    default:
      return <LastError consultant={consultant} connection={connection} />;
  }
}

interface Left {
  connection: Connection;
  whose: 'own' | 'theirs';
  words: { name: string; label: string; account: string };
}

/** The provider was taken out of the settings, and what is stored of it is still here. */
function NotSetUp({ connection, whose, words }: Left) {
  const { t } = useWords();
  return (
    <Notice
      tone="bad"
      icon={<IconPlugConnectedX size={18} stroke={1.8} />}
      title={t('connections.not_set_up.title', words)}
    >
      <Text size="sm">{t('connections.not_set_up.text', words)}</Text>
      {connection.upcoming > 0 && <Text size="sm">{t('connections.not_set_up.sessions', words)}</Text>}
      {canDisconnect(connection) && <Text size="sm">{t(`connections.not_set_up.disconnect_${whose}`, words)}</Text>}
    </Notice>
  );
}
