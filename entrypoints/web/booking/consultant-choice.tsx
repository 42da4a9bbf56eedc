import { Select, Text } from '@mantine/core';
import { isAdmin, useMe } from '../accounts/signed-in';
import type { Consultant } from '../api/types';
import { useWords } from '../words/use-words';
import { isConnected } from './status';

interface Choosing {
  consultants: Consultant[];
  value: string;
  onChange: (consultantId: string) => void;
  /** The provider whose connection matters, while the session is online. */
  provider: string | null;
  label: string;
  error?: string;
}

/** Admins choose any consultant and see who is connected; consultants hold their own sessions. */
export function ConsultantChoice({ consultants, value, onChange, provider, label, error }: Choosing) {
  const me = useMe();
  const { t } = useWords();
  if (!isAdmin(me)) {
    return (
      <Text size="sm">
        <Text span c="dimmed" size="sm">
          {t('form.consultant')}:
        </Text>{' '}
        {me.name}
      </Text>
    );
  }
  const connection = (id: string) => {
    const connected = isConnected(
      consultants.find((one) => one.id === id),
      provider,
    );
    return t(connected ? 'form.is_connected' : 'form.is_not_connected', { label });
  };
  return (
    <Select
      label={t('form.consultant')}
      placeholder={t('form.choose_consultant')}
      data={consultants.map((one) => ({ value: one.id, label: one.name }))}
      value={value || null}
      allowDeselect={false}
      searchable={consultants.length > 8}
      error={error}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          {provider && (
            <Text size="xs" c="dimmed">
              {connection(option.value)}
            </Text>
          )}
        </div>
      )}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  );
}
