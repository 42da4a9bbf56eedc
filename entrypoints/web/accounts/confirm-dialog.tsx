/** Asks for the password, and for a code where there is a second factor, when a request needs a fresh proof of who the
 * person is; that request then goes on. */
import { Anchor, Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/client';
import { confirmWith } from '../api/confirmation';
import { Problem } from '../api/problem';
import { queryClient, secondFactorQuery } from '../api/queries';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { CodeInput } from './code-input';
import { useKnownPractice } from './known-practice';
import { confirmWithPasskey, hasPasskeys } from './passkey';
import { PasskeyTrouble } from './passkey-trouble';
import { useMe } from './signed-in';
import { hereOrNext, toProvider } from './to-provider';
import { useWait } from './use-wait';

export function ConfirmDialog() {
  const { t } = useWords();
  const [answer, setAnswer] = useState<((proved: boolean) => void) | null>(null);
  useEffect(() => confirmWith(() => new Promise((resolve) => setAnswer(() => resolve))), []);
  const end = (proved: boolean) => {
    answer?.(proved);
    setAnswer(null);
  };
  return (
    <Modal
      opened={answer !== null}
      onClose={() => end(false)}
      title={t('confirming.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      zIndex={390}
    >
      <Form onDone={() => end(true)} onCancel={() => end(false)} />
    </Modal>
  );
}

function Form({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const me = useMe();
  const { t } = useWords();
  const { data: factors } = useQuery(secondFactorQuery);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const two = Boolean(factors && (factors.app || factors.passkeys.length));
  const confirm = useMutation({
    mutationFn: () => api.POST('/api/login/confirmation', { body: { password, code: two ? code : undefined } }),
    onSuccess: onDone,
    onError: (error) => {
      setCode('');
      // It was set up in another tab.
      if (error instanceof Problem) void queryClient.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
    },
  });
  const withPasskey = useMutation({ mutationFn: confirmWithPasskey, onSuccess: onDone });
  const practice = useKnownPractice();
  const leave = useMutation({
    mutationFn: (id: string) => toProvider(id, { next: hereOrNext(), confirms: true }),
  });
  const seconds = useWait(confirm.error, confirm.submittedAt);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation(); // React passes it on to the form that this dialog was opened from
        confirm.mutate();
      }}
    >
      <Stack>
        {confirm.error && <Trouble error={confirm.error} />}
        {leave.error && <Trouble error={leave.error} />}
        <Text>{t('confirming.text')}</Text>
        <input type="text" hidden readOnly autoComplete="username" value={me.email} />
        <PasswordInput
          label={t('confirming.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
        />
        {two && <CodeInput kind={factors?.app ? 'either' : 'recovery'} value={code} onChange={setCode} />}
        {hasPasskeys && Boolean(factors?.passkeys.length) && (
          <Button
            variant="default"
            leftSection={<IconFingerprint size={18} />}
            loading={withPasskey.isPending}
            onClick={() => withPasskey.mutate()}
          >
            {t('passkey.use')}
          </Button>
        )}
        <PasskeyTrouble error={withPasskey.error} cancelled={t('passkey.not_used')} />
        {practice?.id === me.organization_id && (
          <Anchor component="button" type="button" size="sm" ta="start" onClick={() => leave.mutate(practice.id)}>
            {t('confirming.at_provider')}
          </Anchor>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('confirming.cancel')}
          </Button>
          <Button type="submit" loading={confirm.isPending} disabled={seconds > 0}>
            {seconds > 0 ? t('confirming.wait', { seconds }) : t('confirming.go_on')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
