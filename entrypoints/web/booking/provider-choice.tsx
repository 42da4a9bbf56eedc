import { Group, Radio, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { providersQuery } from '../api/queries';
import type { Consultant } from '../api/types';
import { labelOf } from '../connection/label';
import { useWords } from '../words/use-words';
import classes from './session.module.css';
import { connectionOf, cutOffAt } from './status';

interface Choosing {
  value: string | null;
  onChange: (provider: string) => void;
  consultant: Consultant | undefined;
  /** Whether the viewer is that consultant, and so can connect. */
  own: boolean;
  /** How long the session is. */
  minutes: number;
  /** Whether saving leaves the present meeting as it is. */
  keepsLink: boolean;
  error?: string;
}

/** The meeting providers, each with how this consultant stands there. */
export function ProviderChoice({ value, onChange, consultant, own, minutes, keepsLink, error }: Choosing) {
  const { t } = useWords();
  const { data: providers = [] } = useQuery(providersQuery);
  const lost = value && !providers.some((one) => one.provider === value) ? value : null;
  if (!providers.length && !lost) return <Text size="sm">{t('form.no_provider')}</Text>;
  return (
    <Radio.Group label={t('form.provider')} value={value} onChange={onChange} error={error}>
      <Stack gap={6} mt={6}>
        {providers.map(({ provider, label }) => (
          <Offer key={provider} provider={provider} label={label}>
            <StatusText consultant={consultant} provider={provider} label={label} own={own} />
          </Offer>
        ))}
        {lost && (
          <Offer provider={lost} label={labelOf(providers, lost)}>
            {t(keepsLink ? 'form.not_set_up.kept' : 'form.not_set_up.anew')}
          </Offer>
        )}
      </Stack>
      <PlanLimit consultant={consultant} provider={value} minutes={minutes} />
    </Radio.Group>
  );
}

function Offer({ provider, label, children }: { provider: string; label: string; children: ReactNode }) {
  return (
    <Radio.Card value={provider} className={classes.provider} p="xs">
      <Group wrap="nowrap" gap="sm">
        <Radio.Indicator />
        <div>
          <Text size="sm" fw={600}>
            {label}
          </Text>
          <Text size="xs" c="dimmed">
            {children}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}

/** A warning before saving, which does not prevent it: a host may change their plan. */
function PlanLimit({
  consultant,
  provider,
  minutes,
}: {
  consultant: Consultant | undefined;
  provider: string | null;
  minutes: number;
}) {
  const { t } = useWords();
  const longest = cutOffAt(consultant, provider, minutes);
  const label = connectionOf(consultant, provider)?.label ?? '';
  return (
    <div role="status" data-testid="plan-limit">
      {longest && consultant && (
        <Group wrap="nowrap" gap={6} mt={8} align="flex-start" c="var(--caution)">
          <IconAlertTriangle size={16} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
          <Text size="sm">{t('form.cut_off', { name: consultant.name, label, minutes: longest })}</Text>
        </Group>
      )}
    </div>
  );
}

function StatusText({
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
  if (connection.status === 'connected') return t('form.connected_as', words);
  return own ? t('form.connects_on_saving', words) : t('form.not_connected', words);
}
