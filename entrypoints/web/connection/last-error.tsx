import { Code, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { Folded } from './folded';
import { useRecentText } from './moments';
import { Notice } from './notice';
import { useConnectionWords } from './use-connection-words';

/** When it was, what it means, what to do; the provider's message for support. */
export function LastError({ consultant, connection }: { consultant: Consultant; connection: Connection }) {
  const { t } = useWords();
  const recent = useRecentText();
  const { error, errorNext } = useConnectionWords()(consultant, connection);
  if (!connection.last_error) return null;
  return (
    <Notice
      tone="warn"
      icon={<IconAlertTriangle size={18} stroke={1.8} />}
      title={t('connections.error.title', { when: recent(connection.last_error.at) })}
    >
      <Text size="sm">
        {error} {errorNext}
      </Text>
      <Answer connection={connection} />
    </Notice>
  );
}

/** The provider's message, verbatim. */
export function Answer({ connection }: { connection: Connection }) {
  const { t } = useWords();
  const said = connection.last_error?.answer;
  if (!said) return null;
  return (
    <Folded label={t('connections.error.answer', { label: connection.label })}>
      <Code block fz="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {said}
      </Code>
    </Folded>
  );
}
