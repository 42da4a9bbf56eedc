/** The first step of a sign-in: the e-mail address and the password. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api, bodyOf } from '../api/client';
import { Problem } from '../api/problem';
import type { Me, SecondStep } from '../api/types';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { DemoPeople } from './demo-people';
import { useKnownPractice } from './known-practice';
import { PasskeyButton } from './passkey-button';
import { hereOrNext } from './to-provider';
import { useWait } from './use-wait';
import { WithProvider } from './with-provider';

interface Entering {
  email: string;
  onEntered: (me: Me) => void;
  onSecondStep: (step: SecondStep) => void;
}

export function PasswordStep({ email: known, onEntered, onSecondStep }: Entering) {
  const { t } = useWords();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => bodyOf(api.POST('/api/login', { body })),
    onSuccess: (answer) => ('token' in answer ? onSecondStep(answer) : onEntered(answer)),
  });
  // The limit is that of the address that was tried: another one may go on.
  const seconds = useWait(signIn.error, signIn.submittedAt);
  const waits = seconds > 0 && signIn.variables?.email === email;
  const practice = useKnownPractice();
  const elsewhere = signIn.error instanceof Problem ? signIn.error.text('sign_in_address') : '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate({ email, password });
      }}
    >
      <WithProvider />
      <Stack>
        {signIn.error && (
          <Trouble error={signIn.error}>
            {elsewhere.startsWith('/sign-in/') && (
              <Button component={Link} href={`${elsewhere}?${new URLSearchParams({ next: hereOrNext() })}`} mt="sm">
                {t('sign_in.at_provider_button')}
              </Button>
            )}
          </Trouble>
        )}
        <TextInput
          label={t('sign_in.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          data-autofocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('sign_in.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
        />
        <Button
          type="submit"
          variant={practice ? 'default' : 'filled'}
          loading={signIn.isPending}
          disabled={waits}
          fullWidth
        >
          {waits ? t('sign_in.wait', { seconds }) : t('sign_in.button')}
        </Button>
        <PasskeyButton label={t('passkey.sign_in')} onEntered={onEntered} />
      </Stack>
      {!known && (
        <DemoPeople busy={signIn.isPending} onChoose={(email, password) => signIn.mutate({ email, password })} />
      )}
    </form>
  );
}
