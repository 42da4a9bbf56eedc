/** Saving needs a meeting at a provider that is no longer set up: the next steps. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useWords } from '../words/use-words';
import classes from './session.module.css';
import { useShown } from './use-shown';

interface Choosing {
  label: string;
  /** The providers that are set up. */
  others: { provider: string; label: string }[];
  onProvider: (provider: string) => void;
  onInPerson: () => void;
}

export function ProviderGone({ label, others, onProvider, onInPerson }: Choosing) {
  const { t } = useWords();
  const shown = useShown();
  return (
    <Alert
      color="orange"
      icon={<IconPlugConnectedX size={20} />}
      title={t('connections.not_set_up.title', { label })}
      role="alert"
      data-testid="provider-gone"
      ref={shown}
      className={classes.shown}
    >
      <Stack gap="sm">
        <Text size="sm">{t('needed.not_set_up', { label })}</Text>
        <div>
          <Text size="sm" mb={4}>
            {t(others.length ? 'needed.elsewhere' : 'needed.offline')}
          </Text>
          <Group gap={6}>
            {others.map((other) => (
              <Button key={other.provider} size="xs" variant="default" onClick={() => onProvider(other.provider)}>
                {other.label}
              </Button>
            ))}
            <Button size="xs" variant="default" onClick={onInPerson}>
              {t('needed.in_person')}
            </Button>
          </Group>
        </div>
      </Stack>
    </Alert>
  );
}
