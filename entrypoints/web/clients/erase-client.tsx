/** Erasing a client: the effect beforehand, then the receipt. */
import { Button, Checkbox, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMe } from '../accounts/signed-in';
import { api, bodyOf } from '../api/client';
import { erasurePreviewQuery, forgetErasedClient } from '../api/client-queries';
import { queryClient, receiptsQuery } from '../api/queries';
import type { ErasurePreview, KnownClient } from '../api/types';
import { ReceiptView } from '../connection/receipt-view';
import { announce } from '../shell/announcer';
import { Trouble } from '../shell/trouble';
import { momentText } from '../words/dates';
import { useWords } from '../words/use-words';
import { NamingSessions } from './naming-sessions';

interface Erasing {
  client: KnownClient;
  onClose: () => void;
}

export function EraseClient({ client, onClose }: Erasing) {
  const { t } = useWords();
  const erase = useMutation({
    mutationFn: (wanted: { end_coming: boolean; texts: boolean }) =>
      bodyOf(
        api.POST('/api/clients/{client_id}/erasure', { params: { path: { client_id: client.id } }, body: wanted }),
      ),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: receiptsQuery.queryKey });
      forgetErasedClient();
      announce(t('clients.erase.done'));
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('clients.erase.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      size="lg"
    >
      {erase.data ? (
        <Stack>
          <Text fw={600}>{t('clients.erase.done')}</Text>
          <ReceiptView receipt={erase.data} onClose={onClose} />
        </Stack>
      ) : (
        <Asking
          client={client}
          onClose={onClose}
          onErase={erase.mutate}
          pending={erase.isPending}
          error={erase.error}
        />
      )}
    </Modal>
  );
}

interface Asked extends Erasing {
  onErase: (wanted: { end_coming: boolean; texts: boolean }) => void;
  pending: boolean;
  error: unknown;
}

function Asking({ client, onClose, onErase, pending, error }: Asked) {
  const { t, locale } = useWords();
  const { practice } = useMe();
  const { data: preview, error: unknown } = useQuery(erasurePreviewQuery(client.id));
  const [texts, setTexts] = useState(true);
  const [ends, setEnds] = useState(false);
  const [sure, setSure] = useState(false);
  if (unknown) return <Trouble error={unknown} />;
  if (!preview) return null;
  const coming = preview.coming.length > 0;
  return (
    <Stack data-testid="client-erasure">
      {error !== null && <Trouble error={error} />}
      <Text size="sm">{t('clients.erase.text', { name: client.name })}</Text>
      <List size="sm" spacing={4}>
        <List.Item>{t('clients.erase.contact')}</List.Item>
        <List.Item>{t('clients.erase.notes', { count: preview.notes })}</List.Item>
        {preview.drafts > 0 && <List.Item>{t('clients.erase.drafts', { count: preview.drafts })}</List.Item>}
      </List>
      {coming && (
        <>
          <Text size="sm" fw={600}>
            {t('clients.erase.coming', { count: preview.coming.length })}
          </Text>
          <List size="sm" spacing={4}>
            {preview.coming.map((one) => (
              <List.Item key={one.id}>
                {momentText(one.starts_at, practice.zone, locale)}: {one.title || t('form.untitled')}.{' '}
                {t(one.alone ? 'clients.erase.cancelled' : 'clients.erase.taken_out')}
              </List.Item>
            ))}
          </List>
          <Checkbox
            label={t('clients.erase.ends')}
            checked={ends}
            onChange={(event) => setEnds(event.currentTarget.checked)}
          />
        </>
      )}
      <Checkbox
        label={t('clients.erase.texts')}
        description={t('clients.erase.texts_text')}
        checked={texts}
        onChange={(event) => setTexts(event.currentTarget.checked)}
      />
      <Staying preview={preview} texts={texts} />
      <Checkbox
        label={t('clients.erase.sure')}
        checked={sure}
        onChange={(event) => setSure(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('clients.cancel')}
        </Button>
        <Button
          color="red"
          loading={pending}
          disabled={!sure || (coming && !ends)}
          onClick={() => onErase({ end_coming: coming, texts })}
        >
          {t('clients.erase.yes')}
        </Button>
      </Group>
    </Stack>
  );
}

/** What an admin has to do by hand, with links. */
function Staying({ preview, texts }: { preview: ErasurePreview; texts: boolean }) {
  const { t } = useWords();
  const naming = preview.naming.filter((one) => !(texts && one.alone));
  if (!preview.past && !naming.length) return null;
  return (
    <div data-testid="client-erasure-stays">
      <Text size="sm" fw={600}>
        {t('clients.erase.stays')}
      </Text>
      {preview.past > 0 && <Text size="sm">{t('clients.erase.past', { count: preview.past })}</Text>}
      {naming.length > 0 && (
        <>
          <Text size="sm">{t('clients.erase.naming', { count: naming.length })}</Text>
          <NamingSessions sessions={naming} />
          <Text size="xs" c="dimmed">
            {t('clients.erase.naming_text')}
          </Text>
        </>
      )}
    </div>
  );
}
