import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words';

/** What went wrong and what to do next, where it happened. */
export function Trouble({ error, children }: { error: unknown; children?: ReactNode }) {
  const { explain } = useWords();
  const { detail, next } = explain(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle size={20} />} title={detail} role="alert">
      <Text size="sm">{next}</Text>
      {children}
    </Alert>
  );
}
