import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words';

interface Told {
  error: unknown;
  /** Given if a new attempt may help. */
  onAgain?: () => void;
  children?: ReactNode;
}

/** The failure and the next step, at the place where it happened. */
export function Trouble({ error, onAgain, children }: Told) {
  const { t, explain } = useWords();
  const { detail, next } = explain(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle size={20} />} title={detail} role="alert">
      <Text size="sm">{next}</Text>
      {children}
      {onAgain && (
        <Button variant="default" size="xs" mt="sm" onClick={onAgain}>
          {t('shell.try_again')}
        </Button>
      )}
    </Alert>
  );
}
