/** Signs in with a passkey alone: no address and no password are needed. */
import { Button, Stack } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Problem } from '../api/problem';
import type { Me } from '../api/types';
import { useWords } from '../words/use-words';
import { hasPasskeys, signInWithPasskey } from './passkey';
import { PasskeyTrouble } from './passkey-trouble';
import { hereOrNext } from './to-provider';
import { useWait } from './use-wait';

interface Entering {
  label: string;
  variant?: 'default' | 'filled';
  onEntered: (me: Me) => void;
}

export function PasskeyButton({ label, variant = 'default', onEntered }: Entering) {
  const { t } = useWords();
  const enter = useMutation({ mutationFn: signInWithPasskey, onSuccess: onEntered });
  const seconds = useWait(enter.error, enter.submittedAt);
  const elsewhere = enter.error instanceof Problem ? enter.error.text('sign_in_address') : '';
  if (!hasPasskeys) return null;
  return (
    <Stack gap="xs">
      <Button
        variant={variant}
        leftSection={<IconFingerprint size={18} />}
        loading={enter.isPending}
        disabled={seconds > 0}
        onClick={() => enter.mutate()}
        fullWidth
      >
        {seconds > 0 ? t('passkey.wait', { seconds }) : label}
      </Button>
      <PasskeyTrouble error={enter.error} cancelled={t('passkey.not_used')} />
      {elsewhere.startsWith('/sign-in/') && (
        <Button component={Link} href={`${elsewhere}?${new URLSearchParams({ next: hereOrNext() })}`}>
          {t('sign_in.at_provider_button')}
        </Button>
      )}
    </Stack>
  );
}
