/** Erasing the data of a person who left, with a receipt. */
import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { practiceChanged, queryClient, receiptsQuery } from '../api/queries';
import type { Person } from '../api/types';
import { ReceiptView } from '../connection/receipt-view';
import { useFirstFocus } from '../connection/use-first-focus';
import { announce } from '../shell/announcer';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

export function ErasePersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useWords();
  const { name, coming } = person;
  const first = useFirstFocus<HTMLParagraphElement>();
  const [understood, setUnderstood] = useState(false);
  const erase = useMutation({
    mutationFn: () =>
      bodyOf(api.POST('/api/people/{former_id}/erasure', { params: { path: { former_id: person.id } } })),
    onSuccess: () => {
      practiceChanged();
      for (const key of [receiptsQuery.queryKey, ['sessions'], ['session'], ['history']]) {
        void queryClient.invalidateQueries({ queryKey: key });
      }
      announce(t('practice.erasing.done'));
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={erase.data ? t('practice.erasing.done') : t('practice.erasing.title', { name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      size="lg"
    >
      {erase.data ? (
        <Stack>
          <Text size="sm" tabIndex={-1} ref={first} style={{ outline: 'none' }}>
            {t('practice.erasing.done_text')}
          </Text>
          <ReceiptView receipt={erase.data} onClose={onClose} />
        </Stack>
      ) : (
        <Stack>
          {erase.error && <Trouble error={erase.error} />}
          <Text size="sm">{t('practice.erasing.text', { name })}</Text>
          <Text size="sm">{t('practice.erasing.stays')}</Text>
          {coming > 0 ? (
            <Text size="sm" fw={600}>
              {t('practice.erasing.coming', { count: coming })}
            </Text>
          ) : (
            <Checkbox
              label={t('practice.erasing.understood')}
              checked={understood}
              onChange={(event) => setUnderstood(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('practice.cancel')}
            </Button>
            <Button color="red" disabled={!understood} loading={erase.isPending} onClick={() => erase.mutate()}>
              {t('practice.erasing.yes')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
