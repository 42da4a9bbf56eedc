import { Group, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { providersQuery } from '../api/queries';
import type { Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import classes from './session.module.css';
import { connectionOf } from './standing';

interface Choosing {
  value: string | null;
  onChange: (provider: string) => void;
  consultant: Consultant | undefined;
  /** Whether the viewer is that consultant, and so can connect. */
  own: boolean;
  error?: string;
}

/** The meeting providers, each with how this consultant stands there. */
export function ProviderChoice({ value, onChange, consultant, own, error }: Choosing) {
  const { t } = useWords();
  const { data: providers = [] } = useQuery(providersQuery);
  if (!providers.length) return <Text size="sm">{t('form.no_provider')}</Text>;
  return (
    <Radio.Group label={t('form.provider')} value={value} onChange={onChange} error={error}>
      <Stack gap={6} mt={6}>
        {providers.map(({ provider, label }) => (
          <Radio.Card key={provider} value={provider} className={classes.provider} p="xs">
            <Group wrap="nowrap" gap="sm">
              <Radio.Indicator />
              <div>
                <Text size="sm" fw={600}>
                  {label}
                </Text>
                <Text size="xs" c="dimmed">
                  <StandingText consultant={consultant} provider={provider} label={label} own={own} />
                </Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}

function StandingText({
  consultant,
  provider,
  label,
  own,
}: {
  consultant: Consultant | undefined;
  provider: string;
  label: string;
  own: boolean;
}) {
  const { t } = useWords();
  const connection = connectionOf(consultant, provider);
  if (!consultant || !connection) return null;
  const words = { label, name: consultant.name, account: connection.account ?? '' };
  if (connection.standing === 'connected') return t('form.connected_as', words);
  return own ? t('form.connects_on_saving', words) : t('form.not_connected', words);
}
