/** The assigned consultant is not connected, and the viewer is another person: three next steps. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { Consultant } from '../api/types';
import { PersonalLink } from '../connection/personal-link';
import { useWords } from '../words/use-words';
import classes from './session.module.css';
import { useShown } from './use-shown';

interface Choosing {
  consultant: Consultant;
  provider: string;
  label: string;
  /** Connected consultants who could hold the session instead. */
  connected: Consultant[];
  others: { provider: string; label: string }[];
  onAssign: (consultantId: string) => void;
  onProvider: (provider: string) => void;
  onInPerson: () => void;
}

export function ConnectionNeeded(choice: Choosing) {
  const { consultant, provider, label, connected, others, onAssign, onProvider, onInPerson } = choice;
  const { t } = useWords();
  const shown = useShown();
  const words = { name: consultant.name, label };
  return (
    <Alert
      color="orange"
      icon={<IconPlugConnectedX size={20} />}
      title={t('needed.title', words)}
      role="alert"
      data-testid="connection-needed"
      ref={shown}
      className={classes.shown}
    >
      <Stack gap="sm">
        <Text size="sm">{t('needed.text', words)}</Text>
        {connected.length > 0 && (
          <Way text={t('needed.assign')}>
            {connected.map((one) => (
              <Button key={one.id} size="xs" variant="default" onClick={() => onAssign(one.id)}>
                {one.name}
              </Button>
            ))}
          </Way>
        )}
        <Way text={others.length ? t('needed.elsewhere') : t('needed.offline')}>
          {others.map((other) => (
            <Button key={other.provider} size="xs" variant="default" onClick={() => onProvider(other.provider)}>
              {other.label}
            </Button>
          ))}
          <Button size="xs" variant="default" onClick={onInPerson}>
            {t('needed.in_person')}
          </Button>
        </Way>
        <Way text={t('needed.invite', words)}>
          <PersonalLink consultant={consultant} provider={provider} label={label} />
        </Way>
      </Stack>
    </Alert>
  );
}

function Way({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="sm" mb={4}>
        {text}
      </Text>
      <Group gap={6}>{children}</Group>
    </div>
  );
}
