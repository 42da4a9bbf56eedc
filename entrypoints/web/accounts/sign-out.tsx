/** Signing out. The person chooses whether to keep or discard drafts that only this browser has. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { tellTabs } from '../api/account';
import { api } from '../api/client';
import { codeOf } from '../api/problem';
import { keepOnlyOf, keptHere, sendOutbox } from '../booking/outbox';
import { useUnsent } from '../booking/use-drafts';
import { endWeek } from '../offline/kept-week';
import { tell } from '../shell/tell';
import { useWords } from '../words/use-words';
import { useMe } from './signed-in';

/** `then`: where the page goes afterwards. */
export function SignOut({ onStay, then = '/' }: { onStay: () => void; then?: string }) {
  const me = useMe();
  const { t, explain } = useWords();
  const unsent = useUnsent();
  const leave = useMutation({
    mutationFn: async (drafts: 'send' | 'keep' | 'discard') => {
      if (drafts === 'send') await sendOutbox(me.id).catch(() => {}); // the page asks about the rest below
      if (drafts === 'send' && keptHere(me.id).length) return false;
      await signOut();
      if (drafts === 'discard') keepOnlyOf(null);
      return true;
    },
    onSuccess: (left) => left && window.location.assign(then),
    onError: (error) => {
      const { detail, next } = explain(error);
      tell(`${detail} ${next}`, { trouble: true });
      onStay();
    },
  });
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current) leave.mutate('send');
    begun.current = true;
  });
  return (
    <Modal
      opened={leave.data === false}
      onClose={onStay}
      title={t('sign_out.title', { count: unsent })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack>
        <Text>{t('sign_out.text')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onStay} data-autofocus>
            {t('sign_out.stay')}
          </Button>
          <Button color="red" variant="outline" onClick={() => leave.mutate('discard')}>
            {t('sign_out.discard')}
          </Button>
          <Button onClick={() => leave.mutate('keep')}>{t('sign_out.keep')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

async function signOut() {
  try {
    await api.DELETE('/api/login');
  } catch (error) {
    if (codeOf(error) !== 'signed_out') throw error; // somewhere else already
  }
  endWeek();
  tellTabs(null);
}
