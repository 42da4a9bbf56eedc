import { Code, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Connection, Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { Folded } from './folded';
import { useRecentText } from './moments';
import { Notice } from './notice';
import { useConnectionWords } from './use-connection-words';

/** When it was, what it means, what to do; the provider's own words for whoever supports. */
export function LastError({ consultant, connection }: { consultant: Consultant; connection: Connection }) {
  const { t } = useWords();
  const recent = useRecentText();
  const { words, error, errorNext } = useConnectionWords()(consultant, connection);
  const failure = connection.last_error;
  if (!failure) return null;
  return (
    <Notice
      tone="warn"
      icon={<IconAlertTriangle size={18} stroke={1.8} />}
      title={t('connections.error.title', { when: recent(failure.at) })}
    >
      <Text size="sm">
        {error} {errorNext}
      </Text>
      {failure.detail && (
        <Folded label={t('connections.error.answer', words)}>
          <Code block fz="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {failure.detail}
          </Code>
        </Folded>
      )}
    </Notice>
  );
}
