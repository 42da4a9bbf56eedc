/** A link for a new password, as its holder opens it. */
import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { api, bodyOf } from '../api/client';
import type { Me, SecondStep } from '../api/types';
import { viewersZone } from '../booking/times';
import { Outside } from '../shell/outside';
import { Trouble } from '../shell/trouble';
import { useRules } from '../shell/use-rules';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { KnownLink } from './known-link';
import { NewPassword } from './new-password';
import { CodeStep } from './second-step';
import { useArrival } from './use-arrival';

interface Seen {
  practice: string;
  name: string;
  email: string;
  ends_at: string;
}

export default function ResetPage() {
  const { t } = useWords();
  return (
    <KnownLink
      kind="resetting"
      look={(token) => bodyOf(api.POST('/api/reset-links/look', { body: { token } }))}
      refused={t('joining.no_start')}
    >
      {(token, seen) => <Choosing token={token} seen={seen} />}
    </KnownLink>
  );
}

function Choosing({ token, seen }: { token: string; seen: Seen }) {
  const { t, locale } = useWords();
  const arrive = useArrival();
  const [, navigate] = useLocation();
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<SecondStep | null>(null);
  const choose = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/reset-links/use', { body: { token, password } })),
    onSuccess: (answer) => {
      if ('token' in answer) setStep(answer);
      else entered(answer);
    },
  });
  const entered = (me: Me) => arrive(me, t('resetting.done'));
  const { ruleOf } = useRules(choose.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose.mutate();
  };
  if (step) {
    return (
      <Outside title={t('resetting.second_step')}>
        <CodeStep step={step} onEntered={entered} onBack={() => navigate('/', { replace: true })} />
      </Outside>
    );
  }
  return (
    <Outside title={t('resetting.title')}>
      <Text>{t('resetting.for', { name: seen.name, email: seen.email, practice: seen.practice })}</Text>
      <form onSubmit={submit} noValidate>
        <Stack>
          {choose.error && <Trouble error={choose.error} />}
          <NewPassword email={seen.email} value={password} onChange={setPassword} error={ruleOf('password')} />
          <Text size="sm" c="dimmed">
            {t('resetting.ends_logins')}
          </Text>
          <Button type="submit" loading={choose.isPending}>
            {t('resetting.save')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('joining.until', { until: momentText(seen.ends_at, viewersZone(), locale) })}
          </Text>
        </Stack>
      </form>
    </Outside>
  );
}
