/** The second step of a sign-in: a code, once the password was right. */
import { Button, Stack, Text, UnstyledButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { Problem } from '../api/problem';
import type { Me, SecondStep } from '../api/types';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import classes from './accounts.module.css';
import { CodeInput } from './code-input';
import { PasskeyButton } from './passkey-button';
import { useWait } from './use-wait';

interface Entering {
  step: SecondStep;
  onEntered: (me: Me) => void;
  onBack: () => void;
}

export function CodeStep({ step, onEntered, onBack }: Entering) {
  const { t } = useWords();
  const app = step.kinds.includes('app');
  const [recovery, setRecovery] = useState(!app);
  const [code, setCode] = useState('');
  const finish = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/login/second-step', { body: { token: step.token, code } })),
    onSuccess: onEntered,
    onError: () => setCode(''),
  });
  const seconds = useWait(finish.error, finish.submittedAt);
  const over = finish.error instanceof Problem && finish.error.code === 'pending_login_ended';
  const change = () => {
    setRecovery(!recovery);
    setCode('');
    finish.reset();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        finish.mutate();
      }}
    >
      <Stack>
        {finish.error && <Trouble error={finish.error} />}
        {!over && (
          <>
            <Text>{t(app ? 'sign_in.second_step' : 'sign_in.second_step_passkey')}</Text>
            <CodeInput
              key={String(recovery)}
              kind={recovery ? 'recovery' : 'app'}
              value={code}
              onChange={setCode}
              focused
            />
            <Button type="submit" loading={finish.isPending} disabled={seconds > 0} fullWidth>
              {seconds > 0 ? t('sign_in.go_on_wait', { seconds }) : t('sign_in.go_on')}
            </Button>
            {step.kinds.includes('passkey') && <PasskeyButton label={t('passkey.use')} onEntered={onEntered} />}
            {app && (
              <UnstyledButton className={classes.link} onClick={change}>
                {t(recovery ? 'sign_in.use_app' : 'sign_in.use_recovery_code')}
              </UnstyledButton>
            )}
            {recovery && (
              <Text size="sm" c="dimmed">
                {t('sign_in.lost')}
              </Text>
            )}
          </>
        )}
        <UnstyledButton className={classes.link} onClick={onBack}>
          {t(over ? 'sign_in.again' : 'sign_in.from_start')}
        </UnstyledButton>
      </Stack>
    </form>
  );
}
