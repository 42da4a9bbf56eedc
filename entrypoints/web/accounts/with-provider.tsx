/** Above the password: signing in with the account of the practice that this browser knows. */
import { Button, Divider, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';
import { type KnownPractice, rememberPractice, useKnownPractice } from './known-practice';
import classes from './practice.module.css';
import { hereOrNext, toProvider } from './to-provider';

export function WithProvider() {
  const known = useKnownPractice();
  return known && <Known practice={known} />;
}

function Known({ practice }: { practice: KnownPractice }) {
  const { t } = useWords();
  const go = useMutation({ mutationFn: () => toProvider(practice.id, { next: hereOrNext(), confirms: false }) });
  return (
    <Stack gap="xs" mb="md">
      {go.error && <Trouble error={go.error} />}
      <Button fullWidth loading={go.isPending || go.isSuccess} onClick={() => go.mutate()} className={classes.wrapping}>
        {t('sign_in.with', { practice: practice.name })}
      </Button>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={() => rememberPractice(null)}>
        {t('sign_in.other_practice', { practice: practice.name })}
      </Button>
      <Divider label={t('sign_in.or')} />
    </Stack>
  );
}
