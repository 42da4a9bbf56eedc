/** A person's own second factors: the authenticator app, the passkeys and the recovery codes. */
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, bodyOf } from '../api/client';
import { loginsQuery, queryClient, secondFactorQuery } from '../api/queries';
import type { SecondFactor } from '../api/types';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import classes from './accounts.module.css';
import { AppSetUp } from './app-set-up';
import { Factor } from './factor';
import { Passkeys } from './passkeys';
import { RecoveryCodes } from './recovery-codes';

type NewCodes = { codes: string[]; replaced: boolean };

/** `children` follow the list; while recovery codes are shown, they wait. */
export function SecondFactors({ children }: { children?: ReactNode }) {
  const { t } = useWords();
  const { data: own, error } = useQuery({ ...secondFactorQuery, staleTime: 0 });
  const [codes, setCodes] = useState<NewCodes | null>(null);
  if (error) return <Trouble error={error} />;
  if (!own) return <Skeleton height={58} radius="md" role="status" aria-label={t('shell.loading')} />;
  if (codes) return <RecoveryCodes {...codes} onDone={() => setCodes(null)} />;
  const any = hasAny(own);
  const added = (recoveryCodes: string[]) => {
    changed();
    if (recoveryCodes.length) setCodes({ codes: recoveryCodes, replaced: false });
  };
  return (
    <Stack>
      <Text size="sm">{t(any ? 'second_factor.has' : 'second_factor.none')}</Text>
      <ul className={classes.factors} aria-label={t('second_factor.title')}>
        <App own={own} onCodes={setCodes} />
        <Passkeys passkeys={own.passkeys} first={!any} onAdded={added} onRemoved={changed} />
        {any && <Codes left={own.recovery_codes} onCodes={setCodes} />}
      </ul>
      {children}
    </Stack>
  );
}

function App({ own, onCodes }: { own: SecondFactor; onCodes: (codes: NewCodes) => void }) {
  const { t } = useWords();
  const setUp = useMutation({ mutationFn: () => bodyOf(api.POST('/api/me/second-factor/app')) });
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/me/second-factor/app'),
    onSuccess: () => tell(t('second_factor.removed')),
    onSettled: changed,
  });
  const done = (recoveryCodes: string[]) => {
    setUp.reset();
    changed();
    tell(t('second_factor.app_ready'));
    if (recoveryCodes.length) onCodes({ codes: recoveryCodes, replaced: false });
  };
  if (setUp.data) {
    return (
      <li>
        <AppSetUp made={setUp.data} first={!hasAny(own)} onDone={done} onCancel={setUp.reset} />
      </li>
    );
  }
  return (
    <Factor
      name={t('second_factor.app')}
      state={t(own.app ? 'second_factor.app_on' : 'second_factor.app_off')}
      error={setUp.error ?? remove.error}
    >
      <Button
        size="xs"
        variant={own.app ? 'default' : 'filled'}
        loading={setUp.isPending}
        aria-label={t(own.app ? 'second_factor.replace_app' : 'second_factor.set_up_app')}
        onClick={() => setUp.mutate()}
      >
        {t(own.app ? 'second_factor.replace' : 'second_factor.set_up')}
      </Button>
      {own.app && (
        <Button
          size="xs"
          variant="default"
          loading={remove.isPending}
          aria-label={t('second_factor.remove_app')}
          onClick={() => remove.mutate()}
        >
          {t('second_factor.remove')}
        </Button>
      )}
    </Factor>
  );
}

function Codes({ left, onCodes }: { left: number; onCodes: (codes: NewCodes) => void }) {
  const { t } = useWords();
  const renew = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/me/second-factor/recovery-codes')),
    onSuccess: (answer) => {
      changed();
      onCodes({ codes: answer.recovery_codes, replaced: left > 0 });
    },
  });
  return (
    <Factor
      name={t('second_factor.codes')}
      state={left ? t('second_factor.codes_left', { count: left }) : t('second_factor.codes_none')}
      error={renew.error}
    >
      <Button size="xs" variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
        {t('second_factor.codes_renew')}
      </Button>
    </Factor>
  );
}

function hasAny(own: SecondFactor): boolean {
  return own.app || own.passkeys.length > 0;
}

function changed() {
  for (const { queryKey } of [secondFactorQuery, loginsQuery]) void queryClient.invalidateQueries({ queryKey });
}
