/** Two clients who are one person: choose the other, see what moves, merge. */
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../api/client';
import { forgetClients, mergerQuery } from '../api/client-queries';
import type { Client, KnownClient } from '../api/types';
import { ClientPicker } from '../booking/client-picker';
import { tell } from '../shell/tell';
import { Trouble } from '../shell/trouble';
import { useWords } from '../words/use-words';

interface Merging {
  client: KnownClient;
  onClose: () => void;
}

export function MergeClient({ client, onClose }: Merging) {
  const { t } = useWords();
  const [other, setOther] = useState<Client | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('clients.merge.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      size="lg"
    >
      <Stack>
        <Text size="sm">{t('clients.merge.text', { name: client.name })}</Text>
        <ClientPicker
          chosen={other ? [other] : []}
          but={client.id}
          label={t('clients.merge.other')}
          onChange={(chosen) => setOther(chosen.at(-1) ?? null)}
          autoFocus
        />
        {other && <MergePreview client={client} other={other} onClose={onClose} />}
      </Stack>
    </Modal>
  );
}

function MergePreview({ client, other, onClose }: Merging & { other: Client }) {
  const { t } = useWords();
  const { data: merger, error } = useQuery(mergerQuery(client.id, other.id));
  const merge = useMutation({
    mutationFn: () => {
      const params = { path: { client_id: client.id } };
      return bodyOf(api.POST('/api/clients/{client_id}/merge', { params, body: { other_id: other.id } }));
    },
    onSuccess: () => {
      forgetClients();
      tell(t('clients.merge.done', { name: other.name, kept: client.name }));
      onClose();
    },
  });
  if (error) return <Trouble error={error} />;
  if (!merger) return null;
  return (
    <Stack gap="xs" data-testid="merger">
      {merge.error && <Trouble error={merge.error} />}
      <List size="sm" spacing={4}>
        <List.Item>{t('clients.merge.sessions', { count: merger.sessions })}</List.Item>
        <List.Item>{t('clients.merge.notes', { count: merger.notes })}</List.Item>
        <List.Item>
          {t('clients.merge.contact', {
            name: merger.kept.name,
            email: merger.kept.email || t('clients.no_email'),
            phone: merger.kept.phone || t('clients.no_phone'),
          })}
        </List.Item>
        <List.Item>{t('clients.merge.gone', { name: merger.other.name })}</List.Item>
      </List>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('clients.cancel')}
        </Button>
        <Button color="red" loading={merge.isPending} onClick={() => merge.mutate()}>
          {t('clients.merge.yes')}
        </Button>
      </Group>
    </Stack>
  );
}
